"""Wrongs in invoices of what the town buys, how they are approved, and how it awards."""

from dataclasses import replace
from datetime import date, timedelta

from tillit.demo.billing import HOUR_PRICE_COMPANION
from tillit.demo.buying import award, company
from tillit.demo.providers import HOUR_PRICE_RELIEF
from tillit.demo.town import Invoice, Line, Provider, Town, Wrong
from tillit.demo.wrongs.assistance import priced


def fak_02_almost_the_same(town: Town) -> None:
    """An invoice that comes again five days later, with another number."""
    first = _invoice(town, "Papper", 3)
    again = replace(first, number="2026193", issued=first.issued + timedelta(days=5))
    town.invoices.append(again)
    what, span = "the same amount five days later", (first.issued, again.issued)
    town.wrongs.append(Wrong("FAK-02", what, first.provider, None, None, *span, 0, first.gross))


def fak_05_without_a_decision(town: Town) -> None:
    """Relief for one who has no decision on it."""
    invoice, who = _invoice(town, "Lättnad", 3), town.clients["K10"]
    span = (invoice.period.first, invoice.period.last)
    line = Line(who, "AVL", "Avlösarservice", "respite", *span, "hour", HOUR_PRICE_RELIEF, minutes=600)
    invoice.lines.append(line)
    what = "relief without a decision"
    town.wrongs.append(Wrong("FAK-05", what, invoice.provider, who, None, *span, 0, line.amount))


def fak_07_more_walks_than_were_walked(town: Town) -> None:
    """An hour more of companion service than was reported."""
    invoice, who = _invoice(town, "Sällskap", 4), town.clients["L1"]
    line = next(one for one in invoice.lines if one.client == who)
    line.minutes += 60
    what, ore = "an hour more than reported", priced(60, HOUR_PRICE_COMPANION)
    town.wrongs.append(Wrong("FAK-07", what, invoice.provider, who, None, line.first, line.last, 60, ore))


def fak_13_on_the_list(town: Town) -> None:
    """An invoice for a catalogue, from a company that is warned of."""
    sender = company(town, "Katalog", "Företagskatalogen i Norr AB", "55999026", 26)
    since = date(2025, 1, 1)
    town.add("warning_list", entry_id="VL-9", provider_id=sender, list_name="Svensk Handel", valid_from=since)
    invoice = _buy(town, sender, "K-7781", town.day(2, 9), 490_000)
    span = (invoice.issued, invoice.issued)
    town.wrongs.append(Wrong("FAK-13", "a company that is warned of", sender, None, None, *span, 0, invoice.gross))


def fak_14_just_below_the_limit(town: Town) -> None:
    """Two invoices within a week, each just below what one may approve alone."""
    provider = town.providers["Städ"]
    one = _buy(town, provider, "00301", town.day(3, 12), 3_600_000)
    other = _buy(town, provider, "00302", town.day(3, 18), 3_700_000)
    what = "two invoices just below the limit"
    town.wrongs.append(Wrong("FAK-14", what, provider, None, None, one.issued, other.issued))


def fak_15_one_did_it_all(town: Town) -> None:
    """One person received and approved."""
    invoice = _invoice(town, "Papper", 1)
    number = f"{invoice.provider.number}-{invoice.number}"
    steps = [row for row in town.rows["approval_step"] if row["invoice_id"] == number]
    for row in steps:
        row["user"] = "anv-1"
    span = (steps[0]["done_on"], steps[-1]["done_on"])
    town.wrongs.append(Wrong("FAK-15", "one person did it all", invoice.provider, None, None, *span))


def fak_16_paid_by_hand(town: Town) -> None:
    """A payment by hand that says neither which invoice nor which decision it is for."""
    provider, day, ore = town.providers["Städ"], town.day(3, 26), 1_250_000
    town.add(
        "payment", payment_id="M-1", batch_id="MAN", provider_id=provider, account=provider.bankgiro, amount_ore=ore,
        paid_on=day, status="paid", channel="manual", gate_passed_on=day,
    )  # fmt: skip
    town.wrongs.append(Wrong("FAK-16", "paid by hand, for nothing that is named", provider, None, None, day, day))


def fak_23_three_months_late(town: Town) -> None:
    """An invoice for work in January that came late in April."""
    invoice = _buy(town, town.providers["Städ"], "00318", town.day(4, 22), 410_000)
    first, last = town.day(1, 5), town.day(1, 30)
    invoice.lines[0] = replace(invoice.lines[0], first=first, last=last)
    what = "an invoice that came three months late"
    town.wrongs.append(Wrong("FAK-23", what, invoice.provider, None, None, first, last))


def fak_20_paid_while_owing(town: Town) -> None:
    """A company that is paid month after month, with a claim that is overdue."""
    provider = town.providers["Lunden"]
    town.add(
        "supplier_claim", claim_id="KR-9", provider_id=provider, amount_ore=2_000_000, paid_ore=0,
        due_on=town.day(1, 10), status="open",
    )  # fmt: skip
    what = "paid with a claim that is overdue"
    town.wrongs.append(Wrong("FAK-20", what, provider, None, None, town.day(2, 20), town.day(4, 20)))


def uph_01_without_a_contract(town: Town) -> None:
    """Consulting for twenty thousand kronor that nobody has procured."""
    provider = company(town, "Byrån", "Byrån för Struktur AB", "55999027", 27)
    one = _buy(town, provider, "5001", town.day(2, 16), 780_000)
    other = _buy(town, provider, "5002", town.day(3, 16), 820_000)
    town.wrongs.append(Wrong("UPH-01", "bought without a contract", provider, None, None, one.issued, other.issued))


def uph_02_of_one_kind(town: Town) -> None:
    """Two direct awards of the same kind in a year, together above the limit."""
    award(town, "UP-21", "Städ", "Målning", 400_000, town.day(3, 10))
    award(town, "UP-22", "Städ", "Målning", 350_000, town.day(4, 10))
    what = "two direct awards of one kind, above the limit"
    town.wrongs.append(Wrong("UPH-02", what, town.providers["Städ"], None, None, town.day(3, 1), town.day(4, 10)))


def uph_04_not_documented(town: Town) -> None:
    """A direct award that was never documented."""
    signed = town.day(2, 10)
    award(town, "UP-41", "Städ", "Fönsterputs", 250_000, signed, documented_on=None)
    town.wrongs.append(Wrong("UPH-04", "not documented", town.providers["Städ"], None, None, signed, None))


def uph_05_not_looked_up(town: Town) -> None:
    """An award to a company that no one looked up before."""
    signed = town.day(3, 2)
    award(town, "UP-51", "Papper", "Möbler", 60_000, signed)
    town.wrongs.append(Wrong("UPH-05", "not looked up before", town.providers["Papper"], None, None, signed, signed))


def uph_08_the_same_account(town: Town) -> None:
    """One whose wages go to the account of a supplier."""
    provider = town.providers["Måltid"]
    town.add(
        "official", person_id=town.crowd.take(1950, 1984), unit="Kök", account=provider.bankgiro,
        valid_from=date(2021, 1, 1),
    )  # fmt: skip
    days = [one.issued for one in town.invoices if one.provider == provider]
    what = "wages to a supplier's account"
    town.wrongs.append(Wrong("UPH-08", what, provider, None, None, min(days), max(days)))


def uph_11_not_followed_up(town: Town) -> None:
    """A contract of the second level that no one has followed up since it began."""
    rows = town.rows["control_execution"]
    town.rows["control_execution"] = [row for row in rows if row["execution_id"] != "KU-U2"]
    contract = next(row for row in town.rows["contract"] if row["provider_id"].key == "Rum")
    what, span = "a contract not followed up", (contract["valid_from"], date(2023, 7, 1))
    town.wrongs.append(Wrong("UPH-11", what, contract["provider_id"], None, None, *span))


def uph_12_seeks_again(town: Town) -> None:
    """One who led a company that was excluded leads another that applies."""
    closed = company(town, "Källan", "Omsorg Källan AB (avvecklat)", "55999093", 49)
    applicant, who = company(town, "Åter", "Åter Omsorg AB", "55999045", 50), town.crowd.take(1950, 1984)
    town.add(
        "exclusion", provider_id=closed, name=closed.name, basis="contract_terminated", valid_from=date(2024, 9, 1),
        misconduct_from=date(2023, 1, 1), misconduct_to=date(2024, 8, 31), source="Kommunen",
    )  # fmt: skip
    for provider, first, last in ((closed, date(2021, 1, 1), date(2024, 8, 31)), (applicant, date(2025, 2, 1), None)):
        town.add(
            "provider_role", provider_id=provider, person_id=who, role="ceo", valid_from=first, valid_to=last,
            source="Bolagsverket", read_on=town.first,
        )  # fmt: skip
    received = town.day(4, 20)
    town.add("lov_application", application_id="AN-9", provider_id=applicant, system="Hemtjänst", received_on=received)
    today = town.last + timedelta(days=20)
    town.wrongs.append(Wrong("UPH-12", "seeks again", applicant, None, None, received, today))


def _invoice(town: Town, key: str, month: int) -> Invoice:
    return next(one for one in town.invoices if one.provider.key == key and one.period == town.months[month - 1])


def _buy(town: Town, provider: Provider, number: str, issued: date, ore: int) -> Invoice:
    month = next(one for one in town.months if issued in one)
    line = Line(None, "", "Tjänst", "other", month.first, issued, "piece", ore, quantity=1, vat_percent=25)
    invoice = Invoice(provider, number, issued, month, [line], provider.bankgiro)
    town.invoices.append(invoice)
    return invoice
