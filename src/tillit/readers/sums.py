"""Sums over a document: as read, as stored, as refused, and as the file itself states them."""

from collections.abc import Iterable
from decimal import Decimal

from tillit.catalogue import Kind
from tillit.readers.canonical import Taken
from tillit.readers.parts import Stated
from tillit.store import Remark, Total

SUMMED = (Kind.ORE, Kind.MINUTES)
_ASK = "ask the sender whether lines are missing or changed"


def column_sums(rows: list[Taken]) -> list[Total]:
    """One sum for each column of öre or minutes that has a value anywhere; unit prices too, as control sums."""
    totals: list[Total] = []
    for table in {taken.table.table: taken.table for taken in rows}.values():
        of_table = [taken for taken in rows if taken.table is table]
        for name, column in table.columns.items():
            if column.type in SUMMED and any(taken.values.get(name) is not None for taken in of_table):
                totals.append(_total(f"{table.table}.{name}", name, of_table, None))
    return totals


def stated_sums(rows: list[Taken], stated: Iterable[Stated]) -> tuple[list[Total], list[Remark]]:
    """The sums that the file states, beside those of its rows, and a remark on each that differs."""
    totals: list[Total] = []
    remarks: list[Remark] = []
    for said in stated:
        counted = [taken for taken in rows if said.counted_in in taken.row.counted_in]
        total = _total(f"{said.counted_in}: {said.of}", said.of, counted, said.value)
        totals.append(total)
        if total.read != said.value:
            remarks.append(Remark(said.line, _difference(said, total.read), _ASK))
    return totals, remarks


def _difference(said: Stated, read: int) -> str:
    if said.of == "rows":
        return f"{said.counted_in}: the file states {said.value} rows, and has {read}"
    is_money = said.of.endswith("_ore")
    stated, given = _shown(said.value, is_money), _shown(read, is_money)
    return f"{said.counted_in}: the file states {stated} as the sum of {said.of}, and its lines give {given}"


def _total(of: str, column: str, rows: list[Taken], stated: int | None) -> Total:
    stored = sum(_amount(taken, column) for taken in rows if not taken.faults)
    refused = sum(_amount(taken, column) for taken in rows if taken.faults)
    return Total(of, stored + refused, stored, refused, stated)


def _amount(taken: Taken, column: str) -> int:
    """What a row adds to a sum: its value, nothing where there is none, or one when rows are counted."""
    if column == "rows":
        return 1
    value = taken.values.get(column)
    return value if isinstance(value, int) else 0


def _shown(value: int, is_money: bool) -> str:
    """A sum as a remark shows it, öre as kronor.

    >>> _shown(-125, True), _shown(2, False)
    ('-1.25', '2')
    """
    return f"{Decimal(value) / 100:.2f}" if is_money else str(value)
