"""Units: the town's clock, whole minutes, whole öre, periods and working days."""

from tillit.units.clock import (
    TOWN,
    ClockGap,
    Interval,
    NoLength,
    NotAClockTime,
    Piece,
    clock_minute,
    day_minutes,
    interval,
    local_date,
    local_instants,
    midnight,
    minutes_between,
    split_at_midnight,
)
from tillit.units.decimals import AmbiguousNumber, NotANumber, Sign, nearest, parse_decimal, shown

__all__ = [
    "TOWN",
    "AmbiguousNumber",
    "ClockGap",
    "Interval",
    "NoLength",
    "NotAClockTime",
    "NotANumber",
    "Piece",
    "Sign",
    "clock_minute",
    "day_minutes",
    "interval",
    "local_date",
    "local_instants",
    "midnight",
    "minutes_between",
    "nearest",
    "parse_decimal",
    "shown",
    "split_at_midnight",
]
