"""Wrongs in the visits that are reported for home care."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

from tillit.demo.home_care import clock
from tillit.demo.providers import HOUR_PRICE_HOME_CARE
from tillit.demo.town import Shift, Town, Wrong
from tillit.demo.wrongs.assistance import priced
from tillit.units import minutes_between

_EDITED_UP, _EDITED_DOWN = 42, 3


def hem_03_two_visits_at_once(town: Town) -> None:
    """A visit is registered by a worker who is at another client just then."""
    day = town.day(2, 5)
    visits = [one for one in _visits(town, "Solsidan") if one.day == day and not one.double_staffing]
    for one, other in permutations(visits, 2):
        clashes = [each for each in visits if each.worker == one.worker and _shared(each, other) > 0]
        if one.worker != other.worker and clashes == [one] and _shared(one, other) >= 10:
            town.change(other, worker=one.worker)
            minutes = _shared(one, other)
            price = priced(minutes, HOUR_PRICE_HOME_CARE["Solsidan"])
            what = "one worker at two clients at once"
            town.wrongs.append(Wrong("HEM-03", what, one.provider, None, one.worker, day, day, minutes, price))
            return
    raise AssertionError("no two visits overlap that day")  # pragma: no cover - the rounds are made so that they do


def hem_05_no_receipt(town: Town) -> None:
    """Three visits that no one checked in to or out of, and no one says why."""
    client = town.clients["H31"]
    visits = [one for one in town.shifts if one.client == client and one.receipt and one.day > town.day(2, 9)][:3]
    for visit in visits:
        town.change(visit, receipt=None, reason="")
        price = priced(visit.minutes, HOUR_PRICE_HOME_CARE[visit.provider.key])
        what = "a visit without receipt or reason"
        day = visit.day
        wrong = Wrong("HEM-05", what, visit.provider, client, visit.worker, day, day, visit.minutes, price)
        town.wrongs.append(wrong)


def hem_07_changed_upwards(town: Town) -> None:
    """Visits that are changed afterwards, almost always to be longer."""
    month = town.months[3]
    visits = [one for one in _visits(town, "Solsidan") if one.day in month and one.receipt and not one.double_staffing]
    gained = 0
    for place, visit in enumerate(visits[:: len(visits) // (_EDITED_UP + _EDITED_DOWN)][: _EDITED_UP + _EDITED_DOWN]):
        change = 4 if place < _EDITED_UP else -2
        town.change(visit, end=clock(_minute(visit.end) + change), reason="")
        gained += change
    provider = town.providers["Solsidan"]
    what = f"{_EDITED_UP} of {_EDITED_UP + _EDITED_DOWN} changes make the visit longer"
    town.wrongs.append(Wrong("HEM-07", what, provider, None, None, month.first, month.last, 0, 0))


def hem_12_both_of_a_couple(town: Town) -> None:
    """One visit to two who live together, for which each is billed the whole."""
    day = town.day(3, 4)
    visits = [each for each in town.shifts if each.day == day]
    one, other = (next(each for each in visits if each.client == town.clients[key]) for key in ("H1", "H2"))
    town.drop(other)
    town.shifts.append(replace(one, client=other.client))
    price = priced(one.minutes, HOUR_PRICE_HOME_CARE["Solsidan"])
    what = "a visit to a couple, billed whole to both"
    town.wrongs.append(Wrong("HEM-12", what, one.provider, None, one.worker, day, day, one.minutes, price))


def hem_09_in_hospital(town: Town) -> None:
    """One visit in the middle of a stay in hospital; the others of those days were called off."""
    client, first, last = town.clients["H33"], town.day(3, 9), town.day(3, 13)
    visits = [one for one in town.shifts if one.client == client and first <= one.day <= last]
    kept = next(one for one in visits if one.day == town.day(3, 11) and one.status == "performed")
    for visit in visits:
        if visit is not kept:
            town.drop(visit)
    town.add(
        "absence", subject="client", client_id=client, kind="hospital", from_date=first, to_date=last, registered=True
    )
    price = priced(kept.minutes, HOUR_PRICE_HOME_CARE[kept.provider.key])
    what = "a visit while the client was in hospital"
    town.wrongs.append(Wrong("HEM-09", what, kept.provider, client, None, kept.day, kept.day, kept.minutes, price))


def _visits(town: Town, key: str) -> Iterator[Shift]:
    return (one for one in town.shifts if one.provider.key == key and one.status == "performed")


def _shared(one: Shift, other: Shift) -> int:
    """Minutes in which both are going on."""
    a, b = one.interval, other.interval
    return max(0, minutes_between(max(a.start, b.start), min(a.end, b.end)))


def _minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])
