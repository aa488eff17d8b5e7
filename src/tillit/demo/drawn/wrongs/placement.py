"""Wrongs in placements: days that were not lived there, two homes at once, a home without the permit."""

from datetime import date, timedelta
from typing import NamedTuple

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.plant import Plant


class Stay(NamedTuple):
    """A placement with the line that bills it."""

    id: str
    client: int
    provider: str
    start: date
    end: date | None
    invoice: str
    line: str
    first: date
    last: date
    price: int

    @property
    def units(self) -> tuple[str, ...]:
        """The client and the placement."""
        return (f"client {self.client}", f"placement {self.id}")


def pick_stay(district: District, where: str = "TRUE") -> Stay:
    """A stay at random, of one who lives in one home and is free. Raises: NothingFree."""
    salt = district.random.randrange(1 << 30)
    for row in district.rows(
        f"""SELECT placement_id, placement.client_id, placement.provider_id, start_date, end_date, invoice_id,
          line_number, service_from, service_to, unit_price_ore
        FROM placement JOIN invoice_line USING (client_id, provider_id)
        WHERE {where} AND client_id IN (SELECT client_id FROM placement GROUP BY client_id HAVING COUNT(*) = 1)
        ORDER BY hash(placement_id, {salt})"""
    ):
        stay = Stay(*row)
        if district.is_free(f"client {stay.client}"):
            district.take(f"client {stay.client}", f"placement {stay.id}", f"invoice {stay.invoice} {stay.line}")
            return stay
    raise NothingFree


def boe_01_day_of_departure(district: District) -> list[Truth]:
    """The day of departure was counted, which the contract does not pay."""
    return _days_more(district, 1)


def boe_01_a_week_more(district: District) -> list[Truth]:
    """A week is billed beyond what was lived there."""
    return _days_more(district, 7)


def _days_more(district: District, days: int) -> list[Truth]:
    stay = pick_stay(district)
    district.run(
        "UPDATE invoice_line SET quantity = quantity + $days, amount_ore = amount_ore + $days * unit_price_ore "
        "WHERE invoice_id = $invoice AND line_number = $line",
        days=days, invoice=stay.invoice, line=stay.line,
    )  # fmt: skip
    ore = days * stay.price
    return [Truth(f"{days} days too many", stay.units, stay.provider, stay.client, None, stay.first, stay.last, 0, ore)]


def boe_02_after_leaving(district: District) -> list[Truth]:
    """The month is billed though the stay had ended when it began."""
    stay = pick_stay(district, "start_date < DATE '2025-02-01' AND end_date IS NULL")
    left = district.month - timedelta(days=2)
    district.run("UPDATE placement SET end_date = $left WHERE placement_id = $id", left=left, id=stay.id)
    ore = ((stay.last - stay.first).days + 1) * stay.price
    return [Truth("billed after leaving", stay.units, stay.provider, stay.client, None, stay.first, stay.last, 0, ore)]


def boe_03_two_homes(district: District) -> list[Truth]:
    """One who is placed stands in the register of another home too, for a week."""
    stay = pick_stay(district, "start_date < DATE '2025-02-01' AND end_date IS NULL")
    first, last = district.day(10), district.day(17)
    other = district.rows(
        "SELECT provider_id, contract_id, unit_address FROM placement WHERE provider_id <> $it AND form = 'hvb' "
        "ORDER BY placement_id LIMIT 1",
        it=stay.provider,
    )  # fmt: skip
    if not other:
        raise NothingFree
    provider, contract, address = other[0]
    district.add(
        "placement", placement_id=f"{stay.id}z", client_id=stay.client, provider_id=provider, contract_id=contract,
        unit_address=address, form="hvb", start_date=first, end_date=last, client_age=16,
    )  # fmt: skip
    return [Truth("two homes at once", stay.units, None, stay.client, None, first, last)]


def boe_06_another_address(district: District) -> list[Truth]:
    """The company has moved one who is placed to a house for which it has no permit."""
    return _without_permit(district, "unit_address = 'Ekbacken 99'")


def boe_06_too_young(district: District) -> list[Truth]:
    """One who is younger than those the home may take."""
    return _without_permit(district, "client_age = 9")


def _without_permit(district: District, change: str) -> list[Truth]:
    stay = pick_stay(district, "start_date >= DATE '2025-02-01'")
    district.run(f"UPDATE placement SET {change} WHERE placement_id = $id", id=stay.id)
    ore = ((stay.last - stay.first).days + 1) * stay.price
    return [Truth("no permit for this", stay.units, stay.provider, stay.client, None, stay.first, stay.last, 0, ore)]


IN_DOCUMENTS = (
    Plant("honest", boe_01_day_of_departure),
    Plant("careless", boe_01_a_week_more),
    Plant("careless", boe_02_after_leaving),
    Plant("careless", boe_03_two_homes),
    Plant("organised", boe_06_another_address),
    Plant("careless", boe_06_too_young),
)
