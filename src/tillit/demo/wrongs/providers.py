"""Wrongs about providers, and in the town's own routines."""

from datetime import date, timedelta

from tillit.demo.providers import DAY_PRICE
from tillit.demo.town import Invoice, Town, Wrong
from tillit.demo.wrongs.assistance import priced


def ass_22_permit_ended(town: Town) -> None:
    """Assistance by a company whose permit was revoked, after the two weeks that the client had to find another."""
    provider, revoked, notified = town.providers["Kastanjen"], town.day(3, 20), town.day(4, 10)
    permit = next(row for row in town.rows["permit"] if row["provider_id"] == provider)
    permit["valid_to"] = revoked
    town.add("permit", **{**permit, "status": "revoked", "status_on": revoked, "clients_notified_on": notified})
    first = notified + timedelta(days=15)
    shifts = [one for one in town.shifts if one.provider == provider and one.day >= first]
    minutes = sum(one.minutes for one in shifts)
    what = "assistance more than two weeks after the client was told of the revoked permit"
    town.wrongs.append(Wrong("ASS-22", what, provider, None, None, first, town.last, minutes, priced(minutes)))


def boe_06_another_address(town: Town) -> None:
    """A young person who is moved to a house for which the company has no permit."""
    moved = town.day(3, 1)
    stay = next(row for row in town.rows["placement"] if row["placement_id"] == "P-1")
    town.add("placement", **{**stay, "placement_id": "P-1b", "start_date": moved, "unit_address": "Ekbacken 12"})
    stay["end_date"] = moved
    days = (town.last - moved).days + 1
    what = "a stay at an address without a permit"
    ore = days * DAY_PRICE["HVB"]
    town.wrongs.append(Wrong("BOE-06", what, stay["provider_id"], stay["client_id"], None, moved, town.last, 0, ore))


def lev_01_no_permit(town: Town) -> None:
    """A company that is paid for the relief of relatives in a month that its permit does not reach."""
    invoice = _last_invoice(town, "Lättnad")
    permit = next(row for row in town.rows["permit"] if row["provider_id"] == invoice.provider)
    permit["valid_to"] = invoice.period.first - timedelta(days=1)
    span, client = (invoice.period.first, invoice.period.last), invoice.lines[0].client
    what = "paid for relief of relatives after the permit's end"
    town.wrongs.append(Wrong("LEV-01", what, invoice.provider, client, None, *span, 0, invoice.net))


def lev_05_not_approved_for_f_tax(town: Town) -> None:
    """A supplier that was not approved for F-tax when it sent its last invoice."""
    provider, invoice = town.providers["Måltid"], _last_invoice(town, "Måltid")
    town.add("register_check", provider_id=provider, kind="f_tax", checked_on=town.day(4, 15), result="deviation")
    what = "not approved for F-tax when it sent an invoice"
    town.wrongs.append(Wrong("LEV-05", what, provider, None, None, invoice.issued, invoice.issued))


def _last_invoice(town: Town, key: str) -> Invoice:
    return max((one for one in town.invoices if one.provider.key == key), key=lambda one: one.issued)


def lev_13_back_again(town: Town) -> None:
    """One who sat on the board of a company when it went wrong there, now on the board of another."""
    provider, since = town.providers["Solsidan"], town.day(2, 1)
    who = next(
        row["person_id"]
        for row in town.rows["provider_role"]
        if row["provider_id"].key == "Stängd" and row["valid_to"] == date(2024, 3, 31)
    )
    town.add(
        "provider_role", provider_id=provider, person_id=who, role="board", valid_from=since, source="Bolagsverket",
        read_on=town.first,
    )  # fmt: skip
    what = "on the board of a company that was closed, and now of another"
    town.wrongs.append(Wrong("LEV-13", what, provider, None, None, since, None))


def lev_20_stale_check(town: Town) -> None:
    """A permit that was not looked up before the month's invoice, as it is before every other."""
    provider, month = town.providers["Rum"], town.months[2].first
    town.rows["register_check"] = [
        row
        for row in town.rows["register_check"]
        if (row["provider_id"], row["kind"], row["checked_on"]) != (provider, "ivo_permit", month)
    ]
    invoice = next(one for one in town.invoices if one.provider == provider and one.period == town.months[1])
    what = "a permit last looked up a month before the invoice"
    town.wrongs.append(Wrong("LEV-20", what, provider, None, None, invoice.issued, invoice.issued))


def lev_06_debt(town: Town) -> None:
    """A company with a tax debt at the last check."""
    provider = town.providers["Lunden"]
    check = max(
        (row for row in town.rows["register_check"] if (row["provider_id"], row["kind"]) == (provider, "tax_debt")),
        key=lambda row: row["checked_on"],
    )
    check.update(result="deviation", value_ore=2_500_000)
    day = check["checked_on"]
    town.wrongs.append(Wrong("LEV-06", "a tax debt of 25 000 kronor", provider, None, None, day, day))


def boe_03_two_places(town: Town) -> None:
    """A young person in family care who is in a home of the company too, for five nights."""
    stay = next(row for row in town.rows["placement"] if row["placement_id"] == "P-2")
    first, last = town.day(3, 2), town.day(3, 7)
    other = {**stay, "placement_id": "P-2b", "form": "hvb", "unit_address": "Tallvägen 3"}
    town.add("placement", **{**other, "start_date": first, "end_date": last})
    what = "two places the same five nights"
    town.wrongs.append(Wrong("BOE-03", what, stay["provider_id"], stay["client_id"], None, first, last))


def uph_06_above_the_ceiling(town: Town) -> None:
    """More is bought on a contract than its ceiling."""
    contract = next(row for row in town.rows["contract"] if row["provider_id"].key == "Data")
    contract["ceiling_ore"] = 3_000_000
    what = "more bought than the contract's ceiling"
    span = contract["valid_from"], town.last
    town.wrongs.append(Wrong("UPH-06", what, contract["provider_id"], None, None, *span))


def pro_02_no_evidence(town: Town) -> None:
    """A control with a result, and nothing that shows it."""
    done = next(row for row in town.rows["control_execution"] if row["execution_id"] == "KU-4")
    done["evidence"] = None
    day = done["finished_on"]
    town.wrongs.append(Wrong("PRO-02", "a control without evidence", None, None, None, day, day))


def pro_03_nobody(town: Town) -> None:
    """A control that is planned for the summer, and that nobody answers for."""
    first, due = town.last + timedelta(days=1), town.last + timedelta(days=75)
    town.add(
        "control_plan", plan_id="KP-10", control="LEV-01", object=town.providers["Solsidan"].number,
        period_from=first, period_to=due, due_on=due,
    )  # fmt: skip
    town.wrongs.append(Wrong("PRO-03", "a planned control without owner", None, None, None, first, due))


def for_03_two_boards(town: Town) -> None:
    """Two boards that give for the same thing."""
    other = next(row for row in town.rows["grant_payment"] if row["grant_id"] == "FN-12")
    same = {**other, "grant_id": "SN-44", "board": "Socialnämnden", "amount_ore": 3_000_000}
    grant = town.add("grant_payment", **same)
    # Together they are more than what the hall costs.
    above = other["amount_ore"] + grant["amount_ore"] - other["approved_cost_ore"]
    what = "two boards give for the same purpose and year, more than it costs"
    span = other["period_from"], other["period_to"]
    town.wrongs.append(Wrong("FOR-03", what, other["provider_id"], None, None, *span, 0, above))


def pro_01_not_done(town: Town) -> None:
    """A planned control that no one did."""
    town.rows["control_execution"] = [row for row in town.rows["control_execution"] if row["plan_id"] != "KP-3"]
    plan = next(row for row in town.rows["control_plan"] if row["plan_id"] == "KP-3")
    what = "a planned control was not done"
    town.wrongs.append(Wrong("PRO-01", what, None, None, None, plan["period_from"], plan["period_to"]))


def pro_13_too_few_at_random(town: Town) -> None:
    """Two controls drawn at random, of three that were planned."""
    town.rows["control_execution"] = [row for row in town.rows["control_execution"] if row["execution_id"] != "KU-93"]
    plan = next(row for row in town.rows["control_plan"] if row["plan_id"] == "KP-9")
    what = "two of three controls at random were done"
    town.wrongs.append(Wrong("PRO-13", what, None, None, None, plan["period_from"], plan["period_to"]))
