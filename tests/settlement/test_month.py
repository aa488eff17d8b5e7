"""M109, M119, M120: months settled to the öre, against a second way of counting and by hand."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settlement import plain
from tests.settlement.plain import utc
from tillit.catalogue import ContentError, load
from tillit.catalogue.parameter import Value
from tillit.settlement import (
    AboveCapError,
    Advance,
    Cost,
    Decision,
    DoubleSlot,
    PermitSpan,
    Stretch,
    Terms,
    settle,
    standing_on,
)
from tillit.units import Period

TERMS = Terms.of(load().parameters)
FORTY = {"id": "B1", "minutes": 2400, "per": "week", "valid_from": date(2020, 1, 1), "cover": "whole"}
MONTHS = [
    (2024, 12),
    (2025, 1),
    (2025, 3),
    (2025, 10),
    (2025, 12),
    (2026, 1),
    (2026, 2),
    (2026, 3),
    (2026, 10),
    (2024, 2),
]


def decision(spec):
    slots = tuple(DoubleSlot(s[1], s[2], s[3], s[0]) for s in spec.get("slots", ()))
    plain_names = {"slots", "bank", "month_factor"}
    rest = {name: value for name, value in spec.items() if name not in plain_names}
    factor = Decimal(spec["month_factor"]) if spec.get("month_factor") else None
    return Decision(**rest, double_slots=slots, double_bank=spec.get("bank", 0), month_factor=factor)


def stretch(row):
    return Stretch(row["row"], row["start"], row["end"], row["kind"], row.get("decision", ""), row.get("refused", ""))


def settled(month, rows, decisions, permits=None, costs=(), period=None, terms=TERMS, **more):
    return settle(
        period or Period.month(month.year, month.month),
        decisions=[decision(one) for one in decisions],
        reported=[stretch(row) for row in rows],
        terms=terms,
        permits=None if permits is None else [PermitSpan(f"T{n}", *one) for n, one in enumerate(permits)],
        costs=[Cost(*one) for one in costs],
        **more,
    )


def not_approved(found):
    lines = [line for line in found.lines if line.code == "not_approved" and line.of != "above_decision"]
    return {line.of: line.minutes for line in lines if line.minutes}


def random_case(seed):
    """A month with everything in it that can go together; one in three months changes its clocks or its year."""
    draw = Random(seed)
    month = date(*draw.choice(MONTHS), 1)
    nights = plain.months_on(month, 1)
    share = draw.choice([0.1, 0.4, 1.0])
    per = draw.choice(["day", "week", "month", "half_year", "total"])
    month_minutes = int(draw.choice([1800, 4000, 9000]) * share)
    minutes = {"day": month_minutes // 30, "week": month_minutes // 4, "half_year": month_minutes * 2}
    first = {
        "id": "B1", "minutes": minutes.get(per, month_minutes), "per": per,
        "valid_from": draw.choice([date(2023, 5, 31), month, month + timedelta(days=9)]),
        "cover": draw.choice(["whole", "whole", "first_hours", "advance", "other_payer"]),
        "weighted": draw.choice([True, True, False]),
        "month_factor": draw.choice([None, None, "4.33", "4.345"]) if per == "week" else None,
        "parental_a_day": draw.choice([0, 0, 15, 90]),
        "bank": draw.choice([0, 300]),
        "raised": draw.choice([None, None, Fraction(108, 100), Fraction(112, 100)]),
        "slots": draw.choice([[], [(None, 480, 600, 1)], [(7, 90, 215, 2)], [(None, 130, 1440, 1)]]),
    }  # fmt: skip
    if draw.random() < 0.3:
        first["valid_to"] = month + timedelta(days=draw.choice([12, 20, 27]))
    decisions = [first]
    if draw.random() < 0.5:
        more = {
            "id": "B2",
            "minutes": 600,
            "per": "month",
            "valid_from": month + timedelta(days=4),
            "cover": "temporary",
        }
        decisions.append({**more, "weighted": first["weighted"], "own_rate": draw.choice([None, 31133])})
    if draw.random() < 0.3:
        decisions.append({**FORTY, "id": "B3", "minutes": 0, "cover": "sick_cover"})
    rows = []
    for number in range(draw.randrange(4, 22)):
        start = utc(month.year, month.month, 1) + timedelta(
            minutes=draw.randrange(-300, (nights - month).days * 1440 - 30)
        )
        if draw.random() < 0.25:  # through the night in which the clocks may change
            last_sunday = max(
                day for day in plain.days_between(month, nights - timedelta(days=1)) if day.weekday() == 6
            )
            start = utc(month.year, month.month, last_sunday.day) - timedelta(minutes=draw.randrange(0, 90))
        length = draw.choice([7, 59, 121, 240, 480])
        kind = draw.choice(["active", "active", "active", "waiting", "standby", "visit", "training"])
        rows.append({"row": f"r{number:02}", "start": start, "end": start + timedelta(minutes=length), "kind": kind})
        if draw.random() < 0.08:
            rows[-1]["refused"] = "not_performed"
        if len(decisions) > 1 and draw.random() < 0.2:
            rows[-1]["decision"] = draw.choice(["B1", "B2"])
    told = month + timedelta(days=draw.randrange(0, 20))
    permits = draw.choice([None, [(date(2019, 1, 1), None)], [(date(2019, 1, 1), month - timedelta(days=3), told)]])
    if permits:
        permits = [(*one, None)[:3] for one in permits]
    costs = [("c1", month + timedelta(days=3), 125033)] if draw.random() < 0.5 else []
    return month, rows, decisions, permits, costs


ALL = [pytest.param(start, 40, marks=pytest.mark.slow) for start in range(0, 240, 40)]


@pytest.mark.parametrize(("start", "count"), [pytest.param(240, 12), *ALL])
def test_two_hundred_and_forty_months_are_the_same_counted_minute_by_minute(start, count):
    for seed in range(start, start + count):
        case = random_case(seed)
        found = settled(*case)
        assert (seed, found.due, not_approved(found)) == (seed, *plain.due(*case))
        assert sum(line.ore for line in found.lines if line.code in ("due", "cost")) == found.due


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(1000, 100_000), days=st.lists(st.integers(1, 27), min_size=1, max_size=3, unique=True))
def test_settling_in_parts_is_settling_the_whole(seed, days):
    month, rows, decisions, permits, costs = random_case(seed)
    last = plain.months_on(month, 1) - timedelta(days=1)
    edges = [month, *(month + timedelta(days=day) for day in sorted(days)), last + timedelta(days=1)]
    carried, due = None, 0
    for first, after in pairwise(edges):
        part = Period(first, after - timedelta(days=1))
        found = settled(month, rows, decisions, permits, costs, period=part, carried=carried)
        carried, due = found.carried, due + found.due
    assert due == settled(month, rows, decisions, permits, costs).due


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(1000, 100_000), at=st.integers(1, 200))
def test_cutting_a_row_in_two_changes_nothing_where_one_works_at_a_time(seed, at):
    month, rows, decisions, permits, costs = random_case(seed)
    rows, free = sorted(rows, key=lambda row: row["start"]), []
    for row in rows:
        if not free or row["start"] >= free[-1]["end"]:
            free.append(row)
    cut = [
        {**row, "row": f"{row['row']}{half}", "start": start, "end": end}
        for row in free
        for half, start, end in (
            ("a", row["start"], min(row["end"], row["start"] + timedelta(minutes=at))),
            ("b", row["start"] + timedelta(minutes=at), row["end"]),
        )
        if start < end
    ]
    whole, parts = (settled(month, some, decisions, permits, costs) for some in (free, cut))
    assert (whole.due, not_approved(whole)) == (parts.due, not_approved(parts))


def shift(name, start, hours, kind="active", **more):
    return {"row": name, "start": start, "end": start + timedelta(minutes=round(hours * 60)), "kind": kind, **more}


def test_by_hand_the_night_in_march_has_an_hour_less_and_the_one_in_october_an_hour_more():
    """From midnight to four by the clock: three hours in March, five in October. 347,70 kr in 2026."""
    for (year, month, day), hours in {(2026, 3, 29): 3, (2026, 10, 25): 5, (2026, 10, 24): 4}.items():
        row = {"row": "e1", "start": utc(year, month, day), "end": utc(year, month, day, 4), "kind": "active"}
        assert settled(date(year, month, 1), [row], [FORTY]).due == hours * 34770


def test_by_hand_a_night_over_new_year_is_paid_by_the_rate_of_each_day():
    """22 to 06 over New Year 2025: two hours at 342,60 in December, six at 347,70 in January."""
    night = [shift("e1", utc(2025, 12, 31, 22), 8)]
    assert settled(date(2025, 12, 1), night, [FORTY]).due == 2 * 34260
    assert settled(date(2026, 1, 1), night, [FORTY]).due == 6 * 34770


def test_by_hand_waiting_is_a_quarter_and_standby_a_seventh_rounded_once():
    """V15: 8 h waiting is 2 h, 7 h standby 1 h; a single minute of each is (1/4 + 1/7) × 347,70 / 60 = 2,2766 kr."""
    rows = [shift("e1", utc(2026, 4, 1, 22), 8, "waiting"), shift("e2", utc(2026, 4, 3, 10), 7, "standby")]
    assert settled(date(2026, 4, 1), rows, [FORTY]).due == 3 * 34770
    rows = [shift("e1", utc(2026, 4, 1, 22), 1 / 60, "waiting"), shift("e2", utc(2026, 4, 3, 10), 1 / 60, "standby")]
    assert settled(date(2026, 4, 1), rows, [FORTY]).due == 228


def test_by_hand_forty_hours_a_week_give_171_hours_26_minutes_in_april():
    """V16: 2 400 × 30 / 7 = 10 286 minutes; 200 hours were worked. 10 286 / 60 × 347,70 = 59 607,37 kr."""
    rows = [shift(f"e{day:02}", utc(2026, 4, day, 8), 10) for day in range(1, 21)]
    found = settled(date(2026, 4, 1), rows, [FORTY])
    assert found.due == 59_607_37
    above = next(line for line in found.lines if line.of == "above_decision")
    assert (above.weighted28, above.rows) == ((12000 - 10286) * 28, ("e18", "e19", "e20"))


def test_by_hand_the_municipality_pays_the_first_twenty_hours_of_what_forsakringskassan_grants():
    """M109: twenty hours a week in a February of four weeks: 80 × 347,70 of 200 hours worked."""
    rows = [shift(f"e{day:02}", utc(2026, 2, day, 8), 10) for day in range(1, 21)]
    found = settled(date(2026, 2, 1), rows, [{**FORTY, "minutes": 100 * 60, "cover": "first_hours"}])
    assert found.due == 80 * 34770
    assert [line.weighted28 for line in found.lines if line.code == "paid_by_other"] == [120 * 60 * 28]


def test_by_hand_two_assistants_at_once_are_paid_where_the_decision_says_so():
    """V13: two from 8 to 10 in a slot; outside it the second one's hours are not granted, save what the bank holds."""
    rows = [shift("x", utc(2026, 4, 1, 8), 4), shift("y", utc(2026, 4, 1, 8), 4)]
    assert settled(date(2026, 4, 1), rows, [FORTY]).due == 4 * 34770
    slot = settled(date(2026, 4, 1), rows, [{**FORTY, "slots": [(3, 480, 600, 1)]}])
    assert (slot.due, not_approved(slot)) == (6 * 34770, {"above_double": 120})
    bank = settled(date(2026, 4, 1), rows, [{**FORTY, "bank": 90}])
    assert (bank.due, not_approved(bank)) == (round(5.5 * 34770), {"above_double": 150})


def test_by_hand_a_half_year_is_filled_over_its_months():
    """1 810 minutes for half a year: 1 500 in May, and of 600 in June the 310 that are left."""
    half = {**FORTY, "minutes": 1810, "per": "half_year", "valid_from": date(2026, 1, 1)}
    may = settled(date(2026, 5, 1), [shift("e1", utc(2026, 5, 4, 5), 25)], [half])
    june_rows = [shift("e2", utc(2026, 6, 3, 8), 10)]
    june = settled(date(2026, 6, 1), june_rows, [half], carried=may.carried.to_next_month())
    assert (may.due, june.due) == (25 * 34770, round(310 * 34770 / 60))


def test_by_hand_the_grace_runs_from_the_day_the_client_was_told():
    """V17: told on 1 March: paid until the 15th. Whoever was told later has their own fourteen days."""
    rows = [shift(f"e{day}", utc(2026, 3, day, 8), 1) for day in (14, 15, 16, 20)]
    ended = (date(2019, 1, 1), date(2026, 2, 20))
    told = settled(date(2026, 3, 1), rows, [FORTY], [(*ended, date(2026, 3, 1))])
    assert (told.due, not_approved(told)) == (2 * 34770, {"no_permit": 120})
    later = settled(date(2026, 3, 1), rows, [FORTY], [(*ended, date(2026, 3, 6))])
    assert (later.due, not_approved(later)) == (4 * 34770, {})
    unknown = settled(date(2026, 3, 1), rows, [FORTY], [(*ended, None)], advances=[Advance("U1", 100)])
    assert (not_approved(unknown), unknown.action, unknown.examine) == (
        {"permit_unclear": 240}, "examine", ("permit_unclear",)
    )  # fmt: skip


def test_no_grace_under_a_permit_that_ended_before_the_agreement():
    span = [PermitSpan("T1", date(2019, 1, 1), date(2025, 6, 1), date(2026, 3, 1))]
    assert standing_on(date(2026, 3, 3), span, 14, agreed_on=date(2025, 9, 1)) == "none"


def test_by_hand_what_was_advanced_is_held_against_what_is_due():
    """Ten hours done: 3 477,00. Advance 4 000,00 and 200,00 owed since before: 323,00 too much."""
    rows = [shift("e1", utc(2026, 4, 1, 8), 10)]
    more = {"advances": [Advance("U1", 400_000)], "carry_over": 20_000}
    found = settled(date(2026, 4, 1), rows, [FORTY], **more)
    assert (found.due, found.difference, found.action) == (347_700, -32_300, "claim_back")
    assert settled(date(2026, 4, 1), rows, [FORTY], **more, may_set_off=True).action == "set_off"
    assert settled(date(2026, 4, 1), rows, [FORTY]).action == "pay"
    open_row = [*rows, shift("e2", utc(2026, 4, 2, 8), 1, refused="under_review")]
    assert settled(date(2026, 4, 1), open_row, [FORTY], **more).action == "examine"


def test_a_missing_report_is_looked_at_and_nothing_is_claimed_back_for_it():
    """HFD 2143-21."""
    found = settled(date(2026, 4, 1), [], [FORTY], advances=[Advance("U1", 400_000)], may_set_off=True)
    assert (found.difference, found.action, found.examine) == (-400_000, "examine", ("report_missing",))


def test_an_hour_that_comes_twice_is_paid_once_and_looked_at():
    row = Stretch("e1", utc(2026, 10, 25, 2, 30, fold=1), utc(2026, 10, 25, 3), uncertain_minutes=60)
    more = {"decisions": [decision(FORTY)], "terms": TERMS, "permits": None}
    found = settle(Period.month(2026, 10), reported=[row], **more)
    assert (found.due, found.action, found.examine) == (17385, "pay", ("clock_uncertain",))


def test_a_rate_that_changes_within_the_month_is_chosen_by_the_day_of_the_hour():
    values = {date(2026, 1, 1): "300", date(2026, 4, 16): "320.50"}
    rate = TERMS.rate.model_copy(
        update={"values": {day: Value(value=value, source="ours") for day, value in values.items()}}
    )
    own = Terms(rate, TERMS.raised_cap, TERMS.weights, TERMS.municipal_hours, TERMS.grace_days)
    rows = [shift("e1", utc(2026, 4, 15, 23), 2), shift("e2", utc(2026, 4, 20, 8), 1 / 60)]
    found = settled(date(2026, 4, 1), rows, [FORTY], terms=own)
    assert found.due == 30000 + 32050 + 534  # 320,50 / 60 = 5,3417: rounded with the rest, once
    assert [(line.rate, line.rows) for line in found.lines if line.code == "due"] == [
        (30000, ("e1",)), (32050, ("e1", "e2"))
    ]  # fmt: skip


def test_no_rate_is_guessed_and_none_above_the_cap_is_paid():
    with pytest.raises(ContentError, match="no value is known for 2031-04-01"):
        settled(date(2031, 4, 1), [shift("e1", utc(2031, 4, 1, 8), 1)], [FORTY])
    with pytest.raises(AboveCapError, match="högst 112% får ges"):
        settled(date(2026, 4, 1), [shift("e1", utc(2026, 4, 1, 8), 1)], [{**FORTY, "raised": Fraction(113, 100)}])


def test_a_standing_decision_is_filled_before_a_temporary_one_that_costs_otherwise():
    """Ten hours; the standing decision gives eight, at 347,70; the temporary one two, at 311,33."""
    more = {"id": "B2", "minutes": 600, "per": "month", "valid_from": date(2026, 4, 1), "cover": "temporary"}
    found = settled(
        date(2026, 4, 1), [shift("e1", utc(2026, 4, 1, 8), 10)],
        [{**more, "own_rate": 31133}, {**FORTY, "minutes": 480, "per": "month"}],
    )  # fmt: skip
    assert found.due == 8 * 34770 + 2 * 31133


def test_every_line_leads_back_to_the_rows_it_was_counted_from():
    for seed in range(300, 340):
        month, rows, *rest = random_case(seed)
        found = settled(month, rows, *rest)
        counted = {"reported", "not_approved", "approved", "due", "paid_by_other", "cost"}
        assert [line for line in found.lines if line.code in counted and not line.rows] == []
        reported = [line for line in found.lines if line.code == "reported"]
        fates = [line for line in found.lines if line.code in ("not_approved", "approved")]
        assert sum(line.minutes for line in reported) == sum(line.minutes for line in fates)
        assert isinstance(rows[0]["start"], datetime)
