"""What the values under a heading tell of the form in which they are written. No value leaves this module."""

import re
from collections.abc import Sequence
from datetime import datetime

from tillit.catalogue import Column, Kind
from tillit.catalogue.source import Conversion
from tillit.units import Sign

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?|[0-9]{8}")
_MONTH = re.compile(r"[0-9]{4}-?[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{1,4}[:.][0-9]{2}(:[0-9]{2})?")
_DECIMAL = re.compile(r"[0-9]([.,])[0-9]{1,2}[^0-9]*$")
_DATA = re.compile(r"[0-9]{5}|^[-+(]?[0-9 ]+([.,][0-9]+)?\)?$|^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|[0-9]:[0-9]{2}")
_FORMS: tuple[str, ...] = (
    "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y.%m.%d", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d/%m/%y",
    "%y%m%d",
)  # fmt: skip
_CLOCKS = ("%H:%M", "%H:%M:%S", "%H.%M")


def looks_like_data(cell: str) -> bool:
    """Whether a cell is rather a value than a heading: a number, a day, a clock time, or anything with many digits.

    >>> looks_like_data("Belopp 2025"), looks_like_data("2025-03-03"), looks_like_data("12,50"), looks_like_data("")
    (False, True, True, False)
    """
    return bool(_DATA.search(cell.strip()))


def forms_of_days(kind: Kind, values: Sequence[str]) -> tuple[str, ...]:
    """The form in which all of some days or points in time are written; nothing where it is ISO 8601 or unknown.

    >>> forms_of_days(Kind.DATE, ["24/12/2010", "1/1/2011"]), forms_of_days(Kind.DATE, ["2010-12-24"])
    (('%d/%m/%Y',), ())
    """
    if kind not in (Kind.DATE, Kind.TIMESTAMP) or not values or all(map(_ISO_DAY.fullmatch, values)):
        return ()
    forms = _FORMS
    if kind is Kind.TIMESTAMP:
        forms = tuple(f"{form} {clock}" for form in (*_FORMS, "%Y-%m-%d") for clock in _CLOCKS)
    return next(((form,) for form in forms if all(_fits(value, form) for value in values)), ())


def read_as(column: Column, values: Sequence[str]) -> Conversion | None:
    """How the values are read, where that is not as the kind of their column."""
    if column.type is Kind.DATE and values and all(map(_MONTH.fullmatch, values)):
        return "month"
    if column.type is not Kind.MINUTES:
        return column.entered_in
    if column.entered_in == "clock":
        return "clock"
    in_hours = any(_CLOCK.fullmatch(value) or "," in value or "." in value for value in values)
    return "hours" if in_hours or (column.entered_in == "hours" and not values) else None


def decimal_sign(values: Sequence[str]) -> Sign | None:
    """The decimal sign of some amounts, where all that show one show the same.

    >>> decimal_sign(["1 234,50", "12"]), decimal_sign(["1,234.50", "3,50"])
    (',', None)
    """
    signs = {found[1] for found in map(_DECIMAL.search, values) if found}
    if len(signs) != 1:
        return None
    return "," if signs == {","} else "."


def _fits(value: str, form: str) -> bool:
    try:
        datetime.strptime(value, form)
    except ValueError:
        return False
    return True
