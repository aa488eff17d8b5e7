"""Every source with a sample is tested by it: what the sample becomes stands beside it in expected.yaml.

    status: accepted_with_remarks          # may be left out, as may every part
    lines: {read: 4, stored: 3, refused: 1}
    refused: [{line: 4, what: the whole sentence}]
    remarks: [the whole sentence]
    totals: {invoice.gross_ore: {stored: 125000}}
    rows:                                  # all rows of a table in order; of each, the columns named
      invoice: [{number: "1001", gross_ore: 125000}]

Persons are written as the sample has them in twelve digits, local numbers as `provider:number`; a sole trader is
`E-` and twelve digits, a bank account `BA-` and its number. Times are UTC, `2025-03-03 07:00`.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from tillit.catalogue import PROVENANCE, Catalogue, Kind, content_folder, load
from tillit.readers import read_file
from tillit.store import Delivery, Store, code

SAMPLES = sorted(path for path in (content_folder() / "sources").glob("*/sample.*"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_the_sample_becomes_what_is_expected(sample: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    expected = yaml.safe_load(sample.with_name("expected.yaml").read_text(encoding="utf-8"))
    store = Store(tmp_path / "store", tmp_path / "protected")
    delivery = read_file(sample, store, catalogue)
    assert delivery.source == sample.parent.name
    assert told(delivery, expected) == {part: expected[part] for part in expected if part != "rows"}
    for table, rows in expected.get("rows", {}).items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        found = stored(store, delivery, catalogue, table, columns)
        assert [{name: row[name] for name in wanted} for row, wanted in zip(found, rows, strict=True)] == [
            {name: read(store, catalogue, table, name, value) for name, value in row.items()} for row in rows
        ]


def told(delivery: Delivery, expected: dict[str, Any]) -> dict[str, Any]:
    """What the delivery says of the parts that are expected."""
    lines = {"read": delivery.lines_read, "stored": delivery.lines_stored, "refused": delivery.lines_refused}
    totals = {total.of: total for total in delivery.totals}
    whole = {
        "status": delivery.status,
        "lines": {name: lines[name] for name in expected.get("lines", {})},
        "refused": [{"line": refusal.line, "what": refusal.what} for refusal in delivery.refusals],
        "remarks": [remark.what for remark in delivery.remarks],
        "totals": {
            of: {name: getattr(totals[of], name) for name in sums} for of, sums in expected.get("totals", {}).items()
        },
    }
    return {part: whole[part] for part in expected if part != "rows"}


def stored(
    store: Store, delivery: Delivery, catalogue: Catalogue, table: str, columns: list[str]
) -> list[dict[str, object]]:
    """The stored rows of a table, with persons as the numbers behind them."""
    (file,) = store.parquet(table, [delivery.sha256])
    rows = duckdb.sql(f"select {', '.join(columns)} from read_parquet('{file}') order by row_id").fetchall()
    kinds = [_kind(catalogue, table, name) for name in columns]
    return [
        {name: _shown(store, kind, value) for name, kind, value in zip(columns, kinds, row, strict=True)}
        for row in rows
    ]


def read(store: Store, catalogue: Catalogue, table: str, name: str, value: Any) -> object:
    """An expected value in the form of `stored`."""
    kind = _kind(catalogue, table, name)
    text = str(value)
    if kind is Kind.ORGANISATION and text.startswith("E-"):
        return f"E-{code(store.persons.pseudonym(text[2:]))}"
    if kind is Kind.ACCOUNT and text.startswith("BA-"):
        return f"BA-{code(store.persons.pseudonym(text[3:], 'account'))}"
    if value is not None and kind in (Kind.PERSON, Kind.DATE, Kind.TIMESTAMP):
        return text
    return Decimal(text) if kind is Kind.DECIMAL and value is not None else value


def _kind(catalogue: Catalogue, table: str, name: str) -> Kind:
    return Kind.INTEGER if name in PROVENANCE else catalogue.tables[table].columns[name].type


def _shown(store: Store, kind: Kind, value: object) -> object:
    if kind is Kind.PERSON and isinstance(value, int):
        return store.persons.identities([value], why="test", at=datetime(2026, 1, 1, tzinfo=UTC))[value]
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else value
