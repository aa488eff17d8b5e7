"""Fills the quantities of a day into a control's SQL, so that what is shown is what runs."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tillit.catalogue import Catalogue, ContentError, Control, Parameter, Prepared

_NAMES = re.compile(r"'(?:[^']|'')*'|--[^\n]*|\$([A-Za-z_]\w*)")
_FIRST_WITH = re.compile(r"((?:\s|--[^\n]*\n)*)WITH\b", re.IGNORECASE)


def filled_sql(content: Control | Prepared, catalogue: Catalogue, day: date, *, sql: str | None = None) -> str:
    """The SQL with the day's values in place of every $name, and dated quantities as tables before it.

    Takes: `sql`, another form of it than the portable one.
    Raises: ContentError where a quantity is not known for the day.
    """
    values = {name: literal(number) for name, number in parameter_values(content, catalogue, day).items()}
    values["day"] = f"DATE '{day}'"
    filled = _NAMES.sub(lambda found: values[found[1]] if found[1] else found[0], sql or content.sql)
    tables = [_dated_table(name, _parameter(catalogue, use.parameter)[0]) for name, use in content.dated.items()]
    if not tables:
        return filled
    start = _FIRST_WITH.match(filled)
    rest = ",\n" + filled[start.end() :] if start else "\n" + filled
    return "WITH " + ",\n".join(tables) + rest


def parameter_values(content: Control | Prepared, catalogue: Catalogue, day: date) -> dict[str, int | Decimal]:
    """What each $name of the SQL stands for on a day, as the SQL sees it.

    A quantity with a number for each key is named with its key: `controls.overlap_tolerance.manual`.

    Raises: ContentError where a quantity is not known for the day, or there is no such quantity.
    """
    numbers: dict[str, int | Decimal] = {}
    for name, id in content.parameters.items():
        parameter, key = _parameter(catalogue, id)
        held = parameter.on(day).value
        number = held.get(key) if isinstance(held, Mapping) else held
        if number is None:
            known = f"known: {', '.join(held)}" if isinstance(held, Mapping) else ""
            raise ContentError(f"'{parameter.id}' has no number for '{key}'", fix=known)
        numbers[name] = parameter.in_sql(number)
    return numbers


def literal(number: int | Decimal) -> str:
    """A number as SQL.

    >>> literal(Decimal("0.10")), literal(-3)
    ('0.10', '-3')
    """
    return str(number) if isinstance(number, int) else format(number, "f")


def _parameter(catalogue: Catalogue, id: str) -> tuple[Parameter, str]:
    """A parameter by its id, or by its id and one of its keys."""
    if id in catalogue.parameters:
        return catalogue.parameters[id], ""
    start, _, key = id.rpartition(".")
    if start in catalogue.parameters:
        return catalogue.parameters[start], key
    raise ContentError(f"there is no parameter '{id}'", fix="see the folders and files of content/parameters")


def _dated_table(name: str, parameter: Parameter) -> str:
    """A dated quantity as a table that the SQL can join: valid_from, valid_to, key, value."""
    rows = [
        f"(DATE '{span.valid_from}', DATE '{span.valid_to}', '{span.key}', {literal(parameter.in_sql(span.value))})"
        for span in parameter.spans()
    ]
    return f"{name}(valid_from, valid_to, key, value) AS (\n  VALUES\n    " + ",\n    ".join(rows) + "\n)"
