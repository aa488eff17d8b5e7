"""Wrongs in reported assistance: two places at once, the same time twice, more than granted, hospital, death, age."""

from datetime import date, timedelta
from itertools import product

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.plant import (
    ACTIVE,
    ASSISTANCE,
    Plant,
    Shift,
    change,
    copy,
    employ,
    of_shifts,
    pairs,
    pick,
    priced,
    shared_minutes,
    shifts,
)

_LONG_DAY = 940  # below the day that is long in itself
_INSIDE = (
    "{side}.area = 'personal_assistance' AND {side}.kind = 'active' AND {side}.status = 'performed' AND "
    "{side}.same_visit IS NULL AND {side}.from_minute > 0 AND {side}.to_minute < 1440"
)


def ass_01_ends_too_late(district: District) -> list[Truth]:
    """The end was typed wrong: a worker is still at one client when the shift at the next has begun."""
    return _at_two_clients(district, least=8, most=90, days=1)


def ass_01_wrong_name(district: District) -> list[Truth]:
    """A whole shift was put on the wrong name."""
    return _at_two_clients(district, least=91, most=900, days=1)


def ass_01_paper_assistant(district: District) -> list[Truth]:
    """The Göteborg pattern: a worker is reported at another client again and again, and cannot have been there."""
    return _at_two_clients(district, least=60, most=900, days=4)


def _at_two_clients(district: District, *, least: int, most: int, days: int) -> list[Truth]:
    condition = (
        f"{_INSIDE.format(side='one')} AND {_INSIDE.format(side='other')} AND LEAST(one.to_minute, other.to_minute) "
        f"- GREATEST(one.from_minute, other.from_minute) BETWEEN {least} AND {most}"
    )
    for one, other in pairs(district, condition, days=6):
        meetings = [(one, other)]
        if days > 1:
            meetings = [*meetings, *_more_meetings(district, one, other, least, most)][:days]
        if len(meetings) < min(days, 2) or not all(_only_there(district, one.worker, a, b) for a, b in meetings):
            continue
        units = district.take(one.client_unit, one.worker_unit, other.client_unit, other.worker_unit)
        found = []
        for here, there in meetings:
            change(district, there, worker=one.worker)
            minutes = shared_minutes(here, there)
            what = f"{minutes} minutes at two clients at once"
            found.append(
                Truth(
                    what, units, worker=one.worker, first=here.day, last=here.day,
                    minutes=minutes, ore=priced(minutes, district.rate()),
                )
            )  # fmt: skip
        return found
    raise NothingFree


def _more_meetings(district: District, one: Shift, other: Shift, least: int, most: int) -> list[tuple[Shift, Shift]]:
    found: dict[date, tuple[Shift, Shift]] = {}
    mine = shifts(district, f"client = $client AND worker = $worker AND {ACTIVE}", client=one.client, worker=one.worker)
    theirs = shifts(district, f"client = $client AND {ACTIVE}", client=other.client)
    for here, there in product(mine, theirs):
        inside = all(each.from_minute > 0 and each.to_minute < 1440 for each in (here, there))
        another = here.day == there.day != one.day and there.worker != one.worker and district.is_plain(here.day)
        if inside and another and least <= shared_minutes(here, there) <= most:
            found.setdefault(here.day, (here, there))
    return list(found.values())


def _only_there(district: District, worker: int, here: Shift, there: Shift) -> bool:
    """Whether the day stays shorter than a long one, and no other row goes into what is moved to the worker."""
    own = shifts(district, "worker = $worker AND day = $day", worker=worker, day=here.day)
    return [one.id for one in own] == [here.id] and here.minutes + there.minutes < _LONG_DAY


def ass_02_read_twice(district: District) -> list[Truth]:
    """The same shift came in two exports, under two numbers."""
    return _twice(district, later=0, days=1)


def ass_02_moved(district: District) -> list[Truth]:
    """A shift was typed anew with other times, and the old one was left."""
    return _twice(district, later=45, days=1)


def ass_02_filled_up(district: District) -> list[Truth]:
    """Shifts are reported twice, day after day, to fill what is granted."""
    return _twice(district, later=0, days=3)


def _twice(district: District, *, later: int, days: int) -> list[Truth]:
    def alone(one: Shift) -> bool:
        own = shifts(district, "worker = $worker AND day = $day", worker=one.worker, day=one.day)
        return len(own) == 1

    most = 900 // (2 * days)
    short = f"{ACTIVE} AND to_minute - from_minute BETWEEN 100 AND {most} AND to_minute < 1380 AND from_minute > 0"
    one = pick(district, short, accept=alone)
    same = shifts(district, f"worker = $worker AND client = $client AND {short}", worker=one.worker, client=one.client)
    chosen = [each for each in same if district.is_plain(each.day) and alone(each)][:days] if days > 1 else [one]
    units = district.take(one.client_unit, one.worker_unit)
    for each in chosen:
        copy(district, each, from_minute=each.from_minute + later, to_minute=each.to_minute + later)
    return [
        Truth(
            "the same time twice", units, each.provider, each.client, each.worker, each.day, each.day,
            minutes=each.minutes - later, ore=priced(each.minutes - later, district.rate()),
        )
        for each in chosen
    ]  # fmt: skip


def ass_03_training_as_work(district: District) -> list[Truth]:
    """Who was shown round was reported as at work."""
    return _two_at_once(district, minutes=60, days=1)


def ass_03_two_all_the_shift(district: District) -> list[Truth]:
    """Two were there a whole shift, and no decision allows it."""
    return _two_at_once(district, minutes=0, days=1)


def ass_03_two_for_days(district: District) -> list[Truth]:
    """A second worker is reported day after day at a client who has the right to one."""
    return _two_at_once(district, minutes=0, days=3)


def _two_at_once(district: District, *, minutes: int, days: int) -> list[Truth]:
    def alone(one: Shift) -> bool:
        there = shifts(district, "client = $client AND day = $day", client=one.client, day=one.day)
        return all(each.id == one.id or shared_minutes(each, one) == 0 for each in there)

    one_only = "client IN (SELECT client FROM assisted WHERE NOT fixed_two AND NOT bank AND week <= 200)"
    where = f"{ACTIVE} AND {one_only} AND to_minute - from_minute BETWEEN 90 AND {900 // days}"
    one = pick(district, where, accept=alone)
    every = shifts(district, f"client = $client AND {where}", client=one.client) if days > 1 else [one]
    chosen = [each for each in every if district.is_plain(each.day) and alone(each)][:days]
    units = district.take(one.client_unit)
    second = employ(district, one.provider, adult_from=district.month.replace(year=2000))
    sum_minutes = 0
    for each in chosen:
        stop = each.from_minute + minutes if minutes else each.to_minute
        copy(district, each, worker=second, to_minute=stop)
        sum_minutes += stop - each.from_minute
    return [
        Truth(
            "two at once, without a decision", units, one.provider, one.client, None, district.month, district.last,
            minutes=sum_minutes, ore=priced(sum_minutes, district.rate()),
        )
    ]  # fmt: skip


def ass_04_a_little_above(district: District) -> list[Truth]:
    """Some shifts grew longer than planned, and together they are more than is granted."""
    return _above_the_grant(district, district.random.randrange(30, 120))


def ass_04_grant_was_lowered(district: District) -> list[Truth]:
    """The grant was lowered, and the work went on as before."""
    return _above_the_grant(district, district.random.randrange(300, 900))


def ass_04_billed_to_the_brim(district: District) -> list[Truth]:
    """Far more is reported than is granted."""
    return _above_the_grant(district, district.random.randrange(1500, 3000))


def _above_the_grant(district: District, beyond: int) -> list[Truth]:
    one = pick(
        district,
        f"""{ACTIVE} AND client IN (
          SELECT client_id FROM decision WHERE service_area = 'personal_assistance'
          GROUP BY client_id HAVING COUNT(*) = 1 AND MAX(per) = 'week' AND BOOL_AND(granted_is_weighted)
            AND COUNT(month_factor) = 0
        ) AND client NOT IN (SELECT client FROM shift WHERE {ASSISTANCE} AND kind <> 'active')""",
    )
    worked = shifts(district, f"client = $client AND {ASSISTANCE}", client=one.client)
    used = sum(each.minutes for each in worked)
    week = (used - beyond) * 7 // district.days
    granted = (week * district.days * 2 + 7) // 14
    if week < 60:
        raise NothingFree
    district.run("UPDATE decision SET granted_minutes = $week WHERE client_id = $client", week=week, client=one.client)
    units = district.take(one.client_unit)
    minutes = used - granted
    return [
        Truth(
            "more worked than is granted", units, one.provider, one.client, None, district.month, district.last,
            minutes=minutes, ore=priced(minutes, district.rate()),
        )
    ]  # fmt: skip


def ass_06_end_typed_wrong(district: District) -> list[Truth]:
    """A short shift was typed to last from morning to night: a long day, which claims no minutes."""

    def alone(one: Shift) -> bool:
        that_day = "day = $day AND (client = $client OR worker = $worker)"
        return len(shifts(district, that_day, client=one.client, worker=one.worker, day=one.day)) == 1

    one = pick(
        district,
        f"{ACTIVE} AND client IN (SELECT client FROM assisted WHERE pattern IN ('day', 'evening'))",
        accept=alone,
    )
    change(district, one, from_minute=360, to_minute=1350)
    units = district.take(one.client_unit, one.worker_unit)
    return [Truth("sixteen and a half hours in one day", units, one.provider, one.client, one.worker, one.day, one.day)]


def ass_06_more_than_a_day(district: District) -> list[Truth]:
    """Two children with the same assistant at once, and both reported whole: more hours than the day has."""

    def alone(one: Shift) -> bool:
        return len(shifts(district, "client = $client AND day = $day", client=one.client, day=one.day)) == 1

    shared = "area = 'personal_assistance' AND kind = 'active' AND same_visit LIKE 'S%' AND status = 'performed'"
    one = pick(district, shared, accept=alone)
    both = shifts(district, "worker = $worker AND day = $day", worker=one.worker, day=one.day)
    if len(both) != 2 or not district.is_free(*(each.client_unit for each in both)):
        raise NothingFree
    for each in both:
        change(district, each, from_minute=480, to_minute=1230)
    units = district.take(one.worker_unit, *(each.client_unit for each in both))
    minutes = 2 * 750 - 1440
    return [
        Truth(
            "25 hours in one day", units, one.provider, None, one.worker, one.day, one.day, minutes,
            priced(minutes, district.rate()),
        )
    ]  # fmt: skip


def ass_17_one_shift(district: District) -> list[Truth]:
    """The office looked at the wrong year: one shift by an assistant who is not eighteen."""
    return _under_eighteen(district, shifts_of=1)


def ass_17_holiday_work(district: District) -> list[Truth]:
    """An assistant who is not eighteen steps in for some days."""
    return _under_eighteen(district, shifts_of=4)


def ass_17_all_month(district: District) -> list[Truth]:
    """A child of the family stands on the time reports."""
    return _under_eighteen(district, shifts_of=12)


def _under_eighteen(district: District, *, shifts_of: int) -> list[Truth]:
    one = pick(district, f"{ACTIVE} AND client NOT IN (SELECT client_id FROM absence)")
    same = shifts(district, f"worker = $worker AND client = $client AND {ACTIVE}", worker=one.worker, client=one.client)
    chosen = same[:shifts_of] if shifts_of > 1 else [one]
    young = employ(district, one.provider, adult_from=district.last + timedelta(days=200))
    for each in chosen:
        change(district, each, worker=young)
    units = district.take(one.client_unit, f"worker {young}")
    return [of_shifts(district, "the assistant is not eighteen", units, chosen)]


def ass_34_the_hour_that_comes_twice(district: District) -> list[Truth]:
    """A night's time ends in the hour that comes twice, and no one can tell which."""
    for one in shifts(district, f"from_minute = 0 AND to_minute = 360 AND {ASSISTANCE}"):
        if one.minutes > 360 and district.is_free(one.client_unit, one.worker_unit):
            change(district, one, to_minute=150)
            units = district.take(one.client_unit, one.worker_unit)
            return [
                Truth("ends when the clock is put back", units, one.provider, one.client, one.worker, one.day, one.day)
            ]
    raise NothingFree


IN_TIME = (
    Plant("honest", ass_34_the_hour_that_comes_twice),
    Plant("careless", ass_06_more_than_a_day),
    Plant("honest", ass_06_end_typed_wrong),
    Plant("honest", ass_01_ends_too_late),
    Plant("careless", ass_01_wrong_name),
    Plant("organised", ass_01_paper_assistant),
    Plant("honest", ass_02_read_twice),
    Plant("careless", ass_02_moved),
    Plant("organised", ass_02_filled_up),
    Plant("honest", ass_03_training_as_work),
    Plant("careless", ass_03_two_all_the_shift),
    Plant("organised", ass_03_two_for_days),
    Plant("honest", ass_04_a_little_above),
    Plant("careless", ass_04_grant_was_lowered),
    Plant("organised", ass_04_billed_to_the_brim),
    Plant("honest", ass_17_one_shift),
    Plant("careless", ass_17_holiday_work),
    Plant("organised", ass_17_all_month),
)
