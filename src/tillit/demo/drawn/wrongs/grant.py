"""Wrongs in grants to associations: who may have them, who leads two, what was shown for them and what was tested."""

from datetime import date, timedelta

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.plant import Plant


def pick_association(district: District, where: str = "TRUE") -> tuple[str, tuple[str, ...]]:
    """An association at random that is free, and it with its grants as units. Raises: NothingFree."""
    salt = district.random.randrange(1 << 30)
    for (provider,) in district.rows(
        f"""SELECT DISTINCT provider_id FROM grant_payment WHERE {where} AND board NOT LIKE '% II'
        ORDER BY hash(provider_id, {salt}), provider_id"""
    ):
        if district.is_free(f"provider {provider}"):
            grants = district.rows("SELECT grant_id FROM grant_payment WHERE provider_id = $it", it=provider)
            units = (f"provider {provider}", *(f"grant {row[0]}" for row in grants))
            return str(provider), district.take(*units)
    raise NothingFree


def _application(district: District) -> tuple[str, str, date, date, tuple[str, ...]]:
    provider, units = pick_association(district)
    id, applied, decided = district.rows(
        """SELECT application_id, applied_on, decided_on FROM grant_application
        WHERE provider_id = $it AND NOT account_proxy ORDER BY applied_on DESC, application_id LIMIT 1""",
        it=provider,
    )[0]
    return provider, id, applied, decided, (*units, *district.take(f"application {id}"))


def for_01_a_year_old(district: District) -> list[Truth]:
    """An association that was registered a year before its first application; its grants of both years."""
    provider, units = pick_association(district, "provider_id IN (SELECT provider_id FROM grant_payment)")
    applied = district.rows(
        "SELECT application_id, applied_on FROM grant_application WHERE provider_id = $it ORDER BY applied_on",
        it=provider,
    )
    district.run(
        "UPDATE provider SET registered_on = $day WHERE provider_id = $it",
        day=applied[0][1] - timedelta(days=360), it=provider,
    )  # fmt: skip
    truths = []
    for id, day in applied:
        if (day - applied[0][1]).days < 370:
            unit = district.take(f"application {id}")
            truths.append(Truth("registered too late", (*units, *unit), provider, None, None, day, day))
    return truths


def for_02_the_account_of_another(district: District) -> list[Truth]:
    """The grant was asked for to the account of a supplier, and no proxy was shown."""
    provider, id, applied, _, units = _application(district)
    other = district.rows(
        "SELECT MIN(account) FROM bank_account JOIN contract ON contract.provider_id = holder_id "
        "WHERE bank_account.valid_from <= DATE '2020-01-01' AND bank_account.valid_to IS NULL"
    )
    district.run("UPDATE grant_application SET account = $it WHERE application_id = $id", it=other[0][0], id=id)
    return [Truth("the account of another", units, provider, None, None, applied, applied)]


def for_10_the_same_two(district: District) -> list[Truth]:
    """Two associations are led by the same two."""
    (one, mine), (other, theirs) = pick_association(district), pick_association(district)
    since = date(2023, 4, 1)
    for person in (district.random.getrandbits(62), district.random.getrandbits(62)):
        for provider in (one, other):
            district.add("provider_role", provider_id=provider, person_id=person, role="board", valid_from=since)
    return [Truth("two led by the same two", (*mine, *theirs), min(one, other), None, None, since, None)]


def for_12_never_accounted_for(district: District) -> list[Truth]:
    """Last year's grant was never accounted for."""
    provider, units = pick_association(district)
    grant, first, last = district.rows(
        """SELECT grant_id, period_from, period_to FROM grant_payment
        WHERE provider_id = $it AND report_approved_on IS NOT NULL ORDER BY grant_id LIMIT 1""",
        it=provider,
    )[0]
    district.run("UPDATE grant_payment SET report_approved_on = NULL WHERE grant_id = $it", it=grant)
    return [Truth("a grant never accounted for", units, provider, None, None, first, last)]


def for_14_the_same_receipt(district: District) -> list[Truth]:
    """A receipt is shown whole for two grants."""
    provider, units = pick_association(district)
    (seller, number, day, ore), = district.rows(
        """SELECT seller_id, number, dated_on, amount_ore FROM grant_receipt
        WHERE provider_id = $it AND claimed_ore IS NULL ORDER BY receipt_id LIMIT 1""",
        it=provider,
    )  # fmt: skip
    board, grant = district.rows(
        "SELECT board, grant_id FROM grant_payment WHERE provider_id = $it ORDER BY grant_id DESC LIMIT 1", it=provider
    )[0]
    district.add(
        "grant_receipt", receipt_id=f"KV-{grant}-igen", board=board, grant_id=grant, provider_id=provider,
        seller_id=seller, number=f"{number} ", dated_on=day, amount_ore=ore,
    )  # fmt: skip
    return [Truth("one receipt for two grants", units, provider, None, None, day, day, 0, ore)]


def for_17_not_tested(district: District) -> list[Truth]:
    """A grant was decided, and nobody had tested the conditions."""
    provider, id, _, decided, units = _application(district)
    district.run("UPDATE grant_application SET conditions_tested_on = NULL WHERE application_id = $id", id=id)
    return [Truth("granted and not tested", units, provider, None, None, decided, decided)]


IN_DOCUMENTS = (
    Plant("honest", for_01_a_year_old),
    Plant("organised", for_02_the_account_of_another),
    Plant("organised", for_10_the_same_two),
    Plant("careless", for_12_never_accounted_for),
    Plant("organised", for_14_the_same_receipt),
    Plant("careless", for_17_not_tested),
)
