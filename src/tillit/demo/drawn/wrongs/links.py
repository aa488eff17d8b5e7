"""Hints in what binds providers together: two steps from a barred one, one worker of two, clients who go alike."""

from datetime import date, timedelta

from tillit.demo.drawn.district import District, NothingFree, Truth, organisation
from tillit.demo.drawn.wrongs.invoice import pick_bill
from tillit.demo.drawn.wrongs.plant import ACTIVE, Plant, change, pick, shifts

_BARRED = 196
_FULL = 260 * 60


def nat_03_two_steps(district: District) -> list[Truth]:
    """The head of a closed company leads a second, and another who leads the second leads a third."""
    barred = organisation(district.number, _BARRED)
    near, far = pick_bill(district), pick_bill(district)
    if near.provider == far.provider or not district.is_free(f"provider {barred}"):
        raise NothingFree
    first, second = district.random.getrandbits(62), district.random.getrandbits(62)
    since = date(2025, 2, 1)
    district.add(
        "exclusion", provider_id=barred, name="Stängd omsorg AB", basis="permit_revoked", valid_from=date(2024, 4, 1),
        misconduct_from=date(2022, 1, 1), misconduct_to=date(2024, 3, 31), source="IVO",
    )  # fmt: skip
    for provider, person, day in (
        (barred, first, date(2020, 1, 1)),
        (near.provider, first, date(2024, 6, 1)),
        (near.provider, second, date(2024, 7, 1)),
        (far.provider, second, since),
    ):
        district.add("provider_role", provider_id=provider, person_id=person, role="ceo", valid_from=day)
    units = (f"supplier {near.provider}", f"provider {near.provider}", f"provider {barred}")
    taken = district.take(*units, f"supplier {far.provider}", f"provider {far.provider}")
    return [Truth("two steps from a barred company", taken, far.provider, None, None, since, None)]


def nat_06_own_employers(district: District) -> list[Truth]:
    """A permit is revoked, and three clients become employers of their own with one and the same to act for them."""
    for (provider,) in district.rows(
        """SELECT provider_id FROM decision WHERE service_area = 'personal_assistance' AND valid_to IS NULL
        GROUP BY provider_id HAVING COUNT(DISTINCT client_id) >= 4 ORDER BY COUNT(*), provider_id"""
    ):
        clients = [
            row[0]
            for row in district.rows(
                """SELECT DISTINCT client_id FROM decision JOIN client USING (client_id)
                WHERE provider_id = $it AND service_area = 'personal_assistance' AND valid_to IS NULL
                  AND death_date IS NULL ORDER BY client_id""",
                it=provider,
            )
            if district.is_free(f"client {row[0]}")
        ][:3]
        if len(clients) == 3 and district.is_free(f"provider {provider}"):
            return _move(district, str(provider), clients)
    raise NothingFree


def _move(district: District, provider: str, clients: list[int]) -> list[Truth]:
    ended, who = district.after + timedelta(days=4), district.random.getrandbits(62)
    district.run(
        "UPDATE permit SET status = 'revoked', status_on = $day WHERE provider_id = $it AND valid_to IS NULL",
        day=ended, it=provider,
    )  # fmt: skip
    for client in clients:
        district.run("UPDATE client SET representative_id = $who WHERE client_id = $it", who=who, it=client)
        district.add(
            "decision", decision_id=f"B-{client}-egen", client_id=client, service_area="personal_assistance",
            legal_basis="9 § 2 LSS", payer="fk", arrangement="own_employer", granted_minutes=2400, per="week",
            granted_is_weighted=True, valid_from=ended + timedelta(days=10),
        )  # fmt: skip
    units = district.take(f"provider {provider}", *(f"client {client}" for client in clients))
    last = ended + timedelta(days=90)
    return [Truth("three became employers alike", units, provider, None, None, ended, last)]


def nat_07_all_days_and_more(district: District) -> list[Truth]:
    """One who works long days all month for one provider works three evenings for another too."""
    salt = district.random.randrange(1 << 30)
    for (client,) in district.rows(
        f"""SELECT client FROM shift WHERE client IN (SELECT client FROM assisted WHERE pattern = 'day') AND {ACTIVE}
        GROUP BY client HAVING SUM(to_minute - from_minute) BETWEEN {_FULL} AND 21000 AND MAX(to_minute) <= 1140
          AND COUNT(DISTINCT worker) < 12 ORDER BY hash(client, {salt})"""
    ):
        days = shifts(district, f"client = $it AND {ACTIVE}", it=client)
        units = {unit for one in days for unit in (one.client_unit, one.worker_unit)}
        stop = max(one.to_minute for one in days)
        evening = (
            f"{ACTIVE} AND from_minute >= {stop + 30} AND to_minute - from_minute BETWEEN 60 AND 240 "
            f"AND to_minute < 1440 AND provider <> '{days[0].provider}'"
        )
        if not district.is_free(*units) or len({(one.day, one.from_minute) for one in days}) < len(days):
            continue
        other = pick(district, evening)
        more = [one for one in shifts(district, f"client = $it AND {evening}", it=other.client) if one.day > other.day]
        worker = days[0].worker
        for one in (*days, other, *more[:2]):
            units |= {one.client_unit, one.worker_unit}
            change(district, one, worker=worker)
        taken = district.take(*sorted(units))
        return [Truth("long days here and evenings there", taken, None, None, worker, district.month, district.last)]
    raise NothingFree


IN_TIME = (Plant("careless", nat_07_all_days_and_more, once=True),)

IN_DOCUMENTS = (
    Plant("organised", nat_03_two_steps, once=True),
    Plant("organised", nat_06_own_employers, once=True),
)
