"""Wrongs against what is granted and where the client is: more than the decision, a short visit, another activity."""

from datetime import timedelta

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.plant import (
    ACTIVE,
    ATTENDED,
    VISIT,
    Plant,
    change,
    hour_price,
    pick,
    priced,
    shared_minutes,
    shifts,
)
from tillit.units import midnight


def hem_02_visits_grew(district: District) -> list[Truth]:
    """Visits grew longer than what is granted, and no one asked for more."""
    return _above_the_grant(district, 0.2)


def hem_02_twice_the_grant(district: District) -> list[Truth]:
    """Twice as much is done as is granted."""
    return _above_the_grant(district, 0.5)


def _above_the_grant(district: District, share: float) -> list[Truth]:
    performed = "provider IN (SELECT provider_id FROM contract WHERE payment_model = 'performed')"
    one = pick(district, f"{VISIT} AND {ATTENDED} AND {performed}")
    visits = shifts(district, f"client = $client AND {VISIT}", client=one.client)
    told = shifts(district, f"client = $client AND {VISIT} AND COALESCE(reason, '') = ''", client=one.client)
    minutes = sum(each.minutes for each in told)
    beyond = round(minutes * share)
    granted = minutes - beyond
    if beyond < 150 or sum(each.minutes for each in visits) < 400:
        raise NothingFree
    district.run(
        "UPDATE decision SET granted_minutes = $granted WHERE client_id = $client", granted=granted, client=one.client
    )
    ore = priced(beyond, hour_price(district, one.provider))
    units = district.take(one.client_unit)
    return [
        Truth(
            "more done than is granted",
            units,
            one.provider,
            one.client,
            None,
            district.month,
            district.last,
            beyond,
            ore,
        )
    ]


def hem_08_left_early(district: District) -> list[Truth]:
    """Who made the visit left early, and the planned time was reported."""
    return _short_visits(district, visits=1)


def hem_08_always_short(district: District) -> list[Truth]:
    """Visits are shorter than half of what is reported, time after time."""
    return _short_visits(district, visits=4)


def _short_visits(district: District, *, visits: int) -> list[Truth]:
    performed = "provider IN (SELECT provider_id FROM contract WHERE payment_model = 'performed')"
    long = f"{VISIT} AND {ATTENDED} AND {performed} AND to_minute - from_minute >= 26"
    one = pick(district, long)
    every = [
        each
        for each in shifts(district, f"client = $client AND {long}", client=one.client)
        if district.is_free(each.worker_unit) and district.is_plain(each.day)
    ]
    chosen = [one] if visits == 1 else every[:visits]
    price = hour_price(district, one.provider)
    units = district.take(one.client_unit)
    found = []
    for each in chosen:
        short = each.minutes // 2 - 2
        change(district, each, receipt_from=each.from_minute, receipt_to=each.from_minute + short)
        minutes = each.minutes - short
        ore = priced(minutes, price)
        found.append(
            Truth("a short visit", units, each.provider, each.client, each.worker, each.day, each.day, minutes, ore)
        )
    return found


def ass_11_at_daily_activity(district: District) -> list[Truth]:
    """The client was at daily activity, and the shift was reported as planned."""

    def alone(shift_id: int, client: int, day: object) -> bool:
        there = shifts(district, "client = $client AND day = $day", client=client, day=day)
        mine = next(each for each in there if each.id == shift_id)
        return all(each.id == shift_id or shared_minutes(each, mine) == 0 for each in there)

    one = pick(
        district,
        f"{ACTIVE} AND to_minute - from_minute >= 200 AND client NOT IN (SELECT client_id FROM absence)",
        accept=lambda one: alone(one.id, one.client, one.day),
    )
    begins = midnight(one.day).replace(tzinfo=None) + timedelta(minutes=one.from_minute + 30)
    ends = midnight(one.day).replace(tzinfo=None) + timedelta(minutes=one.to_minute - 30)
    district.add(
        "absence", subject="client", client_id=one.client, kind="daily_activity", from_date=one.day, to_date=one.day,
        starts_at=begins, ends_at=ends, registered=True,
    )  # fmt: skip
    minutes = one.minutes - 60
    ore = priced(minutes, district.rate())
    units = district.take(one.client_unit)
    return [
        Truth(
            "assistance at daily activity", units, one.provider, one.client, one.worker, one.day, one.day, minutes, ore
        )
    ]


IN_TIME = (
    Plant("honest", hem_02_visits_grew),
    Plant("careless", hem_02_twice_the_grant),
    Plant("honest", hem_08_left_early),
    Plant("organised", hem_08_always_short),
    Plant("honest", ass_11_at_daily_activity),
)
