"""What is told of how a table was understood: where each column went, and what is odd about its numbers."""

from collections.abc import Iterator, Sequence

import duckdb

from tillit.catalogue import Table
from tillit.readers.headings import Fit, folded
from tillit.readers.recognise import Recognition
from tillit.store import Delivery, Mapped, Remark

_HEADINGS_NAMED = 10


def describe(delivery: Delivery, found: Fit, seen: Recognition, table: Table) -> None:
    """Writes into the delivery how the file was understood, before any line of it is read."""
    delivery.encoding = f"{seen.kind}, sheet '{seen.sheet}'" if seen.sheet else seen.encoding
    delivery.delimiter, delivery.header_line = seen.delimiter, seen.header_line
    columns = _columns(found, table)
    reasons = {folded(heading): why for heading, why in found.source.ignores.items()}
    for place, heading in enumerate(seen.headings):
        name = folded(heading)
        if column := columns.get(place):
            delivery.mapped.append(Mapped(heading, column))
        elif name in reasons:
            delivery.ignored[heading] = reasons[name]
        elif name:
            delivery.unread.append(heading)
    if delivery.unread:
        delivery.remarks.append(_unread_remark(delivery.unread))
    if seen.also:
        what = f"the headings are also those of {', '.join(seen.also)}"
        delivery.remarks.append(Remark(0, what, f"say which source it is, if it is not {found.source.id}"))


def nameless_remarks(con: duckdb.DuckDBPyConnection, places: Sequence[int]) -> Iterator[Remark]:
    """Tells of columns that have no heading and something in them."""
    for place in places:
        lines = con.execute(f"SELECT count(*) FROM raw WHERE trim(c{place}) <> ''").fetchall()[0][0]
        if lines:
            what = f"column {place + 1} has no heading and was not read: {lines} lines have something in it"
            yield Remark(0, what, "give it a heading if it matters")


def _columns(found: Fit, table: Table) -> dict[int, str]:
    """Place in the file -> the column it is read into."""
    columns: dict[int, str] = {}
    for name, given in found.source.columns.items():
        place = found.place([*given.from_, *given.by_filled])
        if place is not None:
            columns.setdefault(place, name)
        columns.update({found.places[folded(one)]: name for one in given.by_filled if folded(one) in found.places})
    interval = found.source.interval
    entered = {column.entered_as: name for name, column in table.columns.items() if column.entered_as}
    if interval:
        parts = {"day": (*interval.month, *interval.day), "start": interval.start}
        parts["end"] = (*interval.end, *interval.end_day)
        for part, spellings in parts.items():
            for spelling in spellings:
                if folded(spelling) in found.places:
                    columns[found.places[folded(spelling)]] = entered.get(part, part)  # type: ignore[call-overload]
    for heading in found.source.sets_aside:
        if folded(heading) in found.places:
            columns.setdefault(found.places[folded(heading)], "(sets lines aside)")
    return columns


def _unread_remark(headings: Sequence[str]) -> Remark:
    """Says which columns no one has decided about."""
    fix = "under columns or ignores in source.yaml"
    if len(headings) == 1:
        return Remark(0, f"column '{headings[0]}' was not read", f"name it {fix}")
    named = ", ".join(f"'{heading}'" for heading in headings[:_HEADINGS_NAMED])
    more = f" and {len(headings) - _HEADINGS_NAMED} more" if len(headings) > _HEADINGS_NAMED else ""
    return Remark(0, f"columns {named}{more} were not read", f"name them {fix}")
