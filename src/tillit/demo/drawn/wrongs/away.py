"""Wrongs in time that is reported while the client is away: in hospital, or dead."""

from datetime import timedelta

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.plant import (
    ASSISTANCE,
    ATTENDED,
    VISIT,
    Plant,
    Shift,
    drop,
    hour_price,
    of_shifts,
    pick,
    priced,
    shifts,
)

_AT_HOME = (
    "client NOT IN (SELECT client_id FROM absence) "
    "AND client NOT IN (SELECT client_id FROM client WHERE death_date IS NOT NULL)"
)


def ass_10_not_called_off(district: District) -> list[Truth]:
    """One shift stands while the client was in hospital; the others were called off."""
    return _shifts_in_hospital(district, keep="one")


def ass_10_a_day_in_hospital(district: District) -> list[Truth]:
    """A whole day of assistance stands."""
    return _shifts_in_hospital(district, keep="day")


def ass_10_as_if_at_home(district: District) -> list[Truth]:
    """The report goes on as if the client were at home."""
    return _shifts_in_hospital(district, keep="all")


def _shifts_in_hospital(district: District, *, keep: str) -> list[Truth]:
    one = pick(
        district,
        f"{ASSISTANCE} AND same_visit IS NULL AND {_AT_HOME}",
        accept=lambda one: 4 <= one.day.day <= district.days - 4,
    )
    first, last = one.day - timedelta(days=2), one.day + timedelta(days=2)
    span = {"client": one.client, "first": first, "last": last}
    inside = shifts(district, f"client = $client AND day > $first AND day < $last AND {ASSISTANCE}", **span)
    kept = _kept(one, inside, keep)
    if not all(district.is_plain(each.day) for each in inside):
        raise NothingFree
    listed = ", ".join(str(each.id) for each in kept)
    drop(district, f"client = $client AND day > $first AND day < $last AND id NOT IN ({listed})", **span)
    district.add(
        "absence",
        subject="client",
        client_id=one.client,
        kind="hospital",
        from_date=first,
        to_date=last,
        registered=True,
    )
    units = district.take(one.client_unit)
    return [of_shifts(district, "assistance in hospital", units, kept)]


def ass_12_the_day_after(district: District) -> list[Truth]:
    """One shift stands the day after the client died."""
    return _shifts_after_death(district, days=1)


def ass_12_some_days(district: District) -> list[Truth]:
    """Nobody told the office for some days."""
    return _shifts_after_death(district, days=3)


def ass_12_as_if_alive(district: District) -> list[Truth]:
    """The reports go on."""
    return _shifts_after_death(district, days=31)


def _shifts_after_death(district: District, *, days: int) -> list[Truth]:
    one = pick(
        district,
        f"{ASSISTANCE} AND same_visit IS NULL AND {_AT_HOME}",
        accept=lambda one: 4 <= one.day.day <= district.days - 2,
    )
    died, until = one.day - timedelta(days=1), one.day + timedelta(days=days)
    kept = shifts(
        district, f"client = $client AND day > $died AND day < $until AND {ASSISTANCE}",
        client=one.client, died=died, until=until,
    )  # fmt: skip
    drop(district, "client = $client AND day >= $until", client=one.client, until=until)
    district.run("UPDATE client SET death_date = $died WHERE client_id = $client", client=one.client, died=died)
    return [of_shifts(district, "time after death", district.take(one.client_unit), kept)]


def hem_09_not_called_off(district: District) -> list[Truth]:
    """One visit stands while the client was in hospital."""
    return _visits_in_hospital(district, keep="one")


def hem_09_a_day_in_hospital(district: District) -> list[Truth]:
    """The visits of a whole day stand."""
    return _visits_in_hospital(district, keep="day")


def hem_09_as_if_at_home(district: District) -> list[Truth]:
    """The visits go on as if the client were at home."""
    return _visits_in_hospital(district, keep="all")


def _visits_in_hospital(district: District, *, keep: str) -> list[Truth]:
    one = pick(
        district,
        f"{VISIT} AND {ATTENDED} AND from_minute > 0 AND {_AT_HOME}",
        accept=lambda one: 4 <= one.day.day <= district.days - 4,
    )
    span = {"client": one.client, "first": one.day - timedelta(days=2), "last": one.day + timedelta(days=2)}
    inside = shifts(district, f"client = $client AND day > $first AND day < $last AND {VISIT}", **span)
    kept = _kept(one, inside, keep)
    if not all(district.is_plain(each.day) and district.is_free(each.worker_unit) for each in inside):
        raise NothingFree
    listed = ", ".join(str(each.id) for each in kept)
    drop(district, f"client = $client AND day > $first AND day < $last AND id NOT IN ({listed})", **span)
    district.add(
        "absence", subject="client", client_id=one.client, kind="hospital", registered=True,
        from_date=span["first"], to_date=span["last"],
    )  # fmt: skip
    return [_of_visits(district, "visits in hospital", district.take(one.client_unit), kept)]


def ass_12_visits_after_death(district: District) -> list[Truth]:
    """Visits of home care stand after the client died."""
    one = pick(
        district,
        f"{VISIT} AND {ATTENDED} AND from_minute > 0 AND {_AT_HOME}",
        accept=lambda one: 4 <= one.day.day <= district.days - 2,
    )
    died, until = one.day - timedelta(days=1), one.day + timedelta(days=1)
    kept = shifts(
        district, f"client = $client AND day > $died AND day < $until AND {VISIT}",
        client=one.client, died=died, until=until,
    )  # fmt: skip
    drop(district, "client = $client AND day >= $until", client=one.client, until=until)
    district.run("UPDATE client SET death_date = $died WHERE client_id = $client", client=one.client, died=died)
    return [_of_visits(district, "visits after death", district.take(one.client_unit), kept)]


def _of_visits(district: District, what: str, units: tuple[str, ...], kept: list[Shift]) -> Truth:
    days = sorted(each.day for each in kept)
    minutes = sum(each.minutes for each in kept)
    ore = priced(minutes, hour_price(district, kept[0].provider))
    return Truth(what, units, kept[0].provider, kept[0].client, None, days[0], days[-1], minutes, ore)


def _kept(one: Shift, inside: list[Shift], keep: str) -> list[Shift]:
    """What was not called off: one row, those of its day, or all."""
    return {"one": [one], "day": [each for each in inside if each.day == one.day], "all": inside}[keep]


IN_TIME = (
    Plant("honest", ass_10_not_called_off),
    Plant("careless", ass_10_a_day_in_hospital),
    Plant("organised", ass_10_as_if_at_home),
    Plant("honest", ass_12_the_day_after),
    Plant("careless", ass_12_some_days),
    Plant("organised", ass_12_as_if_alive),
    Plant("honest", hem_09_not_called_off),
    Plant("careless", hem_09_a_day_in_hospital),
    Plant("organised", hem_09_as_if_at_home),
    Plant("honest", ass_12_visits_after_death),
)
