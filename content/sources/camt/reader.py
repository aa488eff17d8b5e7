"""A statement (camt.053), report (052) or notice (054) of a bank account, in any version.

The sign is that of the entry itself: a reversed payment comes as a credit and is positive. An entry of several
transactions becomes a row for each when they add up to it, and stays one row when they do not.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from tillit.readers.iso20022 import account, amount, day, given_id, reference
from tillit.readers.parts import Document, Row, Stated
from tillit.readers.unreadable import Unreadable
from tillit.readers.xml import Element, as_number, each, line_of, text
from tillit.store import Remark
from tillit.units import nearest

STATEMENTS = ("Stmt", "Rpt", "Ntfctn")
STATUSES = {"BOOK": "booked", "PDNG": "pending", "FUTR": "pending", "INFO": "information"}
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)

Values = dict[str, object]
Part = Row | Stated | Remark


def rows(document: Document) -> Iterator[Part]:
    """The entries of every statement in the document, and what its balances say they should add up to."""
    statements = [one for name in STATEMENTS for one in each(document.root(), f"*/{name}")]
    if not statements:
        raise Unreadable("the document has no statement, report or notice in it", fix="ask the bank for a whole file")
    for number, statement in enumerate(statements, start=1):
        named = f"statement {number}"
        # Once for the statement: it may have a hundred thousand entries to look through.
        of_all: Values = {
            "statement_id": text(statement, "Id"),
            "own_account": account(statement, "Acct", "Acct/Svcr"),
        }
        for entry in each(statement, "Ntry"):
            yield from _entry(entry, of_all, named)
        yield from _balance(statement, named)


def _entry(entry: Element, of_all: Values, named: str) -> Iterator[Part]:
    details = each(entry, "NtryDtls/TxDtls") or each(entry, "TxDtls")
    common = of_all | _common(entry)
    counted_in = (named,) if common["status"] == "booked" else ()
    whole, currency = amount(entry, "Amt")
    parts = [_part(one, entry) for one in details]
    if len(details) > 1 and all(part == currency for _, part in parts) and _adds_up(parts, _signed(whole, entry)):
        for one, (share, _) in zip(details, parts, strict=True):
            values = common | _transaction(one, entry) | {"amount_ore": share, "currency": currency}
            yield Row("bank_entry", line_of(one), values, counted_in)
        return
    values = common | (_transaction(details[0], entry) if len(details) == 1 else {})
    yield Row(
        "bank_entry", line_of(entry), values | {"amount_ore": _signed(whole, entry), "currency": currency}, counted_in
    )
    if len(details) > 1:
        what = f"the {len(details)} transactions of the entry do not add up to it, so it is kept as one row"
        yield Remark(line_of(entry), what, "ask the bank when it matters who was paid")


def _common(entry: Element) -> Values:
    return {
        "booked_on": day(entry, "BookgDt"),
        "value_on": day(entry, "ValDt"),
        "status": STATUSES.get(text(entry, "Sts", "Sts/Cd"), "booked"),
        "reversal": text(entry, "RvslInd") or None,
    }


def _transaction(one: Element, entry: Element) -> Values:
    """What one transaction tells: the other party, its reference, and why it came back."""
    other = "Cdtr" if _is_debit(entry) else "Dbtr"
    return {
        "counterparty_name": text(one, f"RltdPties/{other}/Pty/Nm", f"RltdPties/{other}/Nm"),
        "counterparty_account": account(one, f"RltdPties/{other}Acct", f"RltdAgts/{other}Agt"),
        "reference": reference(one),
        "payment_id": given_id(one, "Refs/EndToEndId", "Refs/InstrId"),
        "return_code": text(one, "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry", "RtrInf/RtrRsn/Cd", "RtrInf/RtrRsn/Prtry"),
        "return_text": text(one, "RtrInf/AddtlInf", "RtrInf/AddtlRtrRsnInf"),
    }


def _part(one: Element, entry: Element) -> tuple[str, str]:
    """The amount of a transaction with its sign, and its currency."""
    share, currency = amount(one, "Amt", "AmtDtls/TxAmt/Amt")
    return _signed(share, one if text(one, "CdtDbtInd") else entry), currency


def _signed(given: str, place: Element) -> str:
    return f"-{given}" if _is_debit(place) else given


def _is_debit(place: Element) -> bool:
    return text(place, "CdtDbtInd") == "DBIT"


def _adds_up(parts: list[tuple[str, str]], whole: str) -> bool:
    numbers = [as_number(share) for share, _ in parts]
    return None not in numbers and sum((one for one in numbers if one is not None), Decimal(0)) == as_number(whole)


def _balance(statement: Element, named: str) -> Iterator[Part]:
    """What the entries should add up to, where the statement has a balance before and after them."""
    opening, closing = _balance_of(statement, OPENING), _balance_of(statement, CLOSING)
    stated = as_number(text(statement, "TxsSummry/TtlNtries/NbOfNtries"))
    entries = len(each(statement, "Ntry"))
    if stated is not None and stated != entries:
        yield Remark(
            line_of(statement), f"{named}: the file states {stated} entries, and has {entries}", "ask the bank"
        )
    if opening is None or closing is None:
        return
    if opening[1] != closing[1]:
        what = f"{named}: the balances are in different currencies, and were not compared with the entries"
        yield Remark(line_of(statement), what, "ask the bank")
        return
    yield Stated(line_of(statement), named, "amount_ore", nearest(Fraction((closing[0] - opening[0]) * 100)))


def _balance_of(statement: Element, kinds: tuple[str, ...]) -> tuple[Decimal, str] | None:
    for kind in kinds:
        for one in each(statement, "Bal"):
            given, currency = amount(one, "Amt")
            number = as_number(_signed(given, one))
            if text(one, "Tp/CdOrPrtry/Cd", "Tp/Cd") == kind and number is not None:
                return number, currency
    return None
