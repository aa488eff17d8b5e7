"""The file to the bank: a payment order in ISO 20022, pain.001.001.09, as Swedish banks take it.

Each payment is booked by itself, so that the bank's statement can be held against it. Nothing but the payee, the
account, the amount and the settlement's number stands in it: nobody can read of whom or of what it is.
"""

from datetime import UTC

from lxml import etree

from tillit.payments.order import Order, Payment, account_parts

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
CLEARING = {"BG": "9900", "PG": "9960"}
"""The clearing numbers of Bankgirot and Plusgirot, among those of Swedish banks (SESBA)."""

Element = etree._Element


def pain_001(order: Order) -> bytes:
    """The order as a file; the same order gives the same bytes."""
    total, count = _kronor(order.total_ore), str(len(order.payments))
    head = _make(
        "GrpHdr",
        _make("MsgId", order.id),
        _make("CreDtTm", f"{order.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"),
        _make("NbOfTxs", count),
        _make("CtrlSum", total),
        _party("InitgPty", order.payer.name, order.payer.number),
    )
    bank = _agent("DbtrAgt", order.payer.account)
    if bank is None:
        bank = _make("DbtrAgt", _make("FinInstnId", _other("NOTPROVIDED")))
    batch = _make(
        "PmtInf",
        _make("PmtInfId", order.id),
        _make("PmtMtd", "TRF"),
        _make("BtchBookg", "false"),
        _make("NbOfTxs", count),
        _make("CtrlSum", total),
        _make("PmtTpInf", _make("SvcLvl", _make("Cd", "NURG")), _make("CtgyPurp", _make("Cd", "SUPP"))),
        _make("ReqdExctnDt", _make("Dt", f"{order.pay_on}")),
        _party("Dbtr", order.payer.name, order.payer.number),
        _account("DbtrAcct", order.payer.account),
        bank,
        _make("ChrgBr", "SLEV"),
        *(_payment(one) for one in order.payments),
    )
    root = _make("Document", _make("CstmrCdtTrfInitn", head, batch))
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _payment(one: Payment) -> Element:
    return _make(
        "CdtTrfTxInf",
        _make("PmtId", _make("InstrId", one.id), _make("EndToEndId", one.id)),
        _make("Amt", _make("InstdAmt", _kronor(one.ore), Ccy="SEK")),
        _agent("CdtrAgt", one.account),
        _party("Cdtr", one.payee_name, one.payee_number),
        _account("CdtrAcct", one.account),
        _make("RmtInf", _make("Ustrd", one.reference[:140])),
    )


def _party(name: str, called: str, number: str) -> Element:
    return _make(name, _make("Nm", called[:140]), _make("Id", _make("OrgId", _other(number))))


def _account(name: str, account: str) -> Element:
    kind, number = account_parts(account)
    if kind == "IBAN":
        return _make(name, _make("Id", _make("IBAN", number)))
    scheme = _make("Prtry", "BGNR") if kind == "BG" else _make("Cd", "BBAN")
    return _make(name, _make("Id", _make("Othr", _make("Id", number), _make("SchmeNm", scheme))))


def _agent(name: str, account: str) -> Element | None:
    kind, number = account_parts(account)
    if kind == "IBAN":  # an IBAN tells its bank
        return None
    system = _make("ClrSysId", _make("Cd", "SESBA"))
    member = _make("ClrSysMmbId", system, _make("MmbId", CLEARING.get(kind, number[:4])))
    return _make(name, _make("FinInstnId", member))


def _other(number: str) -> Element:
    return _make("Othr", _make("Id", number))


def _kronor(ore: int) -> str:
    return f"{ore // 100}.{ore % 100:02}"


def _make(name: str, *inside: Element | str | None, **attributes: str) -> Element:
    element = etree.Element(f"{{{NAMESPACE}}}{name}", attributes, nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    for part in inside:
        if isinstance(part, str):
            element.text = part
        elif part is not None:
            element.append(part)
    return element
