"""What the page says of the delivered files: how each was understood, what was stored, what was refused and why."""

import json
from dataclasses import dataclass

from tillit.catalogue import Kind
from tillit.report.names import Names
from tillit.report.values import kind_of, text, whole
from tillit.report.words import DELIMITER, STATUS
from tillit.store import Delivery, Refusal, Remark, Result, Total

REFUSALS_SHOWN = 20
REFUSALS_IN_ALL = 2000
"""Where there are very many files, each shows fewer of its refused lines; the workbook has all of them."""


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
class FileView:
    """One delivered file in words."""

    file: Delivery
    status: str
    source: str
    tables: list[str]
    facts: list[tuple[str, str]]
    mapped: list[tuple[str, str]]
    totals: list[TotalView]
    refusals: list[Refusal]
    remarks: list[Remark]

    @property
    def refusals_left(self) -> int:
        """How many refused lines are in the workbook only."""
        return len(self.file.refusals) - len(self.refusals)


def deliveries_of(result: Result) -> list[Delivery]:
    """The deliveries of a result, by name."""
    return sorted(
        (Delivery.from_json(json.dumps(given)) for given in result.deliveries), key=lambda one: (one.name, one.sha256)
    )


def files_read(result: Result, names: Names) -> list[FileView]:
    """Each delivered file, by name."""
    deliveries = deliveries_of(result)
    shown = min(REFUSALS_SHOWN, max(3, REFUSALS_IN_ALL // max(len(deliveries), 1)))
    return [_file(delivery, shown, names) for delivery in deliveries]


def _file(delivery: Delivery, shown: int, names: Names) -> FileView:
    return FileView(
        file=delivery,
        status=STATUS.get(delivery.status, delivery.status),
        source=delivery.source_title or delivery.source or "Okänt innehåll",
        tables=[f"{names.table(table)}: {whole(rows)}" for table, rows in sorted(delivery.rows.items())],
        facts=_facts(delivery),
        mapped=[(one.heading, _column(one.column, delivery, names)) for one in delivery.mapped],
        totals=[_total(one, delivery, names) for one in delivery.totals],
        refusals=delivery.refusals[:shown],
        remarks=delivery.remarks[:shown],
    )


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
    table, name = _place(column, delivery, names)
    return names.label(table, name)


def _place(column: str, delivery: Delivery, names: Names) -> tuple[str, str]:
    table, _, name = column.rpartition(".")
    tables = [table] if table else [one for one in delivery.rows if names.column(one, name)]
    return (tables[0] if tables else ""), name


def _total(total: Total, delivery: Delivery, names: Names) -> TotalView:
    table, name = _place(total.of, delivery, names)
    kind = kind_of(name, names.column(table, name))

    def shown(value: int | None) -> str:
        return text(value, kind if kind in {Kind.ORE, Kind.MINUTES} else Kind.INTEGER)

    of = names.label(table, name) if names.column(table, name) else total.of
    return TotalView(
        of="Rader" if of == "rows" else of,
        read=shown(total.read),
        stored=shown(total.stored),
        refused=shown(total.refused),
        stated=shown(total.stated),
        differs=total.stated is not None and total.stated != total.read,
    )
