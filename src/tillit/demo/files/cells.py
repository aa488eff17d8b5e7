"""A value as a system writes it into a cell: its own way with days, decimals, numbers of persons, yes and no."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from tillit.catalogue import Column, Table, YamlFile, content_folder
from tillit.demo.people import Person
from tillit.demo.town import Provider


@dataclass(frozen=True)
class Manner:
    """How one system writes."""

    decimal: str = ","
    person: str = "{0}-{1}"  # of the first eight digits, the last four, and the first eight without the century
    hyphen: bool = True  # in organisation numbers and bankgiro
    hour_sign: str = ":"
    yes: str = "Ja"
    no: str = "Nej"
    labels: bool = True  # Swedish names of codes, else the codes


@cache
def table(name: str) -> Table:
    """A canonical table, whose headings the town's systems use."""
    return YamlFile(content_folder() / "tables" / f"{name}.yaml").read(Table)


def cell(column: Column, value: object, manner: Manner) -> str:
    """The value as text.

    >>> ore = Column(type="ore", sv="Belopp")
    >>> cell(ore, 123450, Manner()), cell(ore, -5, Manner(decimal="."))
    ('1234,50', '-0.05')
    """
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return manner.yes if value else manner.no
    if isinstance(value, Person):
        return person(value, manner)
    if isinstance(value, Provider):
        return organisation(value.number, manner)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m}" if "ÅÅÅÅ-MM" in column.about else value.isoformat()
    if isinstance(value, int):
        return _number(column, value, manner)
    return _text(column, str(value), manner)


def person(who: Person, manner: Manner) -> str:
    """A personal number in this manner.

    >>> person(Person("200002292399", "Ebba", "Ek"), Manner(person="{2}-{1}"))
    '000229-2399'
    """
    return manner.person.format(who.number[:8], who.number[8:], who.number[2:8])


def organisation(number: str, manner: Manner) -> str:
    """An organisation number in this manner."""
    return f"{number[:6]}-{number[6:]}" if manner.hyphen else number


def _number(column: Column, value: int, manner: Manner) -> str:
    if column.type == "ore":
        whole, part = divmod(abs(value), 100)
        return f"{'-' if value < 0 else ''}{whole}{manner.decimal}{part:02}"
    if column.entered_in == "hours":
        return f"{value / 60:.4f}".rstrip("0").rstrip(".").replace(".", manner.decimal)
    if column.entered_in == "clock":
        return f"{value // 60:02}{manner.hour_sign}{value % 60:02}"
    return str(value)


def _text(column: Column, value: str, manner: Manner) -> str:
    if column.one_of and manner.labels:
        return column.one_of[value]
    if column.type == "account":
        return f"BG {value[:-4]}-{value[-4:]}"
    if column.entered_as in {"start", "end"}:
        return value.replace(":", manner.hour_sign)
    return value
