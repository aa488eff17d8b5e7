"""A dated quantity: a rate, a limit or a deadline, with its law and the day until which it is known."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from pydantic import Field, field_validator, model_validator

from tillit.catalogue.law import Law
from tillit.catalogue.yaml_file import ContentError, Part

Number = Decimal | dict[str, Decimal]


class Value(Part):
    """What holds from a day on: one number, or one for each key."""

    value: Number
    source: str
    status: Literal["verified", "secondary", "unverified", "default"] = "verified"
    remark: str = ""

    @field_validator("value", mode="before")
    @classmethod
    def _exact(cls, given: object) -> object:
        # A float from YAML is taken by its shortest text: 347.7 means 347.70, not 347.69999.
        def one(number: object) -> Decimal:
            if isinstance(number, str) and "/" in number:
                part = Fraction(number)
                return Decimal(part.numerator) / Decimal(part.denominator)
            return Decimal(str(number))

        return {str(key): one(each) for key, each in given.items()} if isinstance(given, dict) else one(given)


class Dated(NamedTuple):
    """A number and the days on which it holds, both included; key is '' where there is one number."""

    valid_from: date
    valid_to: date
    key: str
    value: Decimal


class Parameter(Part):
    """A quantity that changes by date. Its id is folder.file, as in assistance.hourly_rate."""

    id: str
    title: str
    about: str = ""
    unit: str = Field(description="SEK, SEK/hour, minutes, hours, days, months, years, share, 28ths ...")
    set_by: Literal["law", "agency", "municipality"] = Field(description="who may change it in an overlay")
    law: list[Law] = []
    published: str = Field("", description="who sets the next value, when, and where it is found")
    known_until: date | None = Field(description="a later day is an error; null: holds until changed")
    values: dict[date, Value]

    @model_validator(mode="after")
    def _in_order(self) -> "Parameter":
        days = list(self.values)
        if not days:
            raise ValueError("it has no value")
        if days != sorted(days):
            raise ValueError("the days do not come in order")
        if self.known_until and self.known_until < days[-1]:
            raise ValueError("known_until is before the last value")
        if self.set_by == "law" and not self.law:
            raise ValueError("it is set by law, and names none")
        return self

    def on(self, day: date) -> Value:
        """What holds on a day. Raises ContentError where no value is known for it."""
        if self.known_until and day > self.known_until:
            raise self._unknown(day, f"known until {self.known_until}", "with its source")
        held = [value for start, value in self.values.items() if start <= day]
        if not held:
            raise self._unknown(day, f"known from {next(iter(self.values))}", "with its source")
        return held[-1]

    def _unknown(self, day: date, known: str, fix: str) -> ContentError:
        return ContentError(
            f"no value is known for {day} ({known})",
            where=f"content/{self.file}",
            fix=f"add the line for {day.year}, {fix}" + (f" ({self.published})" if self.published else ""),
        )

    @property
    def file(self) -> str:
        """Where it lies in a folder of content, and in a municipality's own."""
        return f"parameters/{self.id.replace('.', '/')}.yaml"

    def spans(self) -> list[Dated]:
        """Every value with the days on which it holds, oldest first."""
        starts = [*self.values, None]
        spans = []
        for index, (start, value) in enumerate(self.values.items()):
            after = starts[index + 1]
            end = after - timedelta(days=1) if after else self.known_until or date.max
            numbers = value.value if isinstance(value.value, dict) else {"": value.value}
            spans += [Dated(start, end, key, number) for key, number in numbers.items()]
        return spans

    def in_sql(self, number: Decimal) -> int | Decimal:
        """A number as controls see it: money as whole öre, whole numbers as such."""
        if self.unit.startswith("SEK"):
            return int((number * 100).to_integral_value())
        return int(number) if number == number.to_integral_value() else number
