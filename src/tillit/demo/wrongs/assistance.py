"""Wrongs in the time that is reported for assistance."""

from dataclasses import replace
from datetime import date

from tillit.demo.assistance import add_activity
from tillit.demo.home_care import clock
from tillit.demo.people import Person
from tillit.demo.providers import HOUR_PRICE_ASSISTANCE
from tillit.demo.town import Shift, Town, Wrong
from tillit.units import month_minutes


def priced(minutes: int, hour_price: int = HOUR_PRICE_ASSISTANCE) -> int:
    """What minutes cost, öre, a half upwards.

    >>> priced(60), priced(7, 48500)
    (34770, 5658)
    """
    return (minutes * hour_price * 2 + 60) // 120


def ass_01_worker_at_two_clients(town: Town) -> None:
    """An assistant of one provider is also reported by another, for the same two hours."""
    day = town.day(1, 14)
    morning, other = town.shift("K1", day, "07:00"), town.shift("K10", day, "10:00")
    town.change(other, worker=morning.worker)
    what = "reported by two providers at once, 10-12"
    town.wrongs.append(Wrong("ASS-01", what, None, None, morning.worker, day, day, 120, priced(120)))


def ass_02_the_same_shift_again(town: Town) -> None:
    """A shift that stands twice in the report, and is billed twice."""
    day = town.day(4, 8)
    shift = town.shift("K1", day, "07:00")
    town.shifts.append(replace(shift))
    _wrong(town, "ASS-02", "the same shift twice", shift, shift.worker, day, shift.minutes)


def ass_03_third_worker(town: Town) -> None:
    """A third assistant during the two hours when the decision gives two."""
    day = town.day(2, 11)
    shifts = [one for one in town.shifts if one.client == town.clients["K3"]]
    second = next(one for one in shifts if one.day == day and one.double_staffing)
    busy = {one.worker for one in shifts if one.day == day}
    free = next(one.worker for one in shifts if one.worker not in busy)
    town.shifts.append(replace(second, worker=free))
    month = town.months[1]
    _wrong(
        town,
        "ASS-03",
        "three assistants 08-10 where the decision gives two",
        second,
        None,
        month.first,
        120,
        month.last,
    )


def ass_04_above_the_grant(town: Town) -> None:
    """Five hours more than the month's grant, in evening shifts that no decision covers."""
    month, client = town.months[3], town.clients["K10"]
    decision = next(row for row in town.rows["decision"] if row["client_id"] == client)
    used = sum(one.minutes for one in town.shifts if one.client == client and one.day in month)
    granted = month_minutes(int(decision["granted_minutes"]), month.first.year, month.first.month)
    left, day = granted + 300 - used, month.first
    first = town.shift("K10", day, "10:00")
    while left > 0:
        length = min(left, 240)
        worker = town.shift("K10", day, "10:00").worker
        town.shifts.append(replace(first, worker=worker, day=day, start="16:00", end=clock(16 * 60 + length)))
        left, day = left - length, day.replace(day=day.day + 1)
    _wrong(town, "ASS-04", "five hours above the month's grant", first, None, month.first, 300, month.last)


def ass_06_more_than_a_day(town: Town) -> None:
    """Twenty-eight hours in one day: fourteen hours at each of two siblings in one home."""
    day = town.day(1, 24)  # a Saturday, on which no one works there
    shift = town.shift("K5", town.day(1, 23), "15:00")
    for key in ("K5", "K6"):
        client = town.clients[key]
        town.shifts.append(replace(shift, client=client, day=day, start="06:00", end="20:00", group="S-24"))
    minutes = 28 * 60 - 1440
    who = shift.provider, None, shift.worker
    town.wrongs.append(Wrong("ASS-06", "28 hours in one day", *who, day, day, minutes, priced(minutes)))


def ass_08_above_the_working_time(town: Town) -> None:
    """A parent who works every shift for four weeks, eight hours a day, under the act on work in a household."""
    client, first, last = town.clients["K8"], town.day(2, 9), town.day(3, 8)
    parent = next(row["worker_id"] for row in town.rows["worker"] if row.get("working_time_regime") == "household")
    shifts = [one for one in town.shifts if one.client == client and first <= one.day <= last]
    for shift in shifts:
        town.change(shift, worker=parent)
    what = "fifty-six hours a week for four weeks"
    town.wrongs.append(Wrong("ASS-08", what, shifts[0].provider, None, parent, first, last))


def ass_11_at_daily_activity(town: Town) -> None:
    """Three hours of a shift when the client was at daily activity."""
    day = town.day(1, 20)
    add_activity(town, "K12", "daily_activity", day, (9, 0), (12, 0))
    shift = town.shift("K12", day, "08:00")
    _wrong(town, "ASS-11", "assistance during daily activity", shift, shift.worker, day, 180)


def ass_27_after_the_settlement(town: Town) -> None:
    """A report for January that came in the middle of April."""
    month, client = town.months[0], town.clients["K3"]
    report = next(row for row in town.rows["time_report"] if (row["client_id"], row["month"]) == (client, month.first))
    report["received_on"] = town.day(4, 14)
    what = "a report that came two weeks after the final settlement"
    town.wrongs.append(Wrong("ASS-27", what, report["provider_id"], client, None, month.first, month.last))


def ass_28_a_night_as_active(town: Town) -> None:
    """A night that is granted as waiting time, and reported as active: of six hours, a quarter is to be paid."""
    night, day = town.shift("K2", town.day(2, 24), "22:00"), town.day(2, 25)
    town.change(night, kind="active")
    _wrong(town, "ASS-28", "a night of waiting time reported as active", night, None, day, 6 * 60 * 3 // 4)


def ass_30_no_salary(town: Town) -> None:
    """An assistant who stood in for another in March, and for whom no salary is told of."""
    shift, month = town.shift("K12", town.day(3, 17), "08:00"), town.months[2]
    rows = town.rows["employer_month"]
    town.rows["employer_month"] = [
        row for row in rows if row["worker_id"] != shift.worker or row["month"] < month.first
    ]
    what = "eight hours and no salary"
    town.wrongs.append(Wrong("ASS-30", what, shift.provider, None, shift.worker, month.first, month.last))


def ass_10_in_hospital(town: Town) -> None:
    """A shift on a day when the client was in hospital from morning to night."""
    day = town.day(2, 12)
    shift = replace(town.shift("K10", town.day(2, 9), "10:00"), day=day)
    town.shifts.append(shift)
    _wrong(town, "ASS-10", "assistance during a stay in hospital", shift, shift.worker, day, shift.minutes)


def ass_12_after_death(town: Town) -> None:
    """A shift on the day after the client died."""
    day = town.day(3, 13)
    shift = replace(town.shift("K9", town.day(3, 11), "09:00"), day=day)
    town.shifts.append(shift)
    _wrong(town, "ASS-12", "assistance on the day after death", shift, shift.worker, day, shift.minutes)


def ass_17_under_eighteen(town: Town) -> None:
    """A shift by an assistant who is not yet eighteen."""
    day, young = town.day(2, 20), town.crowd.take(2009, 2010)
    shift = town.change(town.shift("K3", day, "14:00"), worker=young)
    town.add(
        "worker", worker_id=young, provider_id=shift.provider, employed_from=town.first, adult_from=young.adult_from,
        residence_country="SE", employment="hourly", working_time_regime="agreement",
    )  # fmt: skip
    _wrong(town, "ASS-17", "the assistant is not eighteen", shift, young, day, shift.minutes)


def ass_21_no_report(town: Town) -> None:
    """Assistance that is paid for April, and for which no time report came."""
    month, client = town.months[3], town.clients["K11"]
    shift = town.shift("K11", month.first, "18:00")
    town.shifts = [one for one in town.shifts if one.client != client or one.day not in month]
    _wrong(town, "ASS-21", "paid in advance, and no time report came", shift, None, month.first, 0, month.last)


def _wrong(
    town: Town, control: str, what: str, shift: Shift, worker: Person | None, first: date, minutes: int,
    last: date | None = None,
) -> None:  # fmt: skip
    wrong = Wrong(control, what, shift.provider, shift.client, worker, first, last or first, minutes, priced(minutes))
    town.wrongs.append(wrong)
