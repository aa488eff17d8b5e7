"""What the page says of the delivered files: how each was understood, what was stored, what was refused and why."""

import json
from dataclasses import dataclass

from tillit.catalogue import Kind
from tillit.report.names import Names
from tillit.report.values import kind_of, text, whole
from tillit.report.words import DELIMITER, STATUS
from tillit.store import Delivery, Refusal, Remark, Result, Total

REASONS_SHOWN = 20
REASONS_IN_ALL = 2000
"""Where there are very many files, each shows fewer of its reasons; the workbook has every refused line."""

LINES_NAMED = 20


_OF = {"rows": "Rader"}


@dataclass(frozen=True)
class TotalView:
    """A sum before and after, in words; `differs` where the file itself states another."""

    of: str
    read: str
    stored: str
    refused: str
    stated: str
    differs: bool


@dataclass(frozen=True)
class RefusedLines:
    """Lines that were refused for the same reason. `lines` names the first of them; '' is the whole file."""

    count: int
    lines: str
    what: str
    fix: str


@dataclass(frozen=True)
class FileView:
    """One delivered file in words. `mapped` are headings that have another name with us, `alike` the others."""

    file: Delivery
    status: str
    source: str
    tables: list[str]
    facts: list[tuple[str, str]]
    mapped: list[tuple[str, str]]
    alike: list[str]
    totals: list[TotalView]
    refused: list[RefusedLines]
    remarks: list[Remark]

    @property
    def refusals_left(self) -> int:
        """How many refused lines are in the workbook only."""
        return len(self.file.refusals) - sum(group.count for group in self.refused)


def deliveries_of(result: Result) -> list[Delivery]:
    """The deliveries of a result, by name."""
    return sorted(
        (Delivery.from_json(json.dumps(given)) for given in result.deliveries), key=lambda one: (one.name, one.sha256)
    )


def files_read(result: Result, names: Names) -> list[FileView]:
    """Each delivered file, by name."""
    deliveries = deliveries_of(result)
    shown = min(REASONS_SHOWN, max(3, REASONS_IN_ALL // max(len(deliveries), 1)))
    return [_file(delivery, shown, names) for delivery in deliveries]


def _file(delivery: Delivery, shown: int, names: Names) -> FileView:
    mapped = [(one.heading, _column(one.column, delivery, names)) for one in delivery.mapped]
    return FileView(
        file=delivery,
        status=STATUS.get(delivery.status, delivery.status),
        source=delivery.source_title or delivery.source or "Okänt innehåll",
        tables=[f"{names.table(table)}: {whole(rows)}" for table, rows in sorted(delivery.rows.items())],
        facts=_facts(delivery),
        mapped=[pair for pair in mapped if pair[0] != pair[1]],
        alike=[heading for heading, column in mapped if heading == column],
        totals=[_total(one, delivery, names) for one in delivery.totals],
        refused=_by_reason(delivery.refusals)[:shown],
        remarks=delivery.remarks[:shown],
    )


def _by_reason(refusals: list[Refusal]) -> list[RefusedLines]:
    """Refused lines by their reason, in the order in which the reasons first come."""
    lines: dict[tuple[str, str], list[int]] = {}
    for one in refusals:
        lines.setdefault((one.what, one.fix), []).append(one.line)
    return [RefusedLines(len(found), _first_lines(found), *reason) for reason, found in lines.items()]


def _first_lines(lines: list[int]) -> str:
    """The first line numbers of many.

    >>> _first_lines([3, 4]), _first_lines([0])
    ('3, 4', '')
    """
    more = [f"… ({len(lines)})"] if len(lines) > LINES_NAMED else []
    return ", ".join([*(str(line) for line in lines[:LINES_NAMED] if line), *more])


def _facts(delivery: Delivery) -> list[tuple[str, str]]:
    facts = [
        ("Teckenkod", delivery.encoding),
        ("Skiljetecken", DELIMITER.get(delivery.delimiter, delivery.delimiter)),
        ("Rubriker på rad", str(delivery.header_line or "")),
        ("Tomma rader", whole(delivery.lines_blank) if delivery.lines_blank else ""),
        ("Storlek", f"{whole(delivery.size)}\u00a0byte"),
        ("Kontrollsumma (SHA-256)", delivery.sha256),
    ]
    return [(label, value) for label, value in facts if value]


def _column(column: str, delivery: Delivery, names: Names) -> str:
    """What a canonical column is called, given as `column` or `table.column`."""
    table, _, name = column.rpartition(".")
    tables = [table] if table else [one for one in delivery.rows if names.column(one, name)]
    if not tables:
        return _OF.get(name, name)
    known = names.column(tables[0], name)
    return known.sv if known else name


def _total(total: Total, delivery: Delivery, names: Names) -> TotalView:
    """A sum in words; `of` is a column, or a part of the file and what is summed over it."""
    part, _, column = total.of.rpartition(": ")
    name = column.rpartition(".")[2]
    kind = next(
        (known.type for table in delivery.rows if (known := names.column(table, name))), kind_of(name)
    )  # fmt: skip

    def shown(value: int | None) -> str:
        return text(value, kind if kind in {Kind.ORE, Kind.MINUTES} else Kind.INTEGER)

    return TotalView(
        of=": ".join(one for one in (names.said(part) or part, _column(column, delivery, names)) if one),
        read=shown(total.read),
        stored=shown(total.stored),
        refused=shown(total.refused),
        stated=shown(total.stated),
        differs=total.stated is not None and total.stated != total.read,
    )
