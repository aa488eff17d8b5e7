"""The delivered side of the workbook: the rows behind findings, and what was read, refused and remarked."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from tillit.catalogue import Kind
from tillit.report.names import Names
from tillit.report.sheet import Cell, Column
from tillit.report.values import kind_of, local, text
from tillit.report.words import STATUS
from tillit.store import Delivery, Evidence, Finding, Value

Behind = tuple[Finding, Evidence]

_STYLES = {
    Kind.ORE: "amount",
    Kind.MINUTES: "whole",
    Kind.INTEGER: "whole",
    Kind.DECIMAL: "number",
    Kind.DATE: "day",
    Kind.TIMESTAMP: "time",
}
_WIDTHS = {"amount": 14, "whole": 10, "number": 10, "day": 11, "time": 16, "text": 18}


def moment(text: str | None) -> Cell:
    """A day or an instant as a spreadsheet holds it, on the town's clock; what is neither stays a text."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(local(text))
    except ValueError:
        return text


def behind_rows(findings: Iterable[Finding]) -> Iterator[Behind]:
    """Each delivered row with the finding that it stands behind."""
    return ((finding, row) for finding in findings for row in finding.evidence)


def behind_columns(findings: Sequence[Finding], names: Names) -> list[Column[Behind]]:
    """Where the row stands, and one column for each heading that any of the rows has a value under."""
    return [
        Column("Fynd", 12, "text", lambda pair: pair[0].id),
        Column("Underlag", 20, "text", lambda pair: names.table(pair[1].table)),
        Column("Fil", 28, "text", lambda pair: pair[1].file),
        Column("På rad", 8, "whole", lambda pair: pair[1].line),
        *_value_columns(findings, names),
    ]


def _value_columns(findings: Sequence[Finding], names: Names) -> Iterator[Column[Behind]]:
    used = {
        (row.table, name) for _, row in behind_rows(findings) for name, value in row.values.items() if value is not None
    }
    places: dict[tuple[str, Kind], dict[str, str]] = {}
    for table, name in sorted(used, key=lambda place: _order(place, names)):
        column = names.column(table, name)
        places.setdefault((_heading(table, name, names), kind_of(name, column)), {})[table] = name
    often = Counter(heading for heading, _ in places)
    for (heading, kind), name_in in places.items():
        style = _STYLES.get(kind, "text")
        apart = f" ({', '.join(map(names.table, name_in))})" if often[heading] > 1 else ""
        yield Column(heading + apart, _WIDTHS[style], style, _value_of(kind, name_in, names))


def _order(place: tuple[str, str], names: Names) -> tuple[str, int, str]:
    """Tables by name, their columns in their own order."""
    table, name = place
    known = names.catalogue.tables.get(table)
    columns = list(known.columns) if known else []
    return table, columns.index(name) if name in columns else len(columns), name


def _heading(table: str, name: str, names: Names) -> str:
    """The template's heading, but hours are minutes here, and kronor may be another currency."""
    column = names.column(table, name)
    if column is None:
        return name
    if column.type is Kind.MINUTES:
        return column.sv.replace("(timmar)", "(minuter)")
    return names.label(table, name) if names.column(table, "currency") else column.sv


def _value_of(kind: Kind, name_in: dict[str, str], names: Names) -> Callable[[Behind], Cell]:
    def value(pair: Behind) -> Cell:
        row = pair[1]
        name = name_in.get(row.table)
        given = row.values.get(name) if name else None
        return None if given is None or name is None else _cell(given, kind, row.table, name, names)

    return value


def _cell(value: Value, kind: Kind, table: str, name: str, names: Names) -> Cell:
    if isinstance(value, int) and not isinstance(value, bool):
        return value / 100 if kind is Kind.ORE else value
    if isinstance(value, str) and kind in (Kind.DATE, Kind.TIMESTAMP):
        return moment(value)
    if isinstance(value, str) and kind is Kind.DECIMAL:
        try:
            return Decimal(value)
        except InvalidOperation:
            return value
    return text(value, kind, names.column(table, name))


@dataclass(frozen=True)
class FileRow:
    """A row about a delivered file: the file itself, one of its refused lines, or a remark."""

    file: Delivery
    kind: str
    line: int | None = None
    what: str = ""
    fix: str = ""


def file_rows(deliveries: Iterable[Delivery]) -> Iterator[FileRow]:
    """Each file, followed by every line that was refused and every remark."""
    for file in deliveries:
        yield FileRow(file, "Fil")
        yield from (FileRow(file, "Avvisad rad", one.line or None, one.what, one.fix) for one in file.refusals)
        yield from (FileRow(file, "Anmärkning", one.line or None, one.what, one.fix) for one in file.remarks)


def file_columns(names: Names) -> list[Column[FileRow]]:
    """What a row about a file says; the counts stand on the file's own row, so that they can be summed."""

    def of_file(number: int, row: FileRow) -> int | None:
        return number if row.kind == "Fil" else None

    return [
        Column("Fil", 32, "text", lambda row: row.file.name),
        Column("Läst som", 30, "text", lambda row: row.file.source_title or row.file.source),
        Column("Läge", 22, "text", lambda row: STATUS.get(row.file.status, row.file.status)),
        Column("Slag", 14, "text", lambda row: row.kind),
        Column("Rad", 8, "whole", lambda row: row.line),
        Column("Vad", 60, "wrapped", lambda row: names.said(row.what) or row.what),
        Column("Att göra", 50, "wrapped", lambda row: names.said(row.fix) or row.fix),
        Column("Lästa rader", 10, "whole", lambda row: of_file(row.file.lines_read, row)),
        Column("Lagrade", 10, "whole", lambda row: of_file(row.file.lines_stored, row)),
        Column("Avvisade", 10, "whole", lambda row: of_file(row.file.lines_refused, row)),
        Column("Kontrollsumma (SHA-256)", 20, "text", lambda row: row.file.sha256 if row.kind == "Fil" else ""),
    ]
