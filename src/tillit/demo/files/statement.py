"""The bank's statement of account (camt.053)."""

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from tillit.demo.files.payment_file import OWN_BANKGIRO, Paid
from tillit.demo.files.xml import maker, write
from tillit.demo.town import Invoice
from tillit.units import Period

_make = maker("urn:iso:std:iso:20022:tech:xsd:camt.053.001.02")


def write_statement(path: Path, number: int, month: Period, paid: Sequence[Paid], opening: int) -> int:
    """A month in which every payment of the order file is booked. Gives the closing balance, öre."""
    closing = opening - sum(invoice.gross for _, invoice in paid)
    at = f"{month.last}T20:00:00"
    statement = _make(
        "Stmt",
        _make("Id", f"{month}"),
        _make("ElctrncSeqNb", str(number)),
        _make("CreDtTm", at),
        _make("Acct", _other(OWN_BANKGIRO)),
        _balance("OPBD", opening, month.first.isoformat()),
        _balance("CLBD", closing, month.last.isoformat()),
        *(_entry(day.isoformat(), invoice) for day, invoice in paid),
    )
    head = _make("GrpHdr", _make("MsgId", f"KONTO-{month}"), _make("CreDtTm", at))
    write(path, _make("Document", _make("BkToCstmrStmt", head, statement)))
    return closing


def _balance(code: str, ore: int, day: str) -> etree._Element:
    return _make(
        "Bal",
        _make("Tp", _make("CdOrPrtry", _make("Cd", code))),
        _amount(ore),
        _make("CdtDbtInd", "CRDT" if ore >= 0 else "DBIT"),
        _make("Dt", _make("Dt", day)),
    )


def _entry(day: str, invoice: Invoice) -> etree._Element:
    return _make(
        "Ntry",
        _amount(invoice.gross),
        _make("CdtDbtInd", "DBIT" if invoice.gross >= 0 else "CRDT"),
        _make("Sts", "BOOK"),
        _make("BookgDt", _make("Dt", day)),
        _make("ValDt", _make("Dt", day)),
        _make("BkTxCd", _make("Prtry", _make("Cd", "LB"))),
        _make("NtryDtls", _details(invoice)),
    )


def _details(invoice: Invoice) -> etree._Element:
    return _make(
        "TxDtls",
        _make("Refs", _make("EndToEndId", invoice.number)),
        _make(
            "RltdPties", _make("Cdtr", _make("Nm", invoice.provider.name)), _make("CdtrAcct", _other(invoice.bankgiro))
        ),
        _make("RmtInf", _make("Ustrd", invoice.number)),
    )


def _other(bankgiro: str) -> etree._Element:
    return _make("Id", _make("Othr", _make("Id", bankgiro), _make("SchmeNm", _make("Prtry", "BGNR"))))


def _amount(ore: int) -> etree._Element:
    return _make("Amt", f"{abs(ore) // 100}.{abs(ore) % 100:02}", Ccy="SEK")
