"""The timeline: every row once and in order, and what cannot both be true told of each other."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given as any_
from hypothesis import settings
from hypothesis import strategies as st

from tests.web.made_up import finding
from tests.web.matters import give, make
from tests.web.people import NOW
from tillit.web.actions.exhibit import exhibits_from_findings
from tillit.web.models import Board, Case, Finding
from tillit.web.queries.timeline import Moment, _with_clashes, days, timeline
from tillit.web.rules.content import catalogue


@pytest.fixture
def case(city):
    made = make(catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-1")
    give(made, city["Asta"], now=NOW)
    case = Case.objects.get(pk=made.pk)
    found = finding(Board.objects.get(slug="norr"), 1)
    paid = {"file": "utbetalt.csv", "sha256": "aa" * 32, "line": 3, "table": "payment",
            "values": {"paid_on": "2026-03-01", "amount_ore": 4125000, "client_id": "0000-0000-0000K"}}  # fmt: skip
    away = {"file": "slutenvard.csv", "sha256": "bb" * 32, "line": 9, "table": "absence",
            "values": {"client_id": "0000-0000-0000K", "kind": "hospital", "from_date": "2026-02-02",
                       "to_date": "2026-02-04"}}  # fmt: skip
    rows = Finding.objects.get(pk=found.pk).result["evidence"]
    Finding.objects.filter(pk=found.pk).update(result={"evidence": [paid, *reversed(rows), away]})
    case.findings.set([found])
    exhibits_from_findings(case, by=city["Cilla"], now=NOW)
    return case


def test_hours_payments_and_absence_stand_in_the_order_of_time_with_where_they_were_delivered(city, case):
    """M126: a timeline of hours, payments and presence conflicts."""
    told = timeline(case)
    assert [(one.day, one.place, one.clash) for one in told] == [
        (date(2026, 2, 2), "slutenvard.csv:9", ("norrvik-2026-02.csv:214",)),
        (date(2026, 2, 3), "norrvik-2026-02.csv:214", ("slutenvard.csv:9", "norrvik-2026-02.csv:571")),
        (date(2026, 2, 3), "norrvik-2026-02.csv:571", ("norrvik-2026-02.csv:214",)),
        (date(2026, 3, 1), "utbetalt.csv:3", ()),
    ]
    drawn = days(told)
    assert [(one.day, [(bar.begins, bar.ends, bar.lane) for bar in one.bars]) for one in drawn] == [
        (date(2026, 2, 3), [(480, 720, 0), (600, 840, 1)])
    ]


def moment(worker: str, begins: int, ends: int, line: int) -> Moment:
    start = datetime(2026, 2, 3)
    first, last = start + timedelta(minutes=begins), start + timedelta(minutes=ends)
    return Moment(start.date(), None, first, last, "t", [], "F", "f", line, (worker, ""))


SHIFT = st.tuples(st.sampled_from(["A", "B", ""]), st.integers(0, 1400), st.integers(0, 1439)).filter(
    lambda one: one[1] <= one[2]
)


@settings(max_examples=200, deadline=None)
@any_(st.lists(SHIFT, max_size=8))
def test_a_clash_is_told_by_both_and_only_of_the_same_person_at_once(rows):
    told = _with_clashes([moment(*row, line) for line, row in enumerate(rows)])
    expected = [
        tuple(
            f"f:{there}"
            for there, (other, begins, ends) in enumerate(rows)
            if there != here and other == worker != "" and begins < until and start < ends
        )
        for here, (worker, start, until) in enumerate(rows)
    ]
    assert [one.clash for one in told] == expected


@settings(max_examples=100, deadline=None)
@any_(st.lists(SHIFT, min_size=1, max_size=8))
def test_no_two_bars_of_a_day_lie_on_each_other(rows):
    ordered = sorted((moment(*row, line) for line, row in enumerate(rows)), key=lambda one: one.starts)
    (drawn,) = days(ordered)
    for one in drawn.bars:
        under = [bar for bar in drawn.bars if bar is not one and bar.lane == one.lane]
        assert [bar for bar in under if bar.begins < one.ends and one.begins < bar.ends] == []


def test_the_page_is_for_who_reads_the_case(client, city, case):
    client.force_login(city["Asta"])
    page = client.get("/tidslinje/NORR-U-2026-1/").content.decode()
    assert ("3 rader går inte ihop" in page, "slutenvard.csv:9" in page) == (True, True)
    for name in ("Klas", "Bo"):
        client.force_login(city[name])
        assert client.get("/tidslinje/NORR-U-2026-1/").status_code == 404
