"""Giving matters to people, taking them back, and taking access when nobody had the time to give it."""

from datetime import date, timedelta

import pytest

from tests.web.matters import give, make
from tests.web.people import NOW, as_viewer
from tillit.web.actions.assignment import assign, reassign, release, take_in_emergency
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.models import Assignment, Block, Board, Entry, Grant, Matter, Notice, Review
from tillit.web.queries.matter import can_be_asked_for, readable, visible
from tillit.web.rules.content import catalogue

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def case(city):
    return make(catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-1")


def sees(city, name, now=NOW):
    return [matter.number for matter in readable(Matter, as_viewer(city[name], now))]


def test_a_manager_gives_a_case_and_it_is_seen_from_then_on(city, case):
    assert sees(city, "Asta") == []
    assign(case, city["Asta"], by=as_viewer(city["Cilla"]), now=NOW, why="Kan området")
    assert sees(city, "Asta") == ["NORR-U-2026-1"]
    assert [(one.user.name, one.what) for one in Notice.objects.all()] == [("Asta", "assigned")]
    line = Entry.objects.get()
    assert (line.what, line.by, line.details) == ("assign", city["Cilla"], {"to": city["Asta"].pk, "special": False})


def test_an_assignment_with_an_end_ends(city, case):
    assign(case, city["Asta"], by=as_viewer(city["Cilla"]), now=NOW, until=LATER)
    assert sees(city, "Asta", LATER - timedelta(minutes=1)) == ["NORR-U-2026-1"]
    assert sees(city, "Asta", LATER) == []


@pytest.mark.parametrize(
    ("name", "error"), [("Asta", NotYourStepError), ("Klas", NotForYouError), ("Bo", NotForYouError)]
)
def test_others_give_nothing_away(city, case, name, error):
    give(case, city["Asta"], now=NOW)
    with pytest.raises(error):
        assign(case, city["Jonna"], by=as_viewer(city[name]), now=NOW)
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Hanna", "NORR-U-2026-1: Hanna har ingen roll som arbetar med det här"),
        ("Bo", "NORR-U-2026-1: Bo har ingen roll som arbetar med det här"),
        ("Jonna", "NORR-U-2026-1: Jonna kan inte få ärendet: välj någon annan"),
        ("Asta", "NORR-U-2026-1: Asta har redan ärendet"),
    ],
)
def test_a_case_is_given_only_to_one_who_can_have_it(city, case, name, told):
    give(case, city["Asta"], now=NOW)
    Block.objects.create(matter=case, user=city["Jonna"], since=NOW)
    with pytest.raises(HeldBackError) as refused:
        assign(case, city[name], by=as_viewer(city["Cilla"]), now=NOW)
    assert str(refused.value) == told


def test_a_case_is_taken_back_and_is_gone(city, case):
    give(case, city["Asta"], now=NOW)
    release(case, city["Asta"], by=as_viewer(city["Cilla"]), now=NOW)
    assert sees(city, "Asta") == []
    with pytest.raises(HeldBackError, match="Personen har inte ärendet"):
        release(case, city["Asta"], by=as_viewer(city["Cilla"]), now=NOW)


def test_one_may_lay_down_what_one_has_and_nothing_of_anyone_else(city, case):
    give(case, city["Asta"], city["Jonna"], now=NOW)
    with pytest.raises(NotYourStepError):
        release(case, city["Jonna"], by=as_viewer(city["Asta"]), now=NOW)
    release(case, city["Asta"], by=as_viewer(city["Asta"]), now=NOW)
    assert sees(city, "Asta") == []
    assert sees(city, "Jonna") == ["NORR-U-2026-1"]


def test_a_case_changes_hands_in_one_press(city, case):
    give(case, city["Jonna"], now=NOW)
    reassign(case, city["Asta"], by=as_viewer(city["Cilla"]), now=NOW)
    assert (sees(city, "Jonna"), sees(city, "Asta")) == ([], ["NORR-U-2026-1"])


def test_a_case_that_cannot_change_hands_stays_and_the_attempt_is_logged_once(city, case):
    give(case, city["Jonna"], now=NOW)
    with pytest.raises(HeldBackError):
        reassign(case, city["Hanna"], by=as_viewer(city["Cilla"]), now=NOW)
    assert sees(city, "Jonna") == ["NORR-U-2026-1"]
    assert [(line.kind, line.what) for line in Entry.objects.all()] == [("refused", "reassign")]


def test_a_substitute_sees_what_the_one_away_is_assigned_in_the_role_that_was_lent(city, case):
    give(case, city["Asta"], now=NOW)
    norr = Board.objects.get(slug="norr")
    lent = {"user": city["Elin"], "board": norr, "substitute_for": city["Asta"]}
    Grant.objects.create(**lent, role="R04", valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 31))
    Grant.objects.create(**lent, role="R01", valid_from=date(2026, 3, 1))
    assert sees(city, "Elin") == ["NORR-U-2026-1"]
    assert sees(city, "Elin", NOW + timedelta(days=30)) == []


class TestInAnEmergency:
    def taken(self, city, name="Asta", why="Utbetalningen sker i dag", until=LATER):
        return take_in_emergency("NORR-U-2026-1", by=as_viewer(city[name]), now=NOW, why=why, until=until)

    def test_access_is_taken_for_a_time_and_reported(self, city, case):
        taken = self.taken(city)
        assert (taken.emergency, taken.responsible, taken.why) == (True, False, "Utbetalningen sker i dag")
        assert sees(city, "Asta") == ["NORR-U-2026-1"]
        assert sees(city, "Asta", LATER) == []
        assert [(one.user.name, one.what) for one in Notice.objects.order_by("user__name")] == [
            ("Cilla", "emergency"),
            ("Mats", "emergency"),
        ]
        assert [(one.reviewer.name, one.why, one.due_on) for one in Review.objects.order_by("reviewer__name")] == [
            ("Cilla", "emergency", date(2026, 3, 3)),
            ("Mats", "emergency", date(2026, 3, 3)),
        ]
        line = Entry.objects.get()
        assert (line.kind, line.what, line.purpose) == ("read", "emergency access", "Utbetalningen sker i dag")

    def test_on_a_friday_it_is_reported_on_monday(self, city, case):
        friday = NOW.replace(day=6)
        by = as_viewer(city["Asta"], friday)
        take_in_emergency("NORR-U-2026-1", by=by, now=friday, why="x", until=friday + timedelta(hours=1))
        assert {one.due_on for one in Review.objects.all()} == {date(2026, 3, 9)}

    @pytest.mark.parametrize("name", ["Klas", "Hanna", "Elin", "Sara", "Doris", "Bo"])
    def test_only_a_role_that_could_be_given_it_can_take_it(self, city, case, name):
        with pytest.raises(NotForYouError, match=r"^Det finns inget sådant ärende för dig$"):
            self.taken(city, name)
        assert [(line.kind, line.what, line.matter) for line in Entry.objects.all()] == [
            ("refused", "emergency access", "NORR-U-2026-1")
        ]

    def test_bias_and_protection_are_stronger_than_the_emergency(self, city, case):
        Block.objects.create(matter=case, user=city["Asta"], since=NOW)
        with pytest.raises(NotForYouError):
            self.taken(city)
        Matter.objects.filter(pk=case.pk).update(protected=True)
        with pytest.raises(NotForYouError):
            self.taken(city, "Jonna")

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            ({"why": "  "}, "NORR-U-2026-1: Skriv varför du behöver se ärendet nu"),
            (
                {"until": NOW + timedelta(hours=25)},
                "NORR-U-2026-1: Tillfällig åtkomst gäller högst 24 timmar: välj en tidigare tid",
            ),
            ({"until": NOW}, "NORR-U-2026-1: Tillfällig åtkomst gäller högst 24 timmar: välj en tidigare tid"),
        ],
    )
    def test_it_needs_a_reason_and_an_end(self, city, case, more, told):
        with pytest.raises(HeldBackError) as refused:
            self.taken(city, **more)
        assert str(refused.value) == told

    def test_a_hit_tells_a_deputy_that_it_can_be_asked_for_and_the_stranger_nothing(self, city, case):
        assert [one.number for one in can_be_asked_for(as_viewer(city["Asta"]), "NORR-U-2026-1")] == ["NORR-U-2026-1"]
        assert list(can_be_asked_for(as_viewer(city["Asta"]), "NORR-U-2026")) == []
        assert list(can_be_asked_for(as_viewer(city["Bo"]), "NORR-U-2026-1")) == []


def test_what_concerns_a_protected_person_is_read_only_by_a_special_assignment(city, case):
    Matter.objects.filter(pk=case.pk).update(protected=True)
    assign(case, city["Asta"], by=as_viewer(city["Cilla"]), now=NOW)
    assert [matter.number for matter in visible(Matter, as_viewer(city["Asta"]))] == ["NORR-U-2026-1"]
    assert sees(city, "Asta") == []
    release(case, city["Asta"], by=as_viewer(city["Cilla"]), now=NOW)
    assign(case, city["Asta"], by=as_viewer(city["Cilla"], NOW), now=NOW, special=True)
    assert sees(city, "Asta") == ["NORR-U-2026-1"]
    assert sees(city, "Cilla") == []
