"""Wrongs in who leads suppliers and what they declare: a permit that wakes, new leaders, little pay, two services."""

from datetime import date, timedelta

from tillit.demo.drawn.buying import SERVING
from tillit.demo.drawn.district import District, NothingFree, Truth, organisation
from tillit.demo.drawn.wrongs.invoice import Bill, pick_bill
from tillit.demo.drawn.wrongs.plant import Plant

_APPLICANT, _ENDED = 193, 194


def lev_03_wakes_again(district: District) -> list[Truth]:
    """A company that lay still for seven months is bought, and sends invoices again."""
    bill = pick_bill(district)
    first = district.rows(
        "SELECT MIN(issued_on) FROM invoice WHERE provider_id = $it AND gross_ore > 0", it=bill.provider
    )[0][0]
    idle = district.month - timedelta(days=215)
    _permit(district, bill, since=date(2019, 1, 1), status="dormant", status_on=idle)
    _lead(district, bill.provider, district.month - timedelta(days=30))
    return [Truth("a permit wakes with new leaders", _taken(district, bill), bill.provider, None, None, idle, first)]


def lev_04_half_are_new(district: District) -> list[Truth]:
    """Two of four leaders are new within a month."""
    bill = pick_bill(district)
    days = (district.month - timedelta(days=20), district.month + timedelta(days=8))
    _permit(district, bill, since=date(2019, 1, 1), status="granted", status_on=date(2019, 1, 1))
    for day in days:
        _lead(district, bill.provider, day)
    return [Truth("half of the leaders are new", _taken(district, bill), bill.provider, None, None, *days)]


def lev_07_hardly_any_pay(district: District) -> list[Truth]:
    """A tenth of what the time costs is declared as pay, two months in a row."""
    for (provider,) in district.rows(
        """SELECT provider_id FROM payroll_total WHERE provider_id NOT IN (
          SELECT provider_id FROM provider WHERE is_own_unit) GROUP BY provider_id ORDER BY MAX(declared_ore)"""
    ):
        if district.is_free(f"provider {provider}"):
            district.run(
                "UPDATE payroll_total SET declared_ore = declared_ore // 10 WHERE provider_id = $it", it=provider
            )
            units = district.take(f"provider {provider}")
            return [Truth("hardly any pay", units, provider, None, None, district.month, district.last)]
    raise NothingFree


def lev_14_not_supervised(district: District) -> list[Truth]:
    """Nobody has been to look at a place that serves for more than a year."""
    number, permit = _serving(district)
    seen = district.today - timedelta(days=500)
    district.run("UPDATE serving_permit SET supervised_on = $seen WHERE permit_id = $it", seen=seen, it=permit)
    units = district.take(f"permit {permit}", f"provider {number}")
    return [Truth("not supervised for long", units, number, None, None, seen, district.today)]


def lev_14_new_owner(district: District) -> list[Truth]:
    """A place that serves has a new owner, and the board was not told."""
    number, permit = _serving(district)
    since = district.month - timedelta(days=40)
    district.add(
        "provider_role", provider_id=number, person_id=district.random.getrandbits(62), role="owner", valid_from=since
    )
    units = district.take(f"permit {permit}", f"provider {number}")
    return [Truth("a new owner not told of", units, number, None, None, since, district.today)]


def _serving(district: District) -> tuple[str, str]:
    for number, permit in district.rows("SELECT provider_id, permit_id FROM serving_permit ORDER BY permit_id"):
        if district.is_free(f"permit {permit}") and number > organisation(district.number, SERVING + 1):
            return number, permit
    raise NothingFree


def lev_16_two_services(district: District) -> list[Truth]:
    """A supplier bills two services, each looked at by itself."""
    bill = pick_bill(district)
    others = "SELECT COUNT(*) FROM invoice_line WHERE provider_id = $it AND invoice_id <> $id"
    if district.rows(others, it=bill.provider, id=bill.id) == [(0,)]:
        raise NothingFree
    district.run(
        "UPDATE invoice_line SET service_area = CASE WHEN invoice_id = $id THEN 'respite' ELSE 'housing_support' END "
        "WHERE provider_id = $it",
        it=bill.provider, id=bill.id,
    )  # fmt: skip
    bills = district.rows("SELECT DISTINCT invoice_id FROM invoice_line WHERE provider_id = $it", it=bill.provider)
    units = (*_taken(district, bill), *district.take(*(f"invoice {row[0]}" for row in bills)))
    since = district.today - timedelta(days=365)
    return [Truth("two services, never looked at together", units, bill.provider, None, None, since, district.today)]


def uph_12_led_by_one_who_ended(district: District) -> list[Truth]:
    """A new company asks to give home care; its head led one that was closed for its flaws."""
    applicant, ended = organisation(district.number, _APPLICANT), organisation(district.number, _ENDED)
    if not district.is_free(f"provider {applicant}"):
        raise NothingFree
    who, received = district.random.getrandbits(62), district.day(9)
    district.add(
        "exclusion", provider_id=ended, name="Nedlagd omsorg AB", basis="contract_terminated",
        valid_from=date(2024, 9, 1), misconduct_from=date(2023, 6, 1), misconduct_to=date(2024, 8, 31),
        source="kommunen",
    )  # fmt: skip
    for provider, since in ((ended, date(2022, 1, 1)), (applicant, date(2024, 10, 1))):
        district.add("provider_role", provider_id=provider, person_id=who, role="ceo", valid_from=since)
    id = f"AN{district.number}-{_APPLICANT}"
    district.add("lov_application", application_id=id, provider_id=applicant, system="Hemtjänst", received_on=received)
    units = district.take(f"provider {applicant}", f"application {id}", f"provider {ended}")
    return [Truth("led by one who led a closed company", units, applicant, None, None, received, district.today)]


def _permit(district: District, bill: Bill, *, since: date, status: str, status_on: date) -> None:
    district.add(
        "permit", permit_id=f"Z-{bill.id}", provider_id=bill.provider, authority="ivo", service_type="respite",
        valid_from=since, status=status, status_on=status_on,
    )  # fmt: skip


def _lead(district: District, provider: str, since: date) -> None:
    person = district.random.getrandbits(62)
    district.add("provider_role", provider_id=provider, person_id=person, role="board", valid_from=since)


def _taken(district: District, bill: Bill) -> tuple[str, ...]:
    return district.take(f"supplier {bill.provider}", f"provider {bill.provider}")


IN_DOCUMENTS = (
    Plant("organised", lev_03_wakes_again),
    Plant("organised", lev_04_half_are_new),
    Plant("organised", lev_07_hardly_any_pay),
    Plant("careless", lev_14_not_supervised),
    Plant("organised", lev_14_new_owner),
    Plant("careless", lev_16_two_services),
    Plant("organised", uph_12_led_by_one_who_ended, once=True),
)
