"""What a rule is: a name, what it says in Swedish, how grave a breach is, and the places that break it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tillit.readers.xml import Element, each, line_of, number, text

Check = Callable[[Element], Iterable[Element]]

_LIKE_A_PERSON = re.compile(r"[0-9]{2}[01][0-9]{7}")
_LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Rule:
    """A rule of an e-invoice; `check` gives the elements that break it."""

    rule: str
    level: str
    says: str
    check: Check


@dataclass(frozen=True)
class Broken:
    """One breach of a rule: the line, and the value that stands there."""

    rule: str
    level: str
    says: str
    value: str
    line: int


RULES: dict[str, Rule] = {}


def rule(id: str, says: str, level: str = "fatal") -> Callable[[Check], Check]:
    """Takes a check among the rules."""

    def add(check: Check) -> Check:
        RULES[id] = Rule(id, level, says, check)
        return check

    return add


def broken(id: str, document: Element) -> list[Broken]:
    """The breaches of one rule in a document."""
    known = RULES[id]
    return [Broken(id, known.level, known.says, _shown(place), line_of(place)) for place in known.check(document)]


def every(document: Element, *names: str) -> Iterator[Element]:
    """Every element of these names, however deep."""
    return document.iter(*(f"{{*}}{name}" for name in names))


def lines(document: Element) -> list[Element]:
    """The lines of an invoice or a credit note."""
    return [*each(document, "InvoiceLine"), *each(document, "CreditNoteLine")]


def allowances(place: Element, *, charge: bool) -> list[Element]:
    """The charges, or the allowances, that stand directly in a place."""
    wanted = "true" if charge else "false"
    return [one for one in each(place, "AllowanceCharge") if text(one, "ChargeIndicator") == wanted]


def lacking(places: Iterable[Element], *paths: str) -> Iterator[Element]:
    """The places that have text at none of the paths."""
    return (place for place in places if not text(place, *paths))


def total(places: Iterable[Element], path: str) -> Decimal:
    """The sum of the numbers at a path."""
    return sum((number(place, path) or Decimal(0) for place in places), Decimal(0))


def rounded(amount: Decimal) -> Decimal:
    """An amount in whole hundredths, a half away from zero.

    >>> rounded(Decimal("-0.125"))
    Decimal('-0.13')
    """
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def country(document: Element, party: str) -> str:
    """The country of `Supplier` or `Customer`, by its address."""
    return text(document, f"Accounting{party}Party/Party/PostalAddress/Country/IdentificationCode")


def _shown(place: Element) -> str:
    """The value in a place; one that may be a person's number is left out."""
    value = (place.text or "").strip() if len(place) == 0 else ""
    return "" if _LIKE_A_PERSON.search(re.sub(r"[\s+-]", "", value)) else value[:_LONGEST_SHOWN]
