"""Notices to other authorities: where the questions lead, who may, what follows, and what is counted."""

from datetime import date, timedelta

import pytest

from tests.web.matters import give, make
from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.matter import open_case
from tillit.web.actions.notification import answer_aid
from tillit.web.actions.refusal import NotForYouError, NotYourStepError
from tillit.web.actions.step import agree, take_step
from tillit.web.models import Board, Case, Entry, Matter
from tillit.web.queries.case import can_open
from tillit.web.queries.notification import duties, statistics
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError

SEND = {"decided_elsewhere": "yes", "reason_to_assume": "yes", "already_known": "no", "special_reasons": "no"}
WRITTEN = {
    "duty": "wrong_benefit",
    "authority": "fk",
    "whom": "person",
    "benefit": "assistance",
    "may_be_wrong": "amount",
    "facts": "Två rapporter den 14 januari gäller samma timmar",
    "person_told": "told",
    "protected_data": "not_protected",
}
SENT = {"sent_on": DAY.isoformat(), "channel": "service", "person_written": True}


def asked(user, *, replies=SEND, about=None, duty="wrong_benefit", authority="fk", board="norr", now=NOW):
    return answer_aid(
        duty, by=as_viewer(user, now), now=now, board=Board.objects.get(slug=board), replies=replies,
        authority=authority, about=about,
    )  # fmt: skip


def take(case, step, user, given, second=None, now=NOW):
    matter = Matter.objects.get(pk=case.pk)
    done = take_step(matter, step, by=as_viewer(user, now), now=now, version=matter.version, given=given)
    if second:
        agree(done, by=as_viewer(second, now), now=now)


@pytest.fixture
def finding(city):
    made = make(catalogue().processes["finding"], now=NOW, number="NORR-F-1", client_code="B-1")
    give(made, city["Hanna"], now=NOW)
    return made


def test_from_the_questions_to_a_notice_that_is_sent(city, finding):
    """M099: any handler, in four answers and two forms; with the day, the receipt and a line of the log for each."""
    said, case = asked(city["Hanna"], about=Matter.objects.get(pk=finding.pk))
    assert (said.ends, case.state, case.due_on) == ("send", "assessed", date(2026, 3, 9))
    take(case, "write", city["Hanna"], WRITTEN)
    take(case, "send", city["Hanna"], SENT | {"receipt": "K-7"})
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.fields["receipt"], case.due_on) == ("sent", "K-7", DAY + timedelta(days=90))
    assert list(case.findings.all()) == [finding]
    lines = Entry.objects.filter(matter=case.number, kind="change").order_by("count").values_list("what", flat=True)
    assert list(lines) == ["open notification", "make notification", "write", "send"]


def test_the_population_register_has_a_notice_of_its_own(city):
    """M100: what may be wrong, from address to identity, and to the Tax Agency alone."""
    _said, case = asked(
        city["Hanna"], duty="population_register", authority="", replies={"can_be_assumed": "yes", "risk": "no"}
    )
    assert (case.process, case.fields["authority"]) == ("population_notice", "population")
    assert {"address", "identity", "age", "civil_status", "family"} <= set(
        catalogue().processes["population_notice"].fields["wrong_items"].one_of
    )


def test_where_there_is_no_duty_nothing_is_opened_and_nothing_kept(city):
    assert asked(city["Hanna"], replies={"decided_elsewhere": "no"})[1] is None
    assert list(Case.objects.all()) == []


def test_a_question_on_the_way_must_be_answered(city):
    with pytest.raises(WrongValueError, match="Finns det omständigheter som ger anledning att anta"):
        asked(city["Hanna"], replies={"decided_elsewhere": "yes"})


def test_who_may_and_who_may_not_and_for_whom_it_does_not_exist(city, finding):
    matter = Matter.objects.get(pk=finding.pk)
    with pytest.raises(NotForYouError):
        asked(city["Bo"], about=matter)
    with pytest.raises(NotYourStepError):
        asked(city["Bo"])
    with pytest.raises(NotYourStepError):
        asked(city["Elin"])
    with pytest.raises(NotForYouError):
        asked(city["Asta"], about=matter)
    assert duties(as_viewer(city["Elin"])) == []
    assert [one.duty for one in duties(as_viewer(city["Hanna"]))] == [*catalogue().duties]


def test_it_is_opened_by_the_questions_and_in_no_other_way(city):
    assert {"notification", "population_notice"} & set(can_open(as_viewer(city["Hanna"]))) == set()
    with pytest.raises(NotYourStepError, match="öppnas från beslutshjälpen"):
        open_case(
            "notification", by=as_viewer(city["Hanna"]), now=NOW, board=Board.objects.get(slug="norr"),
            given={"aid": "send"},
        )  # fmt: skip


def test_what_is_protected_stays_protected(city):
    hidden = make(catalogue().processes["finding"], now=NOW, number="NORR-F-2", protected=True)
    give(hidden, city["Hanna"], now=NOW, special=True)
    _said, case = asked(city["Hanna"], about=Matter.objects.get(pk=hidden.pk))
    assert case.protected is True


def test_only_a_special_reason_with_a_manager_leaves_it_out_and_it_is_looked_at_again(city):
    """M101: the reason in text, a manager who agrees, and a review within a year."""
    _said, case = asked(city["Hanna"], replies=SEND | {"special_reasons": "yes"})
    assert case.fields["aid"] == "omit"
    take(case, "omit", city["Hanna"], {"special_reason": "danger", "reason": "Hot"}, second=city["Cilla"])
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.closed_at, case.due_on) == ("omitted", None, date(2027, 3, 2))


def test_notices_are_counted_by_authority_and_small_numbers_of_persons_are_hidden(city):
    """M291, M155: sent, left out, answered, resulted, and sent for each hundred matters; a notice counts once."""
    for number in range(6):
        make(catalogue().processes["finding"], now=NOW, number=f"NORR-F-{number + 10}")
        _said, case = asked(city["Hanna"])
        take(case, "write", city["Hanna"], WRITTEN)
        take(case, "write", city["Hanna"], WRITTEN | {"facts": "Samma timmar, igen"})
        take(case, "send", city["Hanna"], SENT)
    take(case, "answer", city["Hanna"], {"answered_on": DAY.isoformat(), "outcome": "changed"})
    figures = statistics(as_viewer(city["Cilla"]), DAY, DAY)
    assert [(one.authority, one.sent, one.answered, one.resulted) for one in figures.rows] == [
        ("Försäkringskassan", 6, None, None)
    ]
    assert (figures.sent, figures.matters, figures.per_hundred) == (6, 6, 100)
    assert (figures.omitted, figures.rows[0].omitted) == (0, 0)
    assert statistics(as_viewer(city["Bo"]), DAY, DAY).sent == 0
    assert statistics(as_viewer(city["Hanna"]), DAY, DAY).sent == 0
    assert statistics(as_viewer(city["Cilla"]), DAY + timedelta(days=1), DAY + timedelta(days=1)).per_hundred is None


def test_no_sum_says_what_a_hidden_number_is(city):
    """One notice, to one authority: neither the cell nor the sum nor the share is shown."""
    make(catalogue().processes["finding"], now=NOW, number="NORR-F-30")
    _said, case = asked(city["Hanna"])
    take(case, "write", city["Hanna"], WRITTEN)
    take(case, "send", city["Hanna"], SENT)
    figures = statistics(as_viewer(city["Cilla"]), DAY, DAY)
    assert (figures.rows[0].sent, figures.sent, figures.per_hundred, figures.omitted) == (None, None, None, 0)
