"""What an invoice is held against, and what comes of it: plain values, amounts in whole öre, both days included."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Value = int | str | date | None


@dataclass(frozen=True)
class Line:
    """A line of an invoice: for whom, what, when, how much, at what price. Minutes where time is billed."""

    number: str
    amount_ore: int
    client: str = ""
    decision: str = ""
    contract: str = ""
    area: str = ""
    item: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None
    unit: str = ""
    quantity: Decimal | None = None
    minutes: int | None = None
    unit_price_ore: int | None = None


@dataclass(frozen=True)
class Bill:
    """An invoice. `seen_before` is the number here of one with the same supplier, number and amount."""

    supplier: str
    issued_on: date
    lines: tuple[Line, ...]
    net_ore: int | None = None
    vat_ore: int | None = None
    gross_ore: int = 0
    currency: str = "SEK"
    contract: str = ""
    first: date | None = None
    last: date | None = None
    seen_before: str = ""


@dataclass(frozen=True)
class Order:
    """What was ordered: a decision or a placement. `supplier` is empty where it names none; no last day is open."""

    id: str
    client: str
    area: str
    first: date
    last: date | None = None
    supplier: str = ""


@dataclass(frozen=True)
class Deal:
    """A contract with a supplier; `last` with its options."""

    id: str
    supplier: str
    area: str
    first: date
    last: date | None = None


@dataclass(frozen=True)
class Price:
    """A price of a contract for an item and unit, on the days that it holds."""

    contract: str
    item: str
    unit: str
    ore: int
    first: date
    last: date | None = None


@dataclass(frozen=True)
class Terms:
    """What may differ without a question: dated parameters, and the price the law gives for an hour of assistance."""

    price_ore: int = 1
    line_ore: int = 50
    total_ore: int = 50
    minutes: int = 5
    share: Decimal = Decimal(0)
    assistance_hour: tuple[Price, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why an invoice does not match: a code of content/codes/invoice_reasons, what was found, and what was looked for.

    `line` is empty for the invoice as a whole; `day` is the day that decides; `measure` says what the values are.
    """

    code: str
    line: str = ""
    found: Value = None
    wanted: Value = None
    measure: str = "text"
    day: date | None = None
    where: str = ""


@dataclass(frozen=True)
class Tried:
    """A line beside what it was held against; empty where nothing was there. `area` is also taken from the contract."""

    line: str
    area: str = ""
    contract: str = ""
    order: str = ""
    price_ore: int | None = None
    price_from: date | None = None
    expected_ore: int | None = None
    performed_minutes: int | None = None


@dataclass(frozen=True)
class Matched:
    """What came of matching: it matches where there is no reason against it."""

    tried: tuple[Tried, ...] = ()
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def matches(self) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons
