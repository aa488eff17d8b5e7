"""What is true in the made-up town, and what its files will say of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tillit.demo.people import Crowd, Person
from tillit.units import Interval, Period, interval, minutes_between, split_at_midnight

Row = dict[str, Any]
"""A row of a canonical table as the town knows it: persons and providers as themselves, minutes, öre, days."""


@dataclass(frozen=True)
class Provider:
    """A company, an association or the town's own unit."""

    key: str
    name: str
    number: str  # organisation number, ten digits
    bankgiro: str  # digits alone
    service_area: str
    contract: str = ""
    legal_form: str = "AB"
    own_unit: bool = False


@dataclass(frozen=True)
class Shift:
    """A stretch of time that a provider says a worker spent with a client, in local clock times."""

    provider: Provider
    worker: Person
    client: Person
    day: date
    start: str
    end: str
    kind: str = "active"
    service_area: str = "personal_assistance"
    status: str = "performed"
    capture: str = "app"
    group: str = ""
    entry: str = ""
    service_code: str = ""
    reason: str = ""
    receipt: tuple[str, str] | None = None
    planned: tuple[str, str] | None = None
    double_staffing: bool = False

    @property
    def interval(self) -> Interval:
        """The stretch in UTC."""
        return interval(self.day, self.start, self.end)

    @property
    def minutes(self) -> int:
        """Its real length: a night when the clocks are changed is an hour shorter or longer."""
        times = self.interval
        return minutes_between(times.start, times.end)

    @property
    def per_day(self) -> Iterator[tuple[date, int]]:
        """Minutes of each day that it touches: a night is of two days, and at a month's end of two bills."""
        times = self.interval
        for piece in split_at_midnight(times.start, times.end):
            yield piece.work_date, minutes_between(piece.start, piece.end)

    @property
    def is_billed(self) -> bool:
        """Whether the provider puts it on the bill."""
        return self.status == "performed" and self.kind in {"active", "waiting", "standby", "visit"}


@dataclass
class Line:
    """A line of an invoice. Minutes when time is billed, else a quantity."""

    client: Person | None
    item: str
    text: str
    service_area: str
    first: date
    last: date
    unit: str
    unit_price: int
    minutes: int = 0
    quantity: int = 0
    kind: str = ""
    vat_percent: int = 0
    performer: Provider | None = None  # who did the work, where it is not the supplier

    @property
    def amount(self) -> int:
        """Öre, rounded once, a half upwards."""
        return (self.minutes * self.unit_price * 2 + 60) // 120 if self.minutes else self.quantity * self.unit_price


@dataclass
class Invoice:
    """An invoice or a credit note; care is exempt from VAT."""

    provider: Provider
    number: str
    issued: date
    period: Period
    lines: list[Line]
    bankgiro: str
    form: str = "list"  # list: in the ledger system's list of invoices; peppol: an e-invoice of its own
    credits: str = ""
    due_days: int = 30

    @property
    def sign(self) -> int:
        """Minus one for a credit note."""
        return -1 if self.credits else 1

    @property
    def net(self) -> int:
        """Öre without VAT; below zero for a credit note."""
        return sum(line.amount for line in self.lines) * self.sign

    @property
    def vat(self) -> int:
        """VAT in öre; below zero for a credit note."""
        return sum((line.amount * line.vat_percent + 50) // 100 for line in self.lines) * self.sign

    @property
    def gross(self) -> int:
        """What is to be paid, öre; below zero for a credit note."""
        return self.net + self.vat

    @property
    def due(self) -> date:
        """When it is to be paid."""
        return self.issued + timedelta(days=self.due_days)


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong in the town, and what the control that is named should find."""

    control: str
    what: str
    provider: Provider | None = None
    client: Person | None = None
    worker: Person | None = None
    first: date | None = None
    last: date | None = None
    minutes: int = 0
    ore: int = 0


@dataclass(frozen=True)
class RefusedLine:
    """A line that cannot be read, put there to show how a refusal looks."""

    file: str
    line: int
    why: str


@dataclass
class Town:
    """All that is known of the town. Builders add to it; wrongs change it; files are written from it."""

    random: Random
    crowd: Crowd
    months: list[Period]
    providers: dict[str, Provider] = field(default_factory=dict)
    clients: dict[str, Person] = field(default_factory=dict)
    shifts: list[Shift] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    wrongs: list[Wrong] = field(default_factory=list)

    @property
    def first(self) -> date:
        """The first day."""
        return self.months[0].first

    @property
    def last(self) -> date:
        """The last day."""
        return self.months[-1].last

    def days(self) -> Iterator[date]:
        """Every day, in order."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)

    def day(self, month: int, day: int) -> date:
        """A day of the town's first, second … month."""
        return self.months[month - 1].first.replace(day=day)

    def add(self, table: str, **values: Any) -> Row:
        """Adds a row to a table, and gives it."""
        self.rows.setdefault(table, []).append(values)
        return values

    def change(self, old: Shift, **values: Any) -> Shift:
        """Puts a changed shift in the place of another."""
        new = replace(old, **values)
        self.shifts[self._place(old)] = new
        return new

    def drop(self, shift: Shift) -> None:
        """Takes a shift away."""
        del self.shifts[self._place(shift)]

    def _place(self, shift: Shift) -> int:
        return next(place for place, one in enumerate(self.shifts) if one is shift)

    def shift(self, client: str, day: date, start: str) -> Shift:
        """The shift of a client that starts then."""
        who = self.clients[client]
        return next(one for one in self.shifts if (one.client, one.day, one.start) == (who, day, start))
