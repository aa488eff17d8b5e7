"""Reading a CSV of time entries into checked, pseudonymised Parquet, against DuckDB's plain copy of the same file."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.ratio import Ratio, in_turns
from tillit.catalogue import Catalogue, load
from tillit.readers import read_file
from tillit.store import Store

GOAL = 4.0
_SEED = 20250331
_ROWS_PER_PROVIDER = 20_000


def run(rows: int) -> list[Ratio]:
    """One ratio: `read_file` against `COPY (SELECT * FROM read_csv(...)) TO ... (FORMAT parquet)`."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "time_entries.csv"
        write_time_entries(file, rows)
        catalogue = load()
        measured = in_turns(
            f"read {rows:,} time entries / plain copy of the CSV to Parquet",
            lambda: _read(file, Path(folder) / "ours", catalogue, rows),
            lambda: _copy(file, Path(folder) / "theirs.parquet"),
            goal=GOAL,
        )
    return [measured]


def write_time_entries(file: Path, rows: int) -> None:
    """A year of made-up time entries in the template's own columns, always the same for as many rows.

    One shift in eight goes on past midnight. Twelve of its ten thousand lines have something wrong with them.
    """
    providers = max(rows // _ROWS_PER_PROVIDER, 1)
    sql = f"""
        WITH drawn AS (
            SELECT i, hash(i, {_SEED}) AS h, hash(i, {_SEED} + 1) AS g FROM range({rows}) AS _(i)
        ), shift AS (
            SELECT i, g,
                h % {providers} AS provider,
                CASE WHEN h % 8 = 0 THEN 1140 + (h >> 8) % 240 ELSE 360 + (h >> 8) % 600 END AS begins,
                120 + 15 * ((h >> 20) % 25) AS lasts
            FROM drawn
        )
        SELECT
            'R' || i AS "Rad",
            '16' || (5560000000 + provider * 37)::VARCHAR AS "Anordnare",
            'A' || provider || '-' || g % 120 AS "Assistent",
            'K' || provider || '-' || (g >> 8) % 45 AS "Brukare",
            CASE WHEN g % 10000 < 6 THEN '2025-02-30'
                ELSE strftime(DATE '2025-01-01' + ((g >> 16) % 365)::INTEGER, '%Y-%m-%d') END AS "Datum",
            printf('%02d:%02d', (begins // 60)::INTEGER, (begins % 60)::INTEGER) AS "Från",
            CASE WHEN g % 10000 BETWEEN 6 AND 11 THEN '25:00' ELSE
                printf('%02d:%02d', ((begins + lasts) // 60 % 24)::INTEGER, ((begins + lasts) % 60)::INTEGER)
            END AS "Till",
            ['Aktiv tid', 'Aktiv tid', 'Aktiv tid', 'Väntetid', 'Beredskap'][1 + ((g >> 24) % 5)::INTEGER] AS "Typ"
        FROM shift ORDER BY i
    """
    with duckdb.connect() as con:
        con.execute(f"COPY ({sql}) TO '{file}' (FORMAT csv, DELIMITER ';', HEADER)")


def _read(file: Path, folder: Path, catalogue: Catalogue, rows: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    delivery = read_file(file, Store(folder / "data", folder / "protected"), catalogue)
    if delivery.lines_read != rows:
        raise RuntimeError(f"{delivery.lines_read} of {rows} lines were read: {delivery.refusals[:3]}")


def _copy(file: Path, to: Path) -> None:
    with duckdb.connect() as con:
        con.execute(f"COPY (SELECT * FROM read_csv('{file}')) TO '{to}' (FORMAT parquet, COMPRESSION zstd)")
