"""Wrongs in placements, and in what is done after an inquiry of support."""

from datetime import date

from tillit.demo.placement import add_inn, lodge
from tillit.demo.town import Line, Row, Town, Wrong

_DAY = date(2026, 5, 20)
"""The day of the run: what is not done is told until then."""


def boe_04_extra_staff(town: Town) -> None:
    """Three days of extra staff that the contract knows nothing of."""
    invoice = next(one for one in town.invoices if one.provider.key == "Rum" and one.period == town.months[1])
    first, last = town.day(2, 10), town.day(2, 12)
    line = Line(town.clients["B1"], "EXTRA", "Extra personal", "placement", first, last, "piece", 150_000, quantity=3)
    invoice.lines.append(line)
    what = "extra staff that the contract does not give"
    town.wrongs.append(Wrong("BOE-04", what, invoice.provider, line.client, None, first, last, 0, line.amount))


def boe_09_an_inn_without_contract(town: Town) -> None:
    """Someone who lives at an inn without a contract, for no reason that is noted."""
    inn = add_inn(town, "Rast", "Rastens Vandrarhem AB", "55999013", "")
    first, last = town.day(3, 2), town.day(3, 30)
    lodge(town, "T7", inn, "2", first, last)
    what = "a stay with a company without a contract"
    town.wrongs.append(Wrong("BOE-09", what, inn, town.clients["T7"], None, first, last))


def boe_11_no_contact_since_april(town: Town) -> None:
    """A young person whom nobody has been in contact with since the middle of April."""
    client, last = town.clients["B2"], date(2026, 4, 13)
    town.rows["follow_up"] = [
        row for row in town.rows["follow_up"] if row["client_id"] != client or row["done_on"] <= last
    ]
    what = "no contact for five weeks"
    provider = town.providers["Rum"]
    town.wrongs.append(Wrong("BOE-11", what, provider, client, None, last, _DAY))


def boe_12_moved_in_too_soon(town: Town) -> None:
    """Someone who has a room four nights before the one who lives there has left it."""
    stay, leaves = _stay(town, "P-T4"), _stay(town, "P-T3")["end_date"]
    stay["start_date"] = town.day(3, 5)
    what = "two households in one room for four nights"
    who = town.providers["Logi"], town.clients["T3"], None
    town.wrongs.append(Wrong("BOE-12", what, *who, town.day(3, 5), leaves))


def boe_14_support_at_home_too(town: Town) -> None:
    """One who is placed, and has support at home from another unit for a month."""
    client, first, last = town.clients["B1"], town.months[2].first, town.months[2].last
    town.add(
        "decision", decision_id="BOST-1", client_id=client, service_area="housing_support",
        legal_basis="11 kap. 1 § SoL", payer="municipality", granted_minutes=600, per="week", valid_from=first,
        valid_to=last, unit="Boendestöd Norr",
    )  # fmt: skip
    what = "support at home for one who is placed"
    town.wrongs.append(Wrong("BOE-14", what, None, client, None, first, last))


def ekb_03_nobody_has_judged_it(town: Town) -> None:
    """A suspicion that is neither reported nor judged by a lawyer."""
    row = _inquiry(town, "UT-4")
    row["not_reported_on"] = None
    what = "a suspicion that is not reported"
    town.wrongs.append(Wrong("EKB-03", what, None, None, None, row["closed_on"], _DAY))


def ekb_04_recovery_forgotten(town: Town) -> None:
    """A fault that is established, and nobody has thought of recovery."""
    row = _inquiry(town, "UT-2")
    row["recovery_decided_on"] = None
    what = "recovery that is not considered"
    town.wrongs.append(Wrong("EKB-04", what, None, None, None, row["established_on"], _DAY))


def _stay(town: Town, number: str) -> Row:
    return next(row for row in town.rows["placement"] if row["placement_id"] == number)


def _inquiry(town: Town, number: str) -> Row:
    return next(row for row in town.rows["support_inquiry"] if row["inquiry_id"] == number)
