"""Taking steps: who may, in what state, with what, and who is told."""

import pytest
from django.db import IntegrityError

from tests.web.matters import give, make, signed
from tests.web.people import NOW, as_viewer
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, SomeoneWasFasterError
from tillit.web.actions.step import WrongStepError, agree, decline, may_take, take_step
from tillit.web.models import Block, Entry, Grant, Matter, Notice, Proposal, StepTaken
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError

ASSESS = {"risk": "low", "cause": "unclear", "placement": "control_file"}


@pytest.fixture
def finding(city):
    return make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-1", opened_by=city["Elin"])


@pytest.fixture
def deeper(city):
    made = make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-2", state="deeper")
    signed(made, now=NOW)
    return Matter.objects.get(pk=made.pk)


def test_a_step_moves_the_matter_fills_its_fields_and_sets_its_deadline(city, finding):
    taken = take_step(finding, "assess", by=as_viewer(city["Klas"]), now=NOW, version=1, given=ASSESS)
    matter = Matter.objects.get(pk=finding.pk)
    assert (matter.state, matter.version, matter.fields) == ("assessed", 2, ASSESS)
    assert matter.due_on.isoformat() == "2026-03-16"
    assert (taken.from_state, taken.to_state, taken.by, taken.second, taken.given) == (
        "new", "assessed", city["Klas"], None, ASSESS,
    )  # fmt: skip
    line = Entry.objects.get()
    assert (line.kind, line.what, line.matter, line.board, line.zone, line.details) == (
        "change", "assess", "NORR-F-2026-1", "norr", "individual", {"from": "new", "to": "assessed"},
    )  # fmt: skip


def test_a_step_that_closes_tells_the_one_who_reported_it(city, finding):
    given = {"explanation": "innocent", "reason": "Beslutet gäller två"}
    take_step(finding, "explain", by=as_viewer(city["Klas"]), now=NOW, version=1, given=given)
    matter = Matter.objects.get(pk=finding.pk)
    assert (matter.state, matter.closed_at, matter.due_on) == ("explained", NOW, None)
    assert [(one.user.name, one.what) for one in Notice.objects.all()] == [("Elin", "step.explain")]


def test_a_colleague_without_the_role_is_refused_and_it_is_logged(city, finding):
    give(finding, city["Hanna"], now=NOW)
    with pytest.raises(NotYourStepError, match="NORR-F-2026-1: Din roll kan inte ta det här steget"):
        take_step(finding, "assess", by=as_viewer(city["Hanna"]), now=NOW, version=1, given=ASSESS)
    line = Entry.objects.get()
    assert (line.kind, line.what, line.by, line.details) == (
        "refused", "step assess", city["Hanna"], {"why": "NotYourStepError"},
    )  # fmt: skip


def test_to_the_stranger_it_does_not_exist(city, finding):
    with pytest.raises(NotForYouError, match=r"^Det finns inget sådant ärende för dig$"):
        take_step(finding, "assess", by=as_viewer(city["Bo"]), now=NOW, version=1, given=ASSESS)
    assert may_take(finding, as_viewer(city["Bo"])) == []


def test_what_may_be_taken_follows_role_and_state(city, finding, deeper):
    assert may_take(finding, as_viewer(city["Klas"])) == ["explain", "merge", "assess", "classify", "correct", "refer"]
    assert may_take(finding, as_viewer(city["Cilla"])) == [
        "explain", "merge", "assess", "classify", "correct", "refer", "hand_over",
    ]  # fmt: skip
    assert may_take(deeper, as_viewer(city["Klas"])) == ["record", "close_deeper", "report_to_ivo", "refer"]
    assert may_take(finding, as_viewer(city["Elin"])) == []


@pytest.mark.parametrize(
    ("step", "given", "error", "told"),
    [
        (
            "close",
            {"reason": "x"},
            WrongStepError,
            "NORR-F-2026-1: Steget 'close' kan inte tas härifrån: läs sidan igen",
        ),
        ("nothing", {}, WrongStepError, "NORR-F-2026-1: Steget 'nothing' kan inte tas härifrån: läs sidan igen"),
        (
            "assess",
            {"risk": "low", "cause": "unclear"},
            WrongValueError,
            "”Var ska det dokumenteras?” behöver fyllas i",
        ),
        (
            "assess",
            {**ASSESS, "until": "2026-01-01"},
            WrongValueError,
            "Fältet 'until' hör inte till steget: ta bort det",
        ),
        (
            "assess",
            {**ASSESS, "risk": "huge"},
            WrongValueError,
            "”Hur troligt är ett fel?” kan inte tas emot: välj Låg, Medel, Hög",
        ),
        (
            "explain",
            {"explanation": "innocent", "reason": "x", "until": "31 mars"},
            WrongValueError,
            "”Gäller till och med” är inget datum: skriv år-månad-dag",
        ),
        (
            "explain",
            {"explanation": "innocent", "reason": "x" * 20_001},
            WrongValueError,
            "”Skäl” kan inte tas emot: skriv högst 20000 tecken",
        ),
        ("explain", {"explanation": "innocent", "reason": "   "}, WrongValueError, "”Skäl” behöver fyllas i"),
    ],
)
def test_a_press_that_is_not_right_changes_nothing_and_says_what_to_do(city, finding, step, given, error, told):
    with pytest.raises(error) as refused:
        take_step(finding, step, by=as_viewer(city["Klas"]), now=NOW, version=1, given=given)
    assert str(refused.value) == told
    assert Matter.objects.get(pk=finding.pk).version == 1
    assert list(Entry.objects.all()) == []


def test_what_was_read_long_ago_is_not_changed(city, finding):
    take_step(finding, "refer", by=as_viewer(city["Klas"]), now=NOW, version=1, given={"lex_sarah": "LS 1"})
    with pytest.raises(SomeoneWasFasterError, match="NORR-F-2026-1: Någon annan ändrade ärendet nyss: läs sidan igen"):
        take_step(finding, "assess", by=as_viewer(city["Cilla"]), now=NOW, version=1, given=ASSESS)
    assert [taken.step for taken in StepTaken.objects.all()] == ["refer"]


def test_a_step_that_stays_keeps_the_deadline_and_one_that_comes_back_renews_it(city, deeper):
    later = NOW.replace(day=9)
    take_step(deeper, "refer", by=as_viewer(city["Klas"]), now=later, version=1, given={"lex_sarah": "LS 1"})
    assert Matter.objects.get(pk=deeper.pk).due_on is None
    take_step(deeper, "extend", by=as_viewer(city["Cilla"]), now=later, version=2, given={"reason": "Väntar"})
    assert Matter.objects.get(pk=deeper.pk).due_on.isoformat() == "2026-04-08"


class TestASecondPerson:
    @pytest.fixture
    def proposal(self, city, deeper):
        by = as_viewer(city["Klas"])
        return take_step(deeper, "close_deeper", by=by, now=NOW, version=1, given={"reason": "Passen var rätt"})

    def test_a_proposal_changes_nothing_and_tells_those_who_may_agree(self, city, deeper, proposal):
        assert isinstance(proposal, Proposal)
        assert Matter.objects.get(pk=deeper.pk).state == "deeper"
        assert [(one.user.name, one.what) for one in Notice.objects.order_by("user__name")] == [
            ("Cilla", "proposed.close_deeper"),
            ("Mats", "proposed.close_deeper"),
        ]

    def test_another_agrees_and_both_are_kept(self, city, deeper, proposal):
        taken = agree(proposal, by=as_viewer(city["Mats"]), now=NOW)
        assert (taken.by, taken.second, taken.given) == (city["Klas"], city["Mats"], {"reason": "Passen var rätt"})
        assert Matter.objects.get(pk=deeper.pk).state == "closed"
        assert Entry.objects.last().details == {"from": "deeper", "to": "closed", "second": city["Mats"].pk}

    def test_nobody_agrees_with_oneself_also_with_both_roles(self, city, deeper, proposal):
        Grant.objects.create(user=city["Klas"], role="R02", board=deeper.board, valid_from=NOW.date())
        with pytest.raises(HeldBackError) as refused:
            agree(proposal, by=as_viewer(city["Klas"]), now=NOW)
        assert str(refused.value) == "NORR-F-2026-2: Du kan inte godkänna det du själv har föreslagit: be någon annan"

    @pytest.mark.parametrize(("name", "error"), [("Hanna", NotForYouError), ("Bo", NotForYouError)])
    def test_who_cannot_see_it_cannot_agree(self, city, proposal, name, error):
        with pytest.raises(error):
            agree(proposal, by=as_viewer(city[name]), now=NOW)

    def test_who_sees_it_without_the_role_cannot_agree(self, city, deeper, proposal):
        give(deeper, city["Hanna"], now=NOW)
        with pytest.raises(NotYourStepError, match="Din roll kan inte godkänna det här"):
            agree(proposal, by=as_viewer(city["Hanna"]), now=NOW)

    def test_it_is_agreed_to_once(self, city, proposal):
        agree(proposal, by=as_viewer(city["Mats"]), now=NOW)
        with pytest.raises(SomeoneWasFasterError):
            agree(proposal, by=as_viewer(city["Cilla"]), now=NOW)
        assert [taken.second for taken in StepTaken.objects.filter(step="close_deeper")] == [city["Mats"]]

    def test_what_has_been_changed_since_cannot_be_agreed_to(self, city, deeper, proposal):
        take_step(deeper, "extend", by=as_viewer(city["Cilla"]), now=NOW, version=2, given={"reason": "Väntar"})
        with pytest.raises(SomeoneWasFasterError):
            agree(proposal, by=as_viewer(city["Mats"]), now=NOW)
        assert Proposal.objects.get().settled_at is None

    def test_the_proposal_of_one_whom_bias_has_shut_out_since_falls(self, city, deeper, proposal):
        Block.objects.create(matter=deeper, user=city["Klas"], since=NOW)
        with pytest.raises(NotForYouError):
            agree(proposal, by=as_viewer(city["Mats"]), now=NOW)
        assert Matter.objects.get(pk=deeper.pk).state == "deeper"

    def test_it_is_declined_with_a_reason(self, city, deeper, proposal):
        decline(proposal, by=as_viewer(city["Mats"]), now=NOW, why="Läs beslutet igen")
        proposal.refresh_from_db()
        assert (proposal.settled_at, proposal.declined_by, proposal.declined_why) == (
            NOW,
            city["Mats"],
            "Läs beslutet igen",
        )
        with pytest.raises(SomeoneWasFasterError, match="Förslaget är redan avgjort: läs sidan igen"):
            agree(proposal, by=as_viewer(city["Cilla"]), now=NOW)


def test_where_the_log_cannot_be_written_nothing_happens(city, finding):
    # A line that came in by the side: the next one cannot take its number.
    Entry.objects.create(count=1, at=NOW, kind="read", what="by the side", previous="", hash="x")
    with pytest.raises(IntegrityError):
        take_step(finding, "assess", by=as_viewer(city["Klas"]), now=NOW, version=1, given=ASSESS)
    assert Matter.objects.get(pk=finding.pk).state == "new"
    assert list(StepTaken.objects.all()) == []
