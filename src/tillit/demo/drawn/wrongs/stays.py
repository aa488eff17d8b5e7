"""Wrongs in placements beside the days: add-ons, no contract, no follow-up, two in a room, two units at once."""

from datetime import timedelta

from tillit.demo.drawn.district import District, NothingFree, Truth, organisation
from tillit.demo.drawn.wrongs.placement import pick_stay
from tillit.demo.drawn.wrongs.plant import Plant

_WITHOUT = 180


def boe_04_extra_staff(district: District) -> list[Truth]:
    """Extra staff is billed, which the contract has no price for."""
    stay, ore = pick_stay(district), 900_000
    district.run(
        """INSERT INTO invoice_line BY NAME
        SELECT * REPLACE ($new AS line_number, 'EXTRA' AS item_code, 'piece' AS unit, 1 AS quantity,
          CAST($ore AS BIGINT) AS unit_price_ore, CAST($ore AS BIGINT) AS amount_ore)
        FROM invoice_line WHERE invoice_id = $id AND line_number = $line""",
        new=f"X{stay.line}", ore=ore, id=stay.invoice, line=stay.line,
    )  # fmt: skip
    return [Truth("an add-on", stay.units, stay.provider, stay.client, None, stay.first, stay.last, 0, ore)]


def boe_09_no_contract(district: District) -> list[Truth]:
    """A placement in haste with a company that the town has no contract with, and no reason is written down."""
    number, client = organisation(district.number, _WITHOUT), district.random.getrandbits(62)
    id, start = f"PU-{client}", district.day(3 + district.random.randrange(20))
    district.run("INSERT INTO client (client_id, protected_identity) VALUES ($it, FALSE)", it=client)
    district.add(
        "placement", placement_id=id, client_id=client, provider_id=number, form="supported_housing", start_date=start,
        end_date=district.last, client_age=17,
    )  # fmt: skip
    units = district.take(f"client {client}", f"placement {id}")
    return [Truth("a placement without a contract", units, number, client, None, start, district.last)]


def boe_11_no_contact(district: District) -> list[Truth]:
    """Nobody has spoken with one who is placed since the review."""
    stay = pick_stay(district, "start_date < DATE '2025-02-01' AND end_date IS NULL")
    district.run("DELETE FROM follow_up WHERE client_id = $it AND kind <> 'review'", it=stay.client)
    since = district.today - timedelta(days=100)
    return [Truth("no contact for long", stay.units, stay.provider, stay.client, None, since, district.today)]


def boe_12_two_in_a_room(district: District) -> list[Truth]:
    """Two who do not know each other are billed for one room the same nights."""
    for room, first, second in district.rows(
        """SELECT room, MIN(client) FILTER (WHERE turn = 0), MIN(client) FILTER (WHERE turn = 2) FROM housed
        GROUP BY room HAVING COUNT(*) = 3 ORDER BY room"""
    ):
        third = district.rows("SELECT client FROM housed WHERE room = $it AND turn = 1", it=room)[0][0]
        units = tuple(f"client {one}" for one in (first, second, third))
        if not district.is_free(*units):
            continue
        taken = district.take(*units, *(f"placement PR-{one}" for one in (first, second, third)))
        district.run("DELETE FROM placement WHERE placement_id = $id", id=f"PR-{third}")
        start, last = district.day(11), district.month + timedelta(days=14)
        district.run(
            "UPDATE placement SET start_date = $start WHERE placement_id = $id", start=start, id=f"PR-{second}"
        )
        return [Truth("two in a room", taken, None, None, None, start, last)]
    raise NothingFree


def boe_14_home_care_too(district: District) -> list[Truth]:
    """One who is placed still has respite at home from another unit, for a month and more."""
    stay = pick_stay(district, "start_date < DATE '2025-02-01' AND end_date IS NULL")
    first, last = district.month - timedelta(days=12), district.last
    known = district.rows(
        "SELECT COUNT(*) FROM decision WHERE client_id = $it AND service_area <> 'placement'", it=stay.client
    )
    if known != [(0,)]:
        raise NothingFree
    district.add(
        "decision", decision_id=f"B-{stay.client}-a", client_id=stay.client, service_area="respite",
        legal_basis="9 § LSS", payer="municipality", unit="Funktionsstöd", provider_id=stay.provider, per="month",
        granted_minutes=600,
        valid_from=first, valid_to=last,
    )  # fmt: skip
    return [Truth("placed, and respite at home", stay.units, stay.provider, stay.client, None, first, last)]


IN_DOCUMENTS = (
    Plant("honest", boe_04_extra_staff),
    Plant("careless", boe_09_no_contract),
    Plant("careless", boe_11_no_contact),
    Plant("organised", boe_12_two_in_a_room),
    Plant("careless", boe_14_home_care_too),
)
