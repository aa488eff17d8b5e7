"""Wrongs in reports, bills and accounts."""

from dataclasses import replace
from datetime import date, timedelta

from tillit.demo.buying import award
from tillit.demo.numbers import example_bankgiro, organisation_number
from tillit.demo.providers import DAY_PRICE, HOUR_PRICE_ASSISTANCE, HOUR_PRICE_HOME_CARE
from tillit.demo.town import Invoice, Line, Provider, Town, Wrong
from tillit.demo.wrongs.assistance import priced


def ass_20_not_approved(town: Town) -> None:
    """A time report that the client never approved."""
    month = town.months[1].first
    report = next(
        row for row in town.rows["time_report"] if row["client_id"] == town.clients["K4"] and row["month"] == month
    )
    report.update(signed_by_client_at=None, client_signing_device=None, signed_by=None)
    town.wrongs.append(
        Wrong(
            "ASS-20", "the client has not approved the report", report["provider_id"], report["client_id"],
            report["worker_id"], month, town.months[1].last,
        )
    )  # fmt: skip


def ass_35_bill_above_reports(town: Town) -> None:
    """A bill of two hours more than the reports."""
    _, line = _line(town, "Björken", 3, "K1")
    line.minutes += 120
    _wrong(town, "ASS-35", "two hours more than reported", "Björken", line, 120, priced(120, HOUR_PRICE_ASSISTANCE))


def hem_01_bill_above_visits(town: Town) -> None:
    """A bill of an hour and a half more than the visits."""
    _, line = _line(town, "Solsidan", 2, "H10")
    line.minutes += 90
    price = priced(90, HOUR_PRICE_HOME_CARE["Solsidan"])
    _wrong(town, "HEM-01", "an hour and a half more than visited", "Solsidan", line, 90, price)


def boe_01_days_after_leaving(town: Town) -> None:
    """Two days more than the stay."""
    _, line = _line(town, "Rum", 4, "B3")
    line.quantity += 2
    _wrong(town, "BOE-01", "two days more than the stay", "Rum", line, 0, 2 * line.unit_price)


def boe_02_days_before_arriving(town: Town) -> None:
    """Five days in January for one who came in February."""
    invoice = next(one for one in town.invoices if one.provider.key == "Rum" and one.period == town.months[0])
    client, first, last = town.clients["B3"], town.day(1, 5), town.day(1, 9)
    price = DAY_PRICE["KF"]
    line = Line(client, "KF", "Dygn", "placement", first, last, "day", price, quantity=5)
    invoice.lines.append(line)
    _wrong(town, "BOE-02", "five days before the stay", "Rum", line, 0, line.amount)


def fak_06_above_the_price_list(town: Town) -> None:
    """An hour that costs ten kronor more than the contract says."""
    _, line = _line(town, "Solsidan", 3, "H12")
    before = line.amount
    line.unit_price += 1000
    _wrong(town, "FAK-06", "ten kronor an hour above the contract", "Solsidan", line, 0, line.amount - before)


def fak_01_the_same_invoice_again(town: Town) -> None:
    """An invoice that comes again, its number written in another way."""
    first = next(one for one in town.invoices if one.provider.key == "Papper" and one.period == town.months[1])
    again = replace(first, number=f"{first.number[:4]}-{first.number[4:]}", issued=first.issued + timedelta(days=9))
    town.invoices.append(again)
    span = first.issued, again.issued
    town.wrongs.append(Wrong("FAK-01", "the same invoice again", first.provider, None, None, *span, 0, first.gross))


def fak_03_the_same_invoice_from_another(town: Town) -> None:
    """An invoice that comes from two companies, with one number, one day and one amount."""
    first = next(one for one in town.invoices if one.provider.key == "Data" and one.period == town.months[2])
    other = Provider("Konsult", "Sju Bäckar Konsult AB", organisation_number("55999025"), example_bankgiro(25), "other")
    town.providers["Konsult"] = other
    town.invoices.append(replace(first, provider=other, bankgiro=other.bankgiro))
    award(town, "UP-9", "Konsult", "Konsulter", 20_000, first.issued - timedelta(days=20), documented_on=None)
    what = "the same invoice from two companies"
    town.wrongs.append(Wrong("FAK-03", what, None, None, None, first.issued, first.issued, 0, first.gross))


def fak_09_after_the_contract(town: Town) -> None:
    """An invoice for a month that comes after the contract's last day."""
    provider, month = town.providers["Data"], town.months[3]
    contract = next(row for row in town.rows["contract"] if row["provider_id"] == provider)
    contract["valid_to"] = town.months[2].last
    invoice = next(one for one in town.invoices if one.provider == provider and one.period == month)
    what = "a month after the contract's end"
    town.wrongs.append(Wrong("FAK-09", what, provider, None, None, month.first, month.last, 0, invoice.net))


def fak_09_days_after_the_invoice(town: Town) -> None:
    """An invoice that bills ten days which had not come when it was written."""
    invoice = next(one for one in town.invoices if one.provider.key == "Måltid" and one.period == town.months[1])
    first, last = invoice.issued + timedelta(days=1), invoice.issued + timedelta(days=10)
    invoice.lines[0].last = last
    town.wrongs.append(Wrong("FAK-09", "ten days after the invoice", invoice.provider, None, None, first, last))


def fak_10_the_same_days_again(town: Town) -> None:
    """A month that is billed again, on an invoice with another number."""
    first = next(one for one in town.invoices if one.provider.key == "Lättnad" and one.period == town.months[1])
    again = replace(first, number=f"{first.number}B", issued=first.issued + timedelta(days=6))
    town.invoices.append(again)
    line = again.lines[0]
    _wrong(town, "FAK-10", "the same month on two invoices", "Lättnad", line, 0, line.amount)


def fak_11_account_changed_before_payment(town: Town) -> None:
    """A supplier's account that was changed a week before it was paid, and no one called back."""
    provider, changed = town.providers["Städ"], date(town.first.year, 4, 28)
    new = example_bankgiro(41)
    old = next(row for row in town.rows["bank_account"] if row["provider_id"] == provider)
    old["valid_to"] = changed - timedelta(days=1)
    town.add("bank_account", account=new, provider_id=provider, holder_id=provider, valid_from=changed)
    for invoice in town.invoices:
        if invoice.provider == provider and invoice.period == town.months[2] and invoice.form == "peppol":
            invoice.bankgiro = new
            town.wrongs.append(
                Wrong("FAK-11", "paid to an account changed a week before", provider, None, None, invoice.due,
                      invoice.due, 0, invoice.gross)
            )  # fmt: skip


def fak_12_one_account_for_two(town: Town) -> None:
    """An association that is paid to the account of another."""
    one, other, since = town.providers["Läxan"], town.providers["Bollen"], town.day(2, 1)
    town.add(
        "bank_account", account=one.bankgiro, provider_id=other, holder_id=one, valid_from=since, verified_on=since,
        verified_how="certificate",
    )  # fmt: skip
    what = "one account for two associations"
    town.wrongs.append(Wrong("FAK-12", what, None, None, None, town.first, None))


def fak_18_after_the_bankruptcy(town: Town) -> None:
    """An invoice sent ten days after the company went bankrupt."""
    provider = town.providers["Papper"]
    invoice = max((one for one in town.invoices if one.provider == provider), key=lambda one: one.issued)
    row = next(row for row in town.rows["provider"] if row["provider_id"] == provider)
    row.update(status="bankrupt", status_on=invoice.issued - timedelta(days=10))
    what = "an invoice after the bankruptcy"
    town.wrongs.append(Wrong("FAK-18", what, provider, None, None, invoice.issued, invoice.issued, 0, invoice.gross))


def fak_24_paid_before_its_controls(town: Town) -> None:
    """An advance that was paid five days before its controls were done."""
    payment = next(row for row in town.rows["payment"] if row["client_id"] == town.clients["K1"])
    payment["gate_passed_on"] = payment["paid_on"] + timedelta(days=5)
    what = "paid before its controls were done"
    span = payment["paid_on"], payment["gate_passed_on"]
    town.wrongs.append(Wrong("FAK-24", what, payment["provider_id"], None, None, *span))


def _line(town: Town, provider: str, month: int, client: str) -> tuple[Invoice, Line]:
    who, period = town.clients[client], town.months[month - 1]
    return next(
        (invoice, line)
        for invoice in town.invoices
        if invoice.provider.key == provider and invoice.period == period
        for line in invoice.lines
        if line.client == who
    )


def _wrong(town: Town, control: str, what: str, provider: str, line: Line, minutes: int, ore: int) -> None:
    who = town.providers[provider]
    town.wrongs.append(Wrong(control, what, who, line.client, None, line.first, line.last, minutes, ore))
