"""Whether work was done under a permit, with the grace that each client has from the day just that client was told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Standing = Literal["valid", "grace", "unclear", "none"]


@dataclass(frozen=True)
class PermitSpan:
    """Days on which a permit held, and the day the client of this settlement was told that it had ended."""

    row: str
    first: date
    last: date | None = None
    client_told_on: date | None = None


def standing_on(day: date, spans: Iterable[PermitSpan], grace_days: int, agreed_on: date | None = None) -> Standing:
    """Whether work of a day is paid: under the permit, within the grace, or not; `unclear` is for a person to look at.

    The grace holds where a permit held during the agreement. When nobody knows on which day the client was told,
    nothing is presumed either way.

    Takes: the day the client's agreement with the provider began, where it is known.
    Law: 1993:387 9 d §; 2010:110 51 kap. 16 b §.

    >>> ended = [PermitSpan("T1", date(2020, 1, 1), date(2026, 2, 20), client_told_on=date(2026, 3, 1))]
    >>> [standing_on(date(2026, 3, day), ended, 14) for day in (14, 15, 16)]
    ['grace', 'grace', 'none']
    """
    found: Standing = "none"
    for span in spans:
        if day < span.first:
            continue
        if span.last is None or day <= span.last:
            return "valid"
        if agreed_on and agreed_on > span.last:
            continue
        if span.client_told_on is None:
            found = "unclear" if found == "none" else found
        elif day <= max(span.client_told_on, span.last) + timedelta(days=grace_days):
            found = "grace"
    return found
