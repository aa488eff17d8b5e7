"""Wrongs in economic support: the same cost from two units, a suspicion not reported, recovery not considered."""

from datetime import date

from tillit.demo.drawn.district import District, NothingFree, Truth
from tillit.demo.drawn.wrongs.plant import Plant


def ekb_06_rent_from_two_units(district: District) -> list[Truth]:
    """Two units pay the whole rent of one household in one month."""
    return _twice(district, 100)


def ekb_06_half_the_rent_again(district: District) -> list[Truth]:
    """A new unit pays half of a rent that the old one has paid."""
    return _twice(district, 50)


def _twice(district: District, percent: int) -> list[Truth]:
    salt = district.random.randrange(1 << 30)
    for client, other, rent in district.rows(
        f"SELECT client, other_unit, rent FROM supported WHERE NOT sent_back ORDER BY hash(client, {salt})"
    ):
        if district.is_free(f"client {client}"):
            units, ore = district.take(f"client {client}"), int(rent) * percent // 100
            district.add(
                "support_payment", support_id=f"E-{client}", unit=other, client_id=client, cost_type="rent",
                month=district.month, amount_ore=ore, paid_on=district.day(25), status="paid",
            )  # fmt: skip
            what = "the rent from two units"
            return [Truth(what, units, None, client, None, district.month, district.last, 0, ore)]
    raise NothingFree


def ekb_03_not_reported(district: District) -> list[Truth]:
    """A suspicion lies in a closed inquiry, and nobody has reported it or said why not."""
    id, day, units = _inquiry(district, "outcome = 'suspicion' AND reported_on IS NOT NULL", "closed_on")
    district.run("UPDATE support_inquiry SET reported_on = NULL WHERE inquiry_id = $id", id=id)
    return [Truth("a suspicion not reported", units, None, None, None, day, district.today)]


def ekb_04_not_considered(district: District) -> list[Truth]:
    """What was paid in error is known, and nobody has considered to ask for it back."""
    id, day, units = _inquiry(district, "outcome = 'error'", "established_on")
    district.run("UPDATE support_inquiry SET recovery_decided_on = NULL WHERE inquiry_id = $id", id=id)
    return [Truth("recovery not considered", units, None, None, None, day, district.today)]


def _inquiry(district: District, where: str, day: str) -> tuple[str, date, tuple[str, ...]]:
    for id, since in district.rows(f"SELECT inquiry_id, {day} FROM support_inquiry WHERE {where} ORDER BY inquiry_id"):
        if district.is_free(f"inquiry {id}") and (district.today - since).days > 60:
            return id, since, district.take(f"inquiry {id}")
    raise NothingFree


IN_DOCUMENTS = (
    Plant("careless", ekb_03_not_reported),
    Plant("careless", ekb_04_not_considered),
    Plant("organised", ekb_06_rent_from_two_units),
    Plant("honest", ekb_06_half_the_rent_again),
)
