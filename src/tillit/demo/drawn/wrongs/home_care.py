"""Wrongs in reported visits: two places at once, no receipt, edited upwards, hospital, both of a couple."""

from datetime import date

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.plant import (
    ATTENDED,
    VISIT,
    Plant,
    Shift,
    change,
    copy,
    hour_price,
    pairs,
    pick,
    priced,
    shared_minutes,
    shifts,
)

_MIDDLE = (
    "{side}.area = 'home_care' AND {side}.kind = 'visit' AND {side}.status = 'performed' "
    "AND {side}.capture <> 'manual' "
    "AND NOT {side}.double_staffing AND {side}.same_visit IS NULL "
    "AND {side}.from_minute > 0 AND {side}.to_minute < 1340"
)


def hem_03_forgot_to_check_out(district: District) -> list[Truth]:
    """Someone forgot to check out, and the visit runs on into the next."""
    for _ in range(20):
        one = pick(district, f"{VISIT} AND {ATTENDED} AND from_minute > 0 AND to_minute < 1300")
        later = shifts(
            district, f"worker = $worker AND day = $day AND from_minute >= $stop AND {VISIT}",
            worker=one.worker, day=one.day, stop=one.to_minute,
        )  # fmt: skip
        if not later or later[0].client == one.client or not district.is_free(later[0].client_unit):
            continue
        after = later[0]
        added = after.from_minute - one.to_minute + min(after.minutes, district.random.randrange(6, 20))
        if (
            after.minutes < 6
            or added > 60
            or _live_together(district, one.client, after.client)
            or after.kind != "visit"
        ):
            continue
        stop = one.to_minute + added
        change(district, one, to_minute=stop, receipt_to=stop)
        units = district.take(one.client_unit, one.worker_unit, after.client_unit)
        return [_clash(district, one, one.worker, stop - after.from_minute, units)]
    raise NothingFree


def hem_03_wrong_worker(district: District) -> list[Truth]:
    """A visit was registered by one who was elsewhere just then."""
    return _at_two_clients(district, times=1)


def hem_03_ghost_visits(district: District) -> list[Truth]:
    """Visits are registered by a worker who is with another client, time after time."""
    return _at_two_clients(district, times=3)


def _at_two_clients(district: District, *, times: int) -> list[Truth]:
    condition = (
        f"{_MIDDLE.format(side='one')} AND {_MIDDLE.format(side='other')} AND one.provider = other.provider "
        "AND LEAST(one.to_minute, other.to_minute) - GREATEST(one.from_minute, other.from_minute) >= 8"
    )
    found: list[Truth] = []
    worker = None
    for one, other in pairs(district, condition, days=2):
        if worker is not None and one.worker != worker:
            continue
        own = shifts(district, "worker = $worker AND day = $day", worker=one.worker, day=one.day)
        clashing = [each.id for each in own if shared_minutes(each, other) > 0]
        if (
            clashing != [one.id]
            or _live_together(district, one.client, other.client)
            or _sum(own) + other.minutes > 900
        ):
            continue
        change(district, other, worker=one.worker)
        units = (one.client_unit, other.client_unit, one.worker_unit, other.worker_unit)
        found.append(_clash(district, one, one.worker, shared_minutes(one, other), units))
        worker = one.worker
        district.taken.update((one.client_unit, other.client_unit, other.worker_unit))
        if len(found) == times:
            break
    for truth in found:
        district.take(*truth.units)
    if not found:
        raise NothingFree
    return found


def _sum(rows: list[Shift]) -> int:
    return sum(each.minutes for each in rows)


def _clash(district: District, one: Shift, worker: int, minutes: int, units: tuple[str, ...]) -> Truth:
    ore = priced(minutes, hour_price(district, one.provider))
    return Truth("two visits at once", units, one.provider, None, worker, one.day, one.day, minutes, ore)


def _live_together(district: District, one: int, other: int) -> bool:
    homes = district.rows(
        "SELECT COUNT(DISTINCT household_id) = 1 AND COUNT(household_id) = 2 FROM client "
        "WHERE client_id IN ($one, $other)",
        one=one, other=other,
    )  # fmt: skip
    return bool(homes[0][0])


def hem_05_forgot_to_say_why(district: District) -> list[Truth]:
    """The receipt is missing, and the reason was forgotten."""
    return _without_receipt(district, visits=1)


def hem_05_seldom_checks_in(district: District) -> list[Truth]:
    """Some visits to a client have no receipt, and no one says why."""
    return _without_receipt(district, visits=3)


def hem_05_ghost_visits(district: District) -> list[Truth]:
    """Visits that no one made: no one checked in or out."""
    return _without_receipt(district, visits=8)


def _without_receipt(district: District, *, visits: int) -> list[Truth]:
    open_client = "client NOT IN (SELECT client_id FROM client WHERE protected_identity)"
    one = pick(district, f"{VISIT} AND {ATTENDED} AND {open_client}")
    every = shifts(district, f"client = $client AND {VISIT} AND {ATTENDED}", client=one.client)
    chosen = [one] if visits == 1 else [each for each in every if district.is_free(each.worker_unit)][:visits]
    price = hour_price(district, one.provider)
    units = district.take(one.client_unit)
    for each in chosen:
        change(district, each, receipt_from=None, receipt_to=None, capture="manual")
    return [
        Truth(
            "a visit without receipt or reason", units, each.provider, each.client, each.worker, each.day, each.day,
            each.minutes, priced(each.minutes, price),
        )
        for each in chosen
    ]  # fmt: skip


def hem_07_rounds_up(district: District) -> list[Truth]:
    """Visits are made a little longer afterwards, by habit."""
    return _edited_up(district, up=52, down=8)


def hem_07_edited_upwards(district: District) -> list[Truth]:
    """A scheme: almost every change makes the visit longer."""
    return _edited_up(district, up=75, down=3)


def _edited_up(district: District, *, up: int, down: int) -> list[Truth]:
    listed = district.rows(
        f"""SELECT provider FROM shift WHERE {VISIT} AND {ATTENDED} AND to_minute - from_minute > 12
        GROUP BY provider HAVING COUNT(*) > 200 ORDER BY hash(provider, {district.random.randrange(1 << 30)})"""
    )
    for (provider,) in listed:
        if district.is_free(f"edits {provider}"):
            district.take(f"edits {provider}")
            break
    else:
        raise NothingFree
    district.run(
        f"UPDATE shift SET receipt_to = to_minute WHERE provider = $provider AND {VISIT} AND receipt_to <= 1440 "
        "AND receipt_from >= 0",
        provider=provider,
    )
    long = shifts(
        district, f"provider = $provider AND {VISIT} AND {ATTENDED} AND to_minute - from_minute > 12", provider=provider
    )
    chosen = [one for one in district.random.sample(long, min(len(long), 3 * (up + down)))
        if district.is_free(one.client_unit, one.worker_unit)][: up + down]  # fmt: skip
    if len(chosen) < up + down:
        raise NothingFree
    for place, one in enumerate(chosen):
        change(district, one, receipt_to=one.to_minute + (-6 if place < up else 6))
    units = (f"provider {provider}",)
    return [Truth(f"{up} of {up + down} changes upwards", units, provider, None, None, district.month, district.last)]


def hem_12_one_visit(district: District) -> list[Truth]:
    """One visit to two who live together was registered on both."""
    return _both_of_a_couple(district, visits=1)


def hem_12_now_and_then(district: District) -> list[Truth]:
    """Now and then both of a couple are charged for the same visit."""
    return _both_of_a_couple(district, visits=3)


def hem_12_every_visit(district: District) -> list[Truth]:
    """Whatever is done for one of a couple is charged to both."""
    return _both_of_a_couple(district, visits=10)


def _both_of_a_couple(district: District, *, visits: int) -> list[Truth]:
    couple = "(SELECT client_id FROM client JOIN care ON care.client = client_id WHERE lives_together)"
    split = "(SELECT provider_id FROM contract WHERE cohabit_rule = 'split' AND payment_model = 'performed')"
    where = f"{VISIT} AND {ATTENDED} AND client IN {couple} AND provider IN {split}"

    def is_free(one: Shift) -> bool:
        other = _other_of(district, one.client)
        return other is not None and one.day in _days(district, other) and _may_be_both(district, one)

    one = pick(district, where, accept=is_free)
    other = _other_of(district, one.client)
    if other is None:
        raise NothingFree
    every = shifts(district, f"client = $client AND {VISIT} AND {ATTENDED}", client=one.client)
    chosen = [one] if visits == 1 else every[:visits]
    alive = _days(district, other)
    chosen = [each for each in chosen if each.day in alive and _may_be_both(district, each)]
    if not chosen:
        raise NothingFree
    price = hour_price(district, one.provider)
    units = district.take(one.client_unit, f"client {other}")
    for each in chosen:
        copy(district, each, client=other)
    return [
        Truth(
            "one visit charged to both of a couple", units, each.provider, None, each.worker, each.day, each.day,
            each.minutes, priced(each.minutes, price),
        )
        for each in chosen
    ]  # fmt: skip


def _other_of(district: District, client: int) -> int | None:
    """The other of a couple, if both have the same provider and no wrong has the other."""
    others = district.rows(
        "SELECT other.client FROM care JOIN care AS other ON other.home = care.home AND other.client <> care.client "
        "AND other.provider = care.provider WHERE care.client = $client", client=client,
    )  # fmt: skip
    return int(others[0][0]) if others and district.is_free(f"client {others[0][0]}") else None


def _days(district: District, client: int) -> set[date]:
    return {row[0] for row in district.rows("SELECT DISTINCT day FROM shift WHERE client = $it", it=client)}


def _may_be_both(district: District, one: Shift) -> bool:
    own = shifts(district, "worker = $worker AND day = $day", worker=one.worker, day=one.day)
    return _sum(own) + one.minutes < 900 and district.is_free(one.worker_unit)


def nat_11_one_key_for_all(district: District) -> list[Truth]:
    """The own unit's export gave every visit of a day the same key for who made it."""
    day = district.day(district.random.randrange(2, district.days))
    if not district.is_plain(day):
        raise NothingFree
    own = "provider IN (SELECT provider_id FROM provider WHERE is_own_unit)"
    visits = shifts(district, f"day = $day AND {VISIT} AND {ATTENDED} AND {own}", day=day)
    units = {unit for one in visits for unit in (one.client_unit, one.worker_unit)}
    if not district.is_free(*units) or len(visits) < 700:
        raise NothingFree
    listed = ", ".join(str(one.id) for one in visits)
    key = district.random.getrandbits(62)
    district.run(f"UPDATE shift SET worker = $key WHERE id IN ({listed})", key=key)
    return [Truth("one key for all who worked", district.take(f"worker {key}"), None, None, key, day, day)]


IN_TIME = (
    Plant("honest", nat_11_one_key_for_all, once=True),
    Plant("careless", hem_07_rounds_up, once=True),
    Plant("organised", hem_07_edited_upwards, once=True),
    Plant("honest", hem_12_one_visit),
    Plant("careless", hem_12_now_and_then),
    Plant("organised", hem_12_every_visit),
    Plant("honest", hem_03_forgot_to_check_out),
    Plant("careless", hem_03_wrong_worker),
    Plant("organised", hem_03_ghost_visits),
    Plant("honest", hem_05_forgot_to_say_why),
    Plant("careless", hem_05_seldom_checks_in),
    Plant("organised", hem_05_ghost_visits),
)
