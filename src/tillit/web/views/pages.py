"""Long lists, a page at a time."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

MOST = 1_000
"""No list is counted or turned further: whoever wants row 1 001 chooses more narrowly."""


class Counted(Paginator):  # type: ignore[type-arg]
    """A list of which a page at a time is read: first the keys of its rows by an index, then those few rows whole.

    It is counted no further than anyone turns pages: counting a million rows takes seconds.
    """

    def __init__(self, found: QuerySet[Any], page: int, *, shown: Callable[[list[int]], Sequence[Any]] | None = None):
        super().__init__(found, page)
        self.shown = shown

    @cached_property
    def count(self) -> int:
        """How many rows there are, or MOST."""
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST].count())

    @property
    def is_cut(self) -> bool:
        """Whether there may be more rows than can be turned to."""
        return self.count == MOST

    def page(self, number: int | str) -> Page[Any]:
        """The rows of a page, in the order of the list."""
        found = super().page(number)
        if self.shown:
            rows: Any = found.object_list
            found.object_list = self.shown(list(rows.values_list("pk", flat=True)))
        return found


class Ahead(Paginator):  # type: ignore[type-arg]
    """A list that is not counted at all: it knows only whether there is a page after the one that is shown."""

    is_ahead = True

    def __init__(self, found: QuerySet[Any], page: int):
        super().__init__(found, page)
        self._last = 1

    @cached_property
    def num_pages(self) -> int:
        """As far as has been seen."""
        return self._last

    def get_page(self, number: Any) -> Page[Any]:
        """A page by its number; the first one where that is no number."""
        asked = min(int(number), MOST // self.per_page) if str(number).isdecimal() and int(number) > 0 else 1
        start = (asked - 1) * self.per_page
        rows: Any = self.object_list
        read = list(rows[start : start + self.per_page + 1])
        self._last = asked + 1 if len(read) > self.per_page else asked
        return Page(read[: self.per_page], asked, self)
