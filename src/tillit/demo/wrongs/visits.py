"""Wrongs in how much home care is performed, and how it is registered."""

from collections.abc import Iterator
from dataclasses import replace

from tillit.demo.home_care import clock
from tillit.demo.providers import HOUR_PRICE_HOME_CARE, HOUR_PRICE_RURAL
from tillit.demo.town import Shift, Town, Wrong
from tillit.demo.wrongs.assistance import priced
from tillit.units import Period

_DECLINED = 50


def hem_02_above_the_grant(town: Town) -> None:
    """Eight evening visits that no decision gives, and no one says why."""
    client, month = town.clients["H36"], town.months[2]
    decision = next(row for row in town.rows["decision"] if row["client_id"] == client)
    mornings = list(_of_client(town, "H36", month))
    for visit in mornings[2:18:2]:
        extra = ("20:30", "21:30")
        town.shifts.append(_again(visit, extra))
    told = [one.minutes for one in _of_client(town, "H36", month) if not one.reason]
    minutes = sum(told) - decision["granted_minutes"]
    provider = mornings[0].provider
    price = priced(minutes, HOUR_PRICE_HOME_CARE[provider.key])
    what = "evening visits above the month's grant"
    town.wrongs.append(Wrong("HEM-02", what, provider, client, None, month.first, month.last, minutes, price))


def hem_06_registered_by_hand(town: Town) -> None:
    """In April two visits of five are typed in afterwards, because the telephones do not work."""
    month = town.months[3]
    for place, visit in enumerate(_of_provider(town, "Egen", month)):
        if place % 5 < 2:
            town.change(visit, capture="manual", receipt=None, reason="Telefonen fungerade inte")
    what = "two visits of five registered by hand"
    _of_unit(town, "HEM-06", what, "Egen", Period(month.first, month.first.replace(month=6, day=30)))


def hem_08_shorter_than_reported(town: Town) -> None:
    """A visit of twelve minutes by its receipt, which is reported as half an hour."""
    visit = next(one for one in _of_client(town, "H35", town.months[1]) if one.receipt and one.start < "12:00")
    hour, minute = visit.start.split(":")
    left = clock(int(hour) * 60 + int(minute) + 12)
    town.change(visit, receipt=(visit.start, left), reason="")
    minutes, day = visit.minutes - 12, visit.day
    price = priced(minutes, HOUR_PRICE_HOME_CARE[visit.provider.key])
    what = "a visit of twelve minutes, reported as half an hour"
    who = visit.provider, visit.client, visit.worker
    town.wrongs.append(Wrong("HEM-08", what, *who, day, day, minutes, price))


def hem_10_many_declined(town: Town) -> None:
    """Fifty visits of a month that stand as declined."""
    month, apart = town.months[2], {town.clients[key] for key in ("H1", "H2", "H5", "H12")}
    visits = [one for one in _of_provider(town, "Solsidan", month) if one.client not in apart and one.day.day > 5]
    for visit in visits[:: len(visits) // _DECLINED][:_DECLINED]:
        town.change(visit, kind="declined", status="declined", receipt=None, reason="Avböjt av brukaren")
    _of_unit(town, "HEM-10", "fifty declined visits in a month", "Solsidan", month)


def hem_18_another_areas_price(town: Town) -> None:
    """A client in town whose hours cost what they do far from town."""
    invoice = next(one for one in town.invoices if one.provider.key == "Egen" and one.period == town.months[1])
    line = next(one for one in invoice.lines if one.client == town.clients["H38"])
    before, line.unit_price = line.amount, HOUR_PRICE_RURAL
    ore, what = line.amount - before, "the price of another area"
    town.wrongs.append(Wrong("HEM-18", what, invoice.provider, line.client, None, line.first, line.last, 0, ore))


def hem_19_time_in_two_ways(town: Town) -> None:
    """Twenty hours in five lines, of which 5,45 and 2,15 may be hours and minutes."""
    month = town.months[0]
    invoice = next(one for one in town.invoices if one.provider.key == "Lättnad" and one.period == month)
    [whole] = invoice.lines
    days = (1, 7, 345), (8, 14, 270), (15, 21, 327), (22, 28, 129), (29, 31, 129)
    invoice.lines = [
        replace(whole, first=town.day(1, first), last=town.day(1, last), minutes=minutes)
        for first, last, minutes in days
    ]
    _of_unit(town, "HEM-19", "time written in two ways", "Lättnad", month)


def hem_20_cleaning_not_granted(town: Town) -> None:
    """Three visits of cleaning to a client who is granted care alone."""
    visits = [one for one in _of_client(town, "H11", town.months[1]) if not one.reason][:3]
    for visit in visits:
        town.change(visit, service_code="STÄD")
    minutes, provider = sum(one.minutes for one in visits), visits[0].provider
    price = priced(minutes, HOUR_PRICE_HOME_CARE[provider.key])
    what = "cleaning that no decision grants"
    span = visits[0].day, visits[-1].day
    town.wrongs.append(Wrong("HEM-20", what, provider, visits[0].client, None, *span, minutes, price))


def hem_26_as_planned(town: Town) -> None:
    """A month when half the visits end on the very minute that was planned."""
    month = town.months[0]
    visits = [one for one in _of_provider(town, "Egen", month) if one.receipt and one.planned and not one.group]
    for visit in visits[::2]:
        assert visit.planned is not None
        town.change(visit, end=visit.planned[1], receipt=visit.planned)
    _of_unit(town, "HEM-26", "half the visits are as planned to the minute", "Egen", month)


def hem_28_every_other_visit(town: Town) -> None:
    """Every other visit of three months is not made, and no one has asked for it."""
    client, span = town.clients["H37"], Period(town.months[1].first, town.months[3].last)
    visits = list(_of_client(town, "H37", span))
    for visit in visits[::2]:
        town.drop(visit)
    what = "half of the granted time for three months"
    town.wrongs.append(Wrong("HEM-28", what, visits[0].provider, client, None, span.first, span.last))


def _again(visit: Shift, clocks: tuple[str, str]) -> Shift:
    start, end = clocks
    return Shift(
        visit.provider, visit.worker, visit.client, visit.day, start, end, kind="visit", service_area="home_care",
        service_code="OMV", capture="nfc", receipt=clocks, planned=("20:30", "21:15"),
    )  # fmt: skip


def _of_unit(town: Town, control: str, what: str, key: str, span: Period) -> None:
    town.wrongs.append(Wrong(control, what, town.providers[key], None, None, span.first, span.last))


def _of_client(town: Town, key: str, span: Period) -> Iterator[Shift]:
    who = town.clients[key]
    return (one for one in list(town.shifts) if one.client == who and one.day in span and one.status == "performed")


def _of_provider(town: Town, key: str, span: Period) -> Iterator[Shift]:
    """Visits in the order of the days, so that what is taken of them lies all over the month."""
    visits = [one for one in town.shifts if one.provider.key == key and one.day in span and one.status == "performed"]
    return iter(sorted((one for one in visits if not one.double_staffing), key=lambda one: (one.day, one.start)))
