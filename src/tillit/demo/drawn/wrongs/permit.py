"""Wrongs of permits: who gives assistance, and has no right to. A whole small provider at a time."""

from datetime import date

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.plant import ASSISTANCE, Plant, shifts, weighed


def ass_22_renewal_forgotten(district: District) -> list[Truth]:
    """The permit ran out in the middle of the month, and no one saw to it."""
    until = district.day(district.random.randrange(8, 20))
    provider = _a_small_one(district)
    district.run("DELETE FROM permit WHERE provider_id = $provider AND permit_id LIKE '%b'", provider=provider)
    district.run("UPDATE permit SET valid_to = $until WHERE provider_id = $provider", provider=provider, until=until)
    return [_from(district, provider, until.replace(day=until.day + 1))]


def ass_22_after_the_notice(district: District) -> list[Truth]:
    """The permit was revoked, and the work went on after the two weeks that clients had to find another."""
    provider, revoked = _a_small_one(district), district.day(2)
    district.run("DELETE FROM permit WHERE provider_id = $provider AND permit_id LIKE '%b'", provider=provider)
    district.run(
        """UPDATE permit SET status = 'revoked', status_on = $revoked, valid_to = $revoked, clients_notified_on = $told
        WHERE provider_id = $provider""",
        provider=provider, revoked=revoked, told=district.day(3),
    )  # fmt: skip
    return [_from(district, provider, district.day(18))]


def ass_22_never_had_one(district: District) -> list[Truth]:
    """A company in a new dress, that never had a permit."""
    provider = _a_small_one(district)
    district.run("DELETE FROM permit WHERE provider_id = $provider", provider=provider)
    return [_from(district, provider, district.month)]


def _a_small_one(district: District) -> str:
    """The provider of assistance with the fewest clients, of which none has a wrong and none shares an assistant."""
    for (provider,) in district.rows(
        f"""SELECT provider FROM shift WHERE {ASSISTANCE} GROUP BY provider
        HAVING COUNT(same_visit) = 0 AND COUNT(DISTINCT client) BETWEEN 1 AND 8 ORDER BY COUNT(*), provider"""
    ):
        clients = [
            row[0] for row in district.rows("SELECT DISTINCT client FROM shift WHERE provider = $it", it=provider)
        ]
        workers = [
            row[0] for row in district.rows("SELECT DISTINCT worker FROM shift WHERE provider = $it", it=provider)
        ]
        units = [f"provider {provider}", *(f"client {one}" for one in clients), *(f"worker {one}" for one in workers)]
        if district.is_free(*units):
            district.take(*units)
            return str(provider)
    raise NothingFree


def _from(district: District, provider: str, first: date) -> Truth:
    rows = shifts(district, f"provider = $provider AND day >= $first AND {ASSISTANCE}", provider=provider, first=first)
    if not rows:
        raise NothingFree
    minutes, ore = sum(one.minutes for one in rows), weighed(sum(one.parts for one in rows), district.rate())
    units = (f"provider {provider}",)
    return Truth("assistance without a permit", units, provider, None, None, rows[0].day, rows[-1].day, minutes, ore)


IN_TIME = (
    Plant("honest", ass_22_renewal_forgotten, once=True),
    Plant("careless", ass_22_after_the_notice, once=True),
    Plant("organised", ass_22_never_had_one, once=True),
)
