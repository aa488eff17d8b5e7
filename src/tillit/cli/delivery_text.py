"""A delivery in words: how the file was understood, what was stored, what was refused and why."""

from collections.abc import Iterator

from tillit.store import Delivery, Total

_SHOWN = 20  # refused lines and remarks; the report and --json have them all

_WORDS = {"accepted": "read", "accepted_with_remarks": "read, with remarks", "rejected": "not read"}


def in_one_line(name: str, delivery: Delivery) -> str:
    """The file, what it was taken for, and how many lines were stored and refused."""
    if delivery.status == "rejected":
        told = [_told(one.line, one.what, one.fix) for one in delivery.refusals]
        why = next(iter(told), "it is not understood")
        return f"{name}: not read: {why}"
    refused = f", {delivery.lines_refused} refused" if delivery.lines_refused else ""
    return f"{name}: {delivery.source_title}: {delivery.lines_stored} lines stored{refused}"


def in_full(delivery: Delivery) -> Iterator[str]:
    """Line after line, for one who wants to know everything about one file."""
    yield f"{delivery.name}: {_WORDS[delivery.status]}"
    yield from _about_the_file(delivery)
    if delivery.mapped:
        yield "Columns:"
        yield from (f"  {one.heading} -> {one.column}" for one in delivery.mapped)
    yield from (f"  {heading}: not stored: {why}" for heading, why in sorted(delivery.ignored.items()))
    yield from (f"  {heading}: not read by this source" for heading in delivery.unread)
    if delivery.status != "rejected":
        yield from _about_the_lines(delivery)
    yield from _first("Refused:", [_told(one.line, one.what, one.fix) for one in delivery.refusals])
    yield from _first("Remarks:", [_told(one.line, one.what, one.fix) for one in delivery.remarks])


def _about_the_file(delivery: Delivery) -> Iterator[str]:
    if delivery.source:
        yield f"Source: {delivery.source_title} ({delivery.source})"
    if delivery.encoding:
        yield f"Encoding: {delivery.encoding}"
    if delivery.delimiter:
        yield f"Delimiter: {delivery.delimiter!r}"
    if delivery.header_line:
        yield f"Headings: on line {delivery.header_line}"


def _about_the_lines(delivery: Delivery) -> Iterator[str]:
    yield (
        f"Lines: {delivery.lines_read} read = {delivery.lines_stored} stored + {delivery.lines_refused} refused"
        f" ({delivery.lines_blank} blank)"
    )
    yield from (f"  {table}: {rows} rows" for table, rows in sorted(delivery.rows.items()))
    if delivery.totals:
        yield "Totals before and after:"
        yield from (f"  {_total(one)}" for one in delivery.totals)


def _total(total: Total) -> str:
    stated = "" if total.stated is None else f"; the file states {total.stated}"
    return f"{total.of}: {total.read} read = {total.stored} stored + {total.refused} refused{stated}"


def _told(line: int, what: str, fix: str) -> str:
    where = f"line {line}: " if line else ""
    return f"{where}{what}" + (f": {fix}" if fix else "")


def _first(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield title
        yield from (f"  {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"  and {len(lines) - _SHOWN} more"
