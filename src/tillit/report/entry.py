"""How a column is entered by hand: what is written, in which form, and what the cell refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from tillit.catalogue import Column, Kind

_DAYS = {"criteria": "between", "minimum": date(1900, 1, 1), "maximum": date(2200, 12, 31)}
_MOST = {"criteria": "between", "minimum": -(10**12), "maximum": 10**12}
_LENGTHS = {"criteria": "between", "minimum": 0, "maximum": 10**6}
_ANYTHING: Mapping[str, Any] = {"validate": "any"}
_TEXT = "@"

# Clock times are texts: a spreadsheet's own times know no 24:00. {cell} is the first cell of the column.
_IS_CLOCK = (
    '=AND(LEN({cell})=5,MID({cell},3,1)=":",IFERROR(VALUE(RIGHT({cell},2)),99)<60,'
    "IFERROR(VALUE(LEFT({cell},2))*60+VALUE(RIGHT({cell},2)),9999)<=1440)"
)


class _Form(NamedTuple):
    """A way of writing: in words, as a number format, as a validation, and an example where the table's is no help."""

    written: str
    number_format: str = _TEXT
    rule: Mapping[str, Any] = _ANYTHING
    example: str = ""


_FORMS: dict[str, _Form] = {
    "text": _Form("Text."),
    "choice": _Form("Välj i listan."),
    "boolean": _Form("ja eller nej.", _TEXT, {"validate": "list", "source": ["ja", "nej"]}, "ja"),
    "person": _Form("Person- eller samordningsnummer, tolv siffror, eller ert eget nummer.", example="ÅÅÅÅMMDDNNNN"),
    "organisation": _Form("Organisationsnummer med tio siffror.", example="NNNNNN-NNNN"),
    "account": _Form("Bankgiro BG:123-4567, plusgiro PG:1234-5, eller clearing och konto.", example="BG:991-2346"),
    "whole": _Form("Ett heltal.", "0", {"validate": "integer", **_MOST}),
    "minutes": _Form("Hela minuter.", "0", {"validate": "integer", **_LENGTHS}),
    "hours": _Form("Timmar med decimaler, till exempel 7,5.", "0.00", {"validate": "decimal", **_LENGTHS}),
    "clock": _Form("Klockslag TT:MM, från 00:00 till 24:00.", _TEXT, {"validate": "custom", "value": _IS_CLOCK}),
    "number": _Form("Ett tal, med decimaler om det behövs.", "0.####", {"validate": "decimal", **_MOST}),
    "amount": _Form("Kronor och ören, till exempel 1234,50.", "0.00", {"validate": "decimal", **_MOST}),
    "day": _Form("Datum ÅÅÅÅ-MM-DD.", "yyyy-mm-dd", {"validate": "date", **_DAYS}),
    "month": _Form("Månad ÅÅÅÅ-MM.", "yyyy-mm", {"validate": "date", **_DAYS}),
    "instant": _Form("Datum och svensk tid, ÅÅÅÅ-MM-DD TT:MM.", "yyyy-mm-dd hh:mm", {"validate": "date", **_DAYS}),
}  # fmt: skip

_FORM_OF: dict[Kind, str] = {
    Kind.TEXT: "text",
    Kind.INTEGER: "whole",
    Kind.DECIMAL: "number",
    Kind.MINUTES: "minutes",
    Kind.ORE: "amount",
    Kind.DATE: "day",
    Kind.TIMESTAMP: "instant",
    Kind.BOOLEAN: "boolean",
    Kind.PERSON: "person",
    Kind.ORGANISATION: "organisation",
    Kind.ACCOUNT: "account",
}


@dataclass(frozen=True)
class Entry:
    """A column as it stands in a template. `rule` is what spreadsheets call data validation."""

    heading: str
    about: str
    written: str
    number_format: str
    rule: Mapping[str, Any]
    choices: list[str]
    example: str
    required: bool
    personal: str


def entry_of(column: Column) -> Entry:
    """How a column is entered."""
    name = _form_of(column)
    form = _FORMS[name]
    default = _shown(column, name, column.default) if column.default is not None else ""
    empty = f"Tomt betyder {default}." if default else ""
    return Entry(
        heading=column.sv,
        about=" ".join(part for part in (_sentence(column.about), empty) if part),
        written=form.written,
        number_format=form.number_format,
        rule=form.rule,
        choices=list(column.one_of.values()),
        example=form.example or _shown(column, name, column.example),
        required=not column.optional,
        personal=column.personal,
    )


def _form_of(column: Column) -> str:
    if column.one_of:
        return "choice"
    if column.entered_as:
        return "day" if column.entered_as == "day" else "clock"
    return column.entered_in or _FORM_OF[column.type]


def _shown(column: Column, form: str, value: object) -> str:
    """A value as it would be entered: a stored 480 minutes is 8,0 hours, or 08:00.

    >>> from tillit.catalogue import Column
    >>> _shown(Column(type=Kind.MINUTES, sv="Från", entered_in="clock"), "clock", 480)
    '08:00'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if form == "choice":
        return column.one_of.get(str(value), str(value))
    if form == "clock":
        return f"{value // 60:02}:{value % 60:02}" if isinstance(value, int) else str(value)[11:16]
    if isinstance(value, int) and form in ("hours", "amount"):
        return str(Decimal(value) / (60 if form == "hours" else 100)).replace(".", ",")
    if isinstance(value, date) and form == "month":
        return f"{value:%Y-%m}"
    return str(value)


def _sentence(about: str) -> str:
    return f"{about[0].upper()}{about[1:].rstrip('.')}." if about else ""
