"""Patterns over a provider's whole month, each of which is a hint alone: by hand, declined, less than is granted."""

from datetime import date

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.plant import ATTENDED, VISIT, Plant


def hem_06_by_hand(district: District) -> list[Truth]:
    """Half of the visits are registered by hand."""
    provider = _a_provider(district)
    district.run(
        f"""UPDATE shift SET capture = 'manual', reason = 'Telefonen laddade inte', receipt_from = NULL,
          receipt_to = NULL
        WHERE provider = $it AND {VISIT} AND {ATTENDED} AND hash(id) % 2 = 0""",
        it=provider,
    )
    first = district.month.replace(month=(district.month.month - 1) // 3 * 3 + 1)
    last = date(first.year + (first.month + 3 > 12), (first.month + 2) % 12 + 1, 1).toordinal() - 1
    return [_hint(provider, "half of the visits by hand", first, date.fromordinal(last))]


def hem_10_many_declined(district: District) -> list[Truth]:
    """One visit in eight is said to be declined. In one district alone: two such would be as high as each other."""
    if district.number:
        raise NothingFree
    provider = _a_provider(district)
    district.run(
        f"""UPDATE shift SET kind = 'declined', status = 'declined', reason = 'Avböjt av brukaren', receipt_from = NULL,
          receipt_to = NULL
        WHERE provider = $it AND {VISIT} AND {ATTENDED} AND hash(id) % 8 = 0""",
        it=provider,
    )
    return [_hint(provider, "many visits declined", district.month, district.last)]


def hem_28_half_of_what_is_granted(district: District) -> list[Truth]:
    """The clients of a provider get half of what is granted them."""
    provider = _a_provider(district)
    district.run(
        "UPDATE decision SET granted_minutes = granted_minutes * 2 "
        "WHERE provider_id = $it AND service_area = 'home_care'",
        it=provider,
    )
    return [_hint(provider, "half of what is granted", district.month, district.last)]


def _a_provider(district: District) -> str:
    salt = district.random.randrange(1 << 30)
    for (provider,) in district.rows(
        f"""SELECT provider FROM shift WHERE {VISIT} AND provider NOT IN (
          SELECT provider_id FROM provider WHERE is_own_unit)
        GROUP BY provider HAVING COUNT(*) > 400 AND COUNT(DISTINCT client) >= 15 ORDER BY hash(provider, {salt})"""
    ):
        if district.is_free(f"edits {provider}", f"provider {provider}"):
            district.take(f"edits {provider}")
            return str(provider)
    raise NothingFree


def _hint(provider: str, what: str, first: date, last: date) -> Truth:
    return Truth(what, (f"provider {provider}",), provider, None, None, first, last)


IN_TIME = (
    Plant("careless", hem_06_by_hand, once=True),
    Plant("organised", hem_10_many_declined, once=True),
    Plant("careless", hem_28_half_of_what_is_granted, once=True),
)
