"""Wrongs between time and pay in assistance: a night that was waited is told as worked, hours without pay."""

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.plant import Plant, Shift, change, pick, shifts, weighed

_NIGHT = (
    "area = 'personal_assistance' AND status = 'performed' AND kind IN ('waiting', 'standby') AND from_minute = 0 "
    "AND to_minute = 360"
)


def ass_28_one_night(district: District) -> list[Truth]:
    """One night was typed as active time."""
    return _awake(district, 1)


def ass_28_five_nights(district: District) -> list[Truth]:
    """Five nights that the decision gives as waiting or standby are told as active, and no reason is given."""
    return _awake(district, 5)


def _awake(district: District, nights: int) -> list[Truth]:
    def is_free(one: Shift) -> bool:
        return all(district.is_free(each.worker_unit) for each in _nights_of(district, one)[:nights])

    one = pick(district, f"{_NIGHT} AND client NOT IN (SELECT client_id FROM absence)", accept=is_free)
    chosen = [each for each in _nights_of(district, one) if district.is_plain(each.day)][:nights]
    if len(chosen) < nights:
        raise NothingFree
    units = district.take(one.client_unit, *(each.worker_unit for each in chosen))
    minutes = sum(each.minutes for each in chosen)
    paid = 7 if one.kind == "waiting" else 4
    for each in chosen:
        change(district, each, kind="active")
    parts, first, last = minutes * (28 - paid), chosen[0].day, chosen[-1].day
    ore, beyond = weighed(parts, district.rate()), (parts + 14) // 28
    return [Truth("nights told as active", units, one.provider, one.client, None, first, last, beyond, ore)]


def _nights_of(district: District, one: Shift) -> list[Shift]:
    return shifts(district, f"client = $it AND kind = '{one.kind}' AND {_NIGHT}", it=one.client)


def ass_30_no_pay_at_all(district: District) -> list[Truth]:
    """One who stands on the time reports has no pay."""
    return _less_pay(district, 0)


def ass_30_a_tenth(district: District) -> list[Truth]:
    """A tenth of the pay is declared."""
    return _less_pay(district, 10)


def _less_pay(district: District, percent: int) -> list[Truth]:
    salt = district.random.randrange(1 << 30)
    for provider, worker in district.rows(
        f"""SELECT provider_id, worker_id FROM time_entry
        WHERE service_area = 'personal_assistance' AND kind = 'active' AND status = 'performed'
        GROUP BY provider_id, worker_id HAVING SUM(minutes) > 1200
        ORDER BY hash(worker_id, {salt}), provider_id LIMIT 400"""
    ):
        if district.is_free(f"worker {worker}", f"provider {provider}"):
            district.run(
                "UPDATE employer_month SET gross_ore = gross_ore * $percent // 100 "
                "WHERE worker_id = $worker AND provider_id = $it",
                percent=percent, worker=worker, it=provider,
            )  # fmt: skip
            units = district.take(f"worker {worker}")
            what = "hours without their pay"
            return [Truth(what, units, provider, None, worker, district.month, district.last)]
    raise NothingFree


IN_TIME = (Plant("honest", ass_28_one_night), Plant("organised", ass_28_five_nights))

IN_DOCUMENTS = (Plant("organised", ass_30_no_pay_at_all), Plant("careless", ass_30_a_tenth))
