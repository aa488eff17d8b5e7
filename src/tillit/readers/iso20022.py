"""Parts that the messages of ISO 20022 have in common, whatever the version: accounts, days, amounts, references."""

from tillit.readers.xml import Element, each, first, text

NOT_GIVEN = "NOTPROVIDED"
BANKGIROT, PLUSGIROT = "9900", "9960"


def account(place: Element, path: str, agent: str) -> str:
    """The account at a path, as text that tells its kind; nothing when there is none.

    Takes: the paths of the account and of its bank.
    Source: Swedish usage, where a giro is told by its scheme or by the clearing number of Bankgirot or Plusgirot.
    """
    number = text(place, f"{path}/Id/Othr/Id", f"{path}/Id/PrtryAcct/Id", f"{path}/Id/BBAN")
    iban = text(place, f"{path}/Id/IBAN")
    scheme = text(place, f"{path}/Id/Othr/SchmeNm/Prtry", f"{path}/Id/Othr/SchmeNm/Cd")
    clearing = text(place, f"{agent}/FinInstnId/ClrSysMmbId/MmbId")
    if iban or not number:
        return f"BA:{iban}" if iban else ""
    if scheme == "BGNR" or clearing == BANKGIROT:
        return f"BG:{number}"
    if scheme == "PGNR" or clearing == PLUSGIROT:
        return f"PG:{number}"
    return f"BA:{number if not clearing.isdigit() or number.startswith(clearing) else clearing + number}"


def day(place: Element, path: str) -> str:
    """A day that is given as such, or within an instant."""
    return text(place, path, f"{path}/Dt", f"{path}/DtTm")[:10]


def reference(place: Element) -> str:
    """What the payer says of a payment: its reference, else the invoices it is for, else the free text."""
    given = text(place, "RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/CdtrRefInf/CdtrRef")
    numbers = [text(one, "Nb", "RfrdDocNb") for one in each(place, "RmtInf/Strd/RfrdDocInf")]
    free = [one.text.strip() for one in each(place, "RmtInf/Ustrd") if one.text]
    return given or ", ".join(number for number in numbers if number) or " ".join(free)


def given_id(place: Element, *paths: str) -> str:
    """The first of the ids that is given; `NOTPROVIDED` is none."""
    return next((found for path in paths if (found := text(place, path)) not in ("", NOT_GIVEN)), "")


def amount(place: Element, *paths: str) -> tuple[str, str]:
    """The first of the amounts that is there, and its currency."""
    for path in paths:
        found = first(place, path)
        if found is not None:
            return (found.text or "").strip(), found.get("Ccy", "")
    return "", ""
