"""When something must be done: the deadlines of a process, from dated parameters."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tillit.catalogue import Due, Process
from tillit.errors import BrokenError
from tillit.units import add_months, add_working_days
from tillit.web.rules.content import catalogue


def due_on(
    process: Process,
    state: str,
    *,
    entered: date,
    opened: date,
    urgent: bool = False,
    fields: Mapping[str, Any] | None = None,
) -> date | None:
    """The day by which something must be done in a state: its own deadline, or the whole process's if that is sooner.

    Takes: the day the state was entered and the day the matter was opened. None where nothing is due.
    """
    found = process.states[state]
    if found.final:
        return None
    days = []
    if found.due:
        start = opened if found.due.since == "opened" else entered
        said = (fields or {}).get(found.due.field) if found.due.field else None
        days.append(date.fromisoformat(said) if said else ends(found.due, start, urgent=urgent))
    if process.total:
        said = (fields or {}).get(process.total.field) if process.total.field else None
        days.append(date.fromisoformat(said) if said else ends(process.total, opened, urgent=urgent))
    days += [date.fromisoformat(said) for name in process.also_due if (said := (fields or {}).get(name))]
    return min(days, default=None)


def ends(due: Due, start: date, *, urgent: bool = False) -> date:
    """The last day of a deadline counted from a day.

    Months end on the same day of the month, or on its last day where it has no such day.
    """
    parameter = catalogue().parameters[due.urgent if urgent and due.urgent else due.parameter]
    number = whole(parameter.id, start)
    if parameter.unit == "months":
        return add_months(start, number)
    return add_working_days(start, number) if due.days == "working" else start + timedelta(days=number)


def whole(parameter: str, day: date) -> int:
    """A parameter that is one whole number, on a day."""
    value = catalogue().parameters[parameter].on(day).value
    if isinstance(value, dict):
        raise BrokenError(f"'{parameter}' has a value for each key, and one is asked for")
    return int(value)
