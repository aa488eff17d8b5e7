"""What is told of how a table was understood: where each column went, and what is odd about its numbers."""

from collections.abc import Iterator, Sequence

import duckdb

from tillit.readers.headings import folded
from tillit.readers.recognise import Recognition
from tillit.readers.tabular.plan import Plan
from tillit.store import Delivery, Mapped, Remark

_HEADINGS_NAMED = 10
LOST_LETTER = "\ufffd"


def describe(delivery: Delivery, plan: Plan, seen: Recognition) -> None:
    """Writes into the delivery how the file was understood, before any line of it is read."""
    delivery.encoding = f"{seen.kind}, sheet '{seen.sheet}'" if seen.sheet else seen.encoding
    delivery.delimiter, delivery.header_line = seen.delimiter, seen.header_line
    columns = list(_columns(plan))
    read = {place for place, _ in columns}
    reasons = {folded(heading): why for heading, why in plan.source.ignores.items()}
    for place, heading in enumerate(seen.headings):
        delivery.mapped += [Mapped(heading, column) for at, column in columns if at == place]
        if place in read or not folded(heading):
            continue
        if folded(heading) in reasons:
            delivery.ignored[heading] = reasons[folded(heading)]
        else:
            delivery.unread.append(heading)
    if delivery.unread:
        delivery.remarks.append(_unread_remark(delivery.unread))
    if seen.other_sheets:
        named = ", ".join(f"'{sheet}'" for sheet in seen.other_sheets)
        what = f"only sheet '{seen.sheet}' was read; {named} have the same headings"
        delivery.remarks.append(Remark(0, what, "save each sheet as a file of its own"))
    if seen.also:
        what = f"the headings are also those of {', '.join(seen.also)}"
        delivery.remarks.append(Remark(0, what, f"say which source it is, if it is not {plan.source.id}"))


def nameless_remarks(con: duckdb.DuckDBPyConnection, places: Sequence[int]) -> Iterator[Remark]:
    """Tells of columns that have no heading and something in them."""
    for place in places:
        lines = con.execute(f"SELECT count(*) FROM raw WHERE trim(c{place}) <> ''").fetchall()[0][0]
        if lines:
            what = f"column {place + 1} has no heading and was not read: {lines} lines have something in it"
            yield Remark(0, what, "give it a heading if it matters")


def lost_letters_remark(con: duckdb.DuckDBPyConnection, places: Sequence[int]) -> list[Remark]:
    """Tells of the sign that stands where some program before us could not tell a letter."""
    where = " OR ".join(f"contains(c{place}, '{LOST_LETTER}')" for place in places)
    lines, first = con.execute(f"SELECT count(*), min(line) FROM raw WHERE {where}").fetchall()[0]
    if not lines:
        return []
    what = f"{lines} lines have letters that were lost before the file came"
    return [Remark(first, what, "ask for the file as it was made; names may not be found as they are")]


def _columns(plan: Plan) -> Iterator[tuple[int, str]]:
    """Place in the file, and a column it is read into."""
    for field in plan.fields:
        yield from ((cell, field.column) for cell in field.cells)
    if plan.stretch:
        entered = {column.entered_as: name for name, column in plan.table.columns.items() if column.entered_as}
        yield from ((cell, entered["day"]) for cell in plan.stretch.day)
        yield plan.stretch.start, entered["start"]
        yield plan.stretch.end, entered["end"]
        if plan.stretch.end_day is not None:
            yield plan.stretch.end_day, entered["end"]
    yield from ((aside.cell, "(sets lines aside)") for aside in plan.asides)


def _unread_remark(headings: Sequence[str]) -> Remark:
    """Says which columns no one has decided about."""
    fix = "under columns or ignores in source.yaml"
    if len(headings) == 1:
        return Remark(0, f"column '{headings[0]}' was not read", f"name it {fix}")
    named = ", ".join(f"'{heading}'" for heading in headings[:_HEADINGS_NAMED])
    more = f" and {len(headings) - _HEADINGS_NAMED} more" if len(headings) > _HEADINGS_NAMED else ""
    return Remark(0, f"columns {named}{more} were not read", f"name them {fix}")
