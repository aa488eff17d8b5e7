"""Wrongs about suppliers and what is bought of them: registers, debts, who leads them, permits, ceilings, grants."""

from datetime import date, timedelta

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.invoice import pick_bill
from tillit.demo.drawn.wrongs.plant import Plant


def lev_01_no_permit_for_home_care(district: District) -> list[Truth]:
    """A company that is paid for home care in a month that its permit does not reach."""
    for provider, ore in district.rows(
        """SELECT provider_id, SUM(amount_ore) FROM invoice_line JOIN provider USING (provider_id)
        WHERE invoice_line.service_area = 'home_care' AND NOT is_own_unit
        GROUP BY provider_id ORDER BY SUM(amount_ore)"""
    ):
        clients = district.rows("SELECT DISTINCT client_id FROM invoice_line WHERE provider_id = $it", it=provider)
        units = (f"provider {provider}", *(f"client {row[0]}" for row in clients))
        if district.is_free(*units):
            district.take(*units)
            district.run("DELETE FROM permit WHERE provider_id = $it", it=provider)
            return [
                Truth(
                    "home care without a permit",
                    (f"provider {provider}",),
                    provider,
                    None,
                    None,
                    district.month,
                    district.last,
                    0,
                    int(ore),
                )
            ]
    raise NothingFree


def lev_05_not_approved_for_f_tax(district: District) -> list[Truth]:
    """A supplier that was not approved for F-tax when it sent its invoices."""
    bill = pick_bill(district)
    day = district.month
    district.run(
        "UPDATE register_check SET result = 'deviation' "
        "WHERE provider_id = $it AND kind = 'f_tax' AND checked_on = $day",
        it=bill.provider, day=day,
    )  # fmt: skip
    first, last = district.rows(
        "SELECT MIN(issued_on), MAX(issued_on) FROM invoice WHERE provider_id = $it AND issued_on <= $last",
        it=bill.provider, last=district.last,
    )[0]  # fmt: skip
    return [Truth("not approved for F-tax", _taken(district, bill.provider), bill.provider, None, None, first, last)]


def lev_06_debt(district: District) -> list[Truth]:
    """A supplier with a tax debt at the last check."""
    bill = pick_bill(district)
    day = district.after
    district.run(
        "UPDATE register_check SET result = 'deviation', value_ore = 2500000 "
        "WHERE provider_id = $it AND kind = 'tax_debt' AND checked_on = $day", it=bill.provider, day=day,
    )  # fmt: skip
    return [Truth("a tax debt", _taken(district, bill.provider), bill.provider, None, None, day, day)]


def lev_13_back_again(district: District) -> list[Truth]:
    """The phoenix: who led a company when it went wrong there leads another."""
    bill = pick_bill(district)
    since = date(2024, 9, 1)
    who = district.rows(
        "SELECT person_id FROM provider_role JOIN exclusion USING (provider_id) "
        "WHERE provider_role.valid_to > misconduct_from"
    )[0][0]
    district.add("provider_role", provider_id=bill.provider, person_id=who, role="board", valid_from=since)
    return [
        Truth("led a company that was closed", _taken(district, bill.provider), bill.provider, None, None, since, None)
    ]


def lev_20_stale_check(district: District) -> list[Truth]:
    """A register that was not looked up when the month began, as it is for every other supplier."""
    bill = pick_bill(district)
    early = district.month - timedelta(days=40)
    district.run(
        "UPDATE register_check SET checked_on = $early "
        "WHERE provider_id = $it AND kind = 'employer' AND checked_on = $month",
        it=bill.provider, early=early, month=district.month,
    )  # fmt: skip
    first, last = district.rows(
        "SELECT MIN(issued_on), MAX(issued_on) FROM invoice "
        "WHERE provider_id = $it AND gross_ore > 0 AND issued_on <= $last",
        it=bill.provider, last=district.last,
    )[0]  # fmt: skip
    return [
        Truth(
            "a register last looked up long ago",
            _taken(district, bill.provider),
            bill.provider,
            None,
            None,
            first,
            last,
        )
    ]


def uph_06_above_the_ceiling(district: District) -> list[Truth]:
    """More is bought on a contract than its ceiling."""
    bill = pick_bill(district)
    total, contract, last = district.rows(
        "SELECT SUM(amount_ore), ANY_VALUE(contract_id), MAX(service_to) FROM invoice_line WHERE provider_id = $it",
        it=bill.provider,
    )[0]
    ceiling = int(total) * 7 // 10
    district.run("UPDATE contract SET ceiling_ore = $ceiling WHERE contract_id = $it", ceiling=ceiling, it=contract)
    units = (*_taken(district, bill.provider), f"contract {contract}")
    return [Truth("more bought than the ceiling", units, bill.provider, None, None, date(2024, 1, 1), last)]


def for_03_two_boards(district: District) -> list[Truth]:
    """Doubled grants: two boards give for the same purpose and year, and together more than it costs."""
    for grant, board, provider, purpose, first, last, ore, cost in district.rows(
        """SELECT grant_id, board, provider_id, purpose, period_from, period_to, amount_ore, approved_cost_ore
        FROM grant_payment ORDER BY grant_id"""
    ):
        if district.is_free(f"provider {provider}"):
            district.add(
                "grant_payment", grant_id=f"{grant}-2", board=f"{board} II", provider_id=provider, purpose=purpose,
                period_from=first, period_to=last, amount_ore=ore, approved_cost_ore=cost, paid_on=first,
            )  # fmt: skip
            units = district.take(f"provider {provider}", f"grant {grant}")
            return [Truth("two boards for one purpose", units, provider, None, None, first, last, 0, 2 * ore - cost)]
    raise NothingFree


def nat_01_one_who_leads_two(district: District) -> list[Truth]:
    """The same person leads two suppliers: a hint, and most often nothing more."""
    one, other = pick_bill(district), pick_bill(district)
    if one.provider == other.provider:
        raise NothingFree
    since, who = date(2022, 1, 1), district.random.getrandbits(62)
    for provider in (one.provider, other.provider):
        district.add("provider_role", provider_id=provider, person_id=who, role="ceo", valid_from=since)
    units = (*_taken(district, one.provider), *_taken(district, other.provider))
    return [Truth("one person leads two suppliers", units, min(one.provider, other.provider), None, None, since, None)]


def _taken(district: District, provider: str) -> tuple[str, ...]:
    return district.take(f"supplier {provider}", f"provider {provider}")


IN_DOCUMENTS = (
    Plant("careless", lev_01_no_permit_for_home_care, once=True),
    Plant("careless", lev_05_not_approved_for_f_tax),
    Plant("honest", lev_06_debt),
    Plant("organised", lev_13_back_again, once=True),
    Plant("careless", lev_20_stale_check),
    Plant("careless", uph_06_above_the_ceiling),
    Plant("organised", for_03_two_boards),
    Plant("organised", nat_01_one_who_leads_two),
)
