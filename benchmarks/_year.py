"""A made-up year of time entries in a store, shaped like a country's: seeded, and the same every time.

Nineteen of twenty rows are home-care visits of 10-60 minutes, about ten a working day and worker; the rest
are assistance shifts around the clock, a quarter of them over midnight, some with two workers. One row in
about a thousand is planted over another of the same worker.
"""

import hashlib
from pathlib import Path

import duckdb

from tillit.catalogue import Catalogue
from tillit.engine.prepare import columns_sql
from tillit.store import Delivery, Store
from tillit.store.delivery import delivery_number

_VISITS_A_WORKER = 2000  # in a year
_ROWS_AN_ASSISTANCE_CLIENT = 1460  # three shifts a day, one of them cut at midnight
_PLANTED = 1075  # one row in so many

_DAYS = """CREATE TABLE day AS
    SELECT d::DATE AS d, timezone('UTC', timezone('Europe/Stockholm', d)) AS midnight, d::DATE - DATE '2025-01-01' AS n
    FROM (SELECT UNNEST(generate_series(TIMESTAMP '2025-01-01', TIMESTAMP '2025-12-31', INTERVAL 1 DAY)) AS d)"""

_ENTRIES = """CREATE TABLE made AS
    WITH home AS (
      SELECT w, d, midnight + to_minutes((420 + 62 * k + hash(w, n, k, 1) % 3)::BIGINT) AS s,
        (10 + hash(w, n, k, 2) % 50)::BIGINT AS m,
        w % {providers} + {providers} * (hash(w, n, k, 3) % {clients_each})::BIGINT AS c,
        w % {providers} AS p, 'visit' AS kind, 'home_care' AS area, k, n
      FROM range({home_workers}) AS r(w), day, range(10) AS q(k) WHERE hash(w, n, 0) % 365 < 200
    ), shift AS (
      SELECT {first} + c * 10 + (n * 3 + k) % 9 AS w, d, midnight + to_minutes((360 + 480 * k)::BIGINT) AS s,
        (CASE WHEN k = 2 THEN 120 WHEN hash(c, n, k) % 10 = 0 THEN 485 ELSE 480 - hash(c, n, k, 1) % 60 END)::BIGINT
          AS m,
        {first} + c AS c, c % {providers} AS p, CASE WHEN k = 2 THEN 'waiting' ELSE 'active' END AS kind, k, n
      FROM range({assisted}) AS r(c), day, range(3) AS q(k)
      UNION ALL
      SELECT {first} + c * 10 + (n * 3 + 2) % 9, d + 1, midnight + to_hours(24), 360, {first} + c, c % {providers},
        'waiting', 3, n
      FROM range({assisted}) AS r(c), day
      UNION ALL  -- one in twelve has a second worker in the morning, as decided
      SELECT {first} + c * 10 + 9, d, midnight + to_hours(8), 120, {first} + c, c % {providers}, 'active', 4, n
      FROM range({assisted}) AS r(c), day WHERE c % 12 = 0
    ), usual AS (
      SELECT w, d, s, m, c, p, kind, area, k, n FROM home
      UNION ALL SELECT w, d, s, m, c, p, kind, 'personal_assistance', k, n FROM shift
    )
    SELECT * FROM usual
    UNION ALL
    SELECT w, d, s + to_minutes(m // 2), m, c + 1, p + hash(w, n, k, 9) % 2, kind, area, k, n
    FROM usual WHERE hash(w, n, k, 7) % {planted} = 0 AND s + to_minutes(m // 2 + m) < s::DATE + to_hours(22)"""

_PERSON = "(hash({0}, '{1}') >> 1)::BIGINT"
_VALUES = {
    "time_entry": {
        "entry_id": "'E' || number",
        "provider_id": "printf('55%08d', p)",
        "worker_id": _PERSON.format("w", "w"),
        "client_id": _PERSON.format("c", "c"),
        "work_date": "d",
        "starts_at": "s",
        "ends_at": "s + to_minutes(m)",
        "minutes": "m",
        "earliest_starts_at": "s",
        "latest_ends_at": "s + to_minutes(m)",
        "longest_minutes": "m",
        "clock_uncertain": "FALSE",
        "kind": "kind",
        "service_area": "area",
        "status": "CASE WHEN hash(w, n, k, 4) % 200 = 0 THEN 'planned' ELSE 'performed' END",
        "capture": "CASE WHEN hash(w, n, k, 5) % 100 < 15 THEN 'manual' ELSE 'app' END",
        "receipt_starts_at": "CASE WHEN hash(w, n, k, 6) % 2000 > 0 THEN s END",
        "receipt_ends_at": "s + to_minutes(m)",
        "double_staffing": "FALSE",
        "signed_by_worker_at": "s + to_minutes(m) + to_hours(1)",
        "signed_by_client_at": "s + to_minutes(m) + to_hours(2)",
        "signed_by": "'client'",
        "registered_at": "s",
    },
    "client": {
        "client_id": _PERSON.format("c", "c"),
        "household_id": f"CASE WHEN c % 10 < 2 THEN {_PERSON.format('c // 2', 'h')} END",
        "death_date": "CASE WHEN c % 5000 = 0 THEN DATE '2025-12-01' END",
    },
    "decision": {
        "decision_id": "'B' || c",
        "client_id": _PERSON.format("c", "c"),
        "service_area": "CASE WHEN c >= {first} THEN 'personal_assistance' ELSE 'home_care' END",
        "granted_minutes": "CASE WHEN c < {first} THEN 400 WHEN c % 500 = 0 THEN 7000 ELSE 8400 END",
        "per": "'week'",
        "valid_from": "DATE '2024-01-01'",
    },
    "double_slot": {
        "decision_id": "'B' || c",
        "client_id": _PERSON.format("c", "c"),
        "from_minute": "480",
        "to_minute": "600",
        "valid_from": "DATE '2024-01-01'",
    },
    "contract": {
        "contract_id": "area || p",
        "provider_id": "printf('55%08d', p)",
        "service_area": "area",
        "valid_from": "DATE '2024-01-01'",
        "payment_model": "'performed'",
        "cohabit_rule": "'split'",
    },
    "price": {
        "contract_id": "area || p",
        "item_code": "'H'",
        "unit": "'hour'",
        "price_ore": "45000",
        "valid_from": "DATE '2024-01-01'",
    },
    "time_report": {
        "report_id": "'R' || c || w || month",
        "provider_id": "printf('55%08d', p)",
        "client_id": _PERSON.format("c", "c"),
        "worker_id": _PERSON.format("w", "w"),
        "month": "month",
        "received_on": "CAST(month + INTERVAL 1 MONTH AS DATE) + 4",
        "signed_by_worker_at": "month + INTERVAL 1 MONTH + INTERVAL 1 DAY",
        "signed_by_client_at": "CASE WHEN hash(c, month) % 500 > 0 THEN month + INTERVAL 1 MONTH + INTERVAL 2 DAY END",
        "signed_by": "'client'",
    },
    "worker": {
        "worker_id": _PERSON.format("w", "w"),
        "provider_id": "printf('55%08d', p)",
        "employed_from": "DATE '2024-01-01'",
        "adult_from": "CASE WHEN w % 5000 = 0 THEN DATE '2025-06-01' ELSE DATE '2010-01-01' END",
    },
    "employer_month": {
        "provider_id": "printf('55%08d', p)",
        "worker_id": _PERSON.format("w", "w"),
        "month": "month",
        "gross_ore": "CASE WHEN hash(w, month) % 500 = 0 THEN 0 ELSE minutes * 400 END",
        "source": "'payslip'",
    },
    "payment": {
        "payment_id": "'U' || c || month",
        "provider_id": "printf('55%08d', p)",
        "client_id": _PERSON.format("c", "c"),
        "decision_id": "'B' || c",
        "month": "month",
        "amount_ore": "minutes * 500",
        "paid_on": "CAST(month + INTERVAL 1 MONTH AS DATE) + 20",
        "status": "'paid'",
    },
    "permit": {
        "permit_id": "'T' || p",
        "provider_id": "printf('55%08d', p)",
        "service_type": "'personal_assistance'",
        "valid_from": "DATE '2020-01-01'",
        "status": "'granted'",
    },
    "absence": {
        "subject": "'client'",
        "client_id": _PERSON.format("c", "c"),
        "kind": "'hospital'",
        "from_date": "d",
        "to_date": "d + 4",
        "registered": "TRUE",
    },
    "invoice_line": {
        "invoice_id": "'I' || p || month",
        "line_number": "number",
        "provider_id": "printf('55%08d', p)",
        "client_id": _PERSON.format("c", "c"),
        "item_code": "'H'",
        "service_area": "area",
        "kind": "kind",
        "service_from": "month",
        "service_to": "CAST(month + INTERVAL 1 MONTH AS DATE) - 1",
        "unit": "'hour'",
        "quantity_minutes": "minutes + CASE WHEN hash(c, month) % 1000 = 0 THEN 120 ELSE 0 END",
        "amount_ore": "minutes * 750",
    },
}
_CLIENTS = "(SELECT DISTINCT c FROM made)"
_FROM = {
    "time_entry": "(SELECT *, ROW_NUMBER() OVER () AS number FROM (SELECT * FROM made ORDER BY month(d), p, c, s))",
    "client": _CLIENTS,
    "decision": _CLIENTS,
    "double_slot": "(SELECT DISTINCT c FROM made WHERE c >= {first} AND (c - {first}) % 12 = 0)",
    "contract": "(SELECT DISTINCT p, area FROM made)",
    "price": "(SELECT DISTINCT p, area FROM made)",
    "time_report": (
        "(SELECT DISTINCT p, c, w, date_trunc('month', d)::DATE AS month FROM made WHERE area = 'personal_assistance')"
    ),
    "worker": "(SELECT DISTINCT w, p FROM made)",
    "employer_month": "(SELECT w, p, date_trunc('month', d)::DATE AS month, SUM(m) AS minutes FROM made GROUP BY ALL)",
    "payment": (
        "(SELECT c, p, date_trunc('month', d)::DATE AS month, SUM(m) AS minutes FROM made "
        "WHERE area = 'personal_assistance' GROUP BY ALL)"
    ),
    "permit": "(SELECT DISTINCT p FROM made)",
    "absence": "(SELECT c, (MIN(d) + (hash(c) % 300)::INTEGER) AS d FROM made WHERE hash(c) % 4 = 0 GROUP BY c)",
    "invoice_line": (
        "(SELECT p, c, area, kind, date_trunc('month', d)::DATE AS month, ROW_NUMBER() OVER () AS number, "
        "SUM(m * CASE kind WHEN 'waiting' THEN 0.25 ELSE 1 END)::BIGINT AS minutes "
        "FROM made WHERE hash(w, n, k, 4) % 200 > 0 GROUP BY ALL)"
    ),
}


def year(folder: Path, catalogue: Catalogue, rows: int) -> tuple[Store, Delivery]:
    """A store with one delivery of about so many time entries, and the tables that controls of time need."""
    sizes = {
        "first": 1_000_000_000,
        "planted": _PLANTED,
        "home_workers": max(1, round(rows * 0.95 / _VISITS_A_WORKER)),
        "assisted": max(1, round(rows * 0.05 / _ROWS_AN_ASSISTANCE_CLIENT)),
    }
    sizes["providers"] = max(1, min(1000, sizes["home_workers"] // 10))
    sizes["clients_each"] = sizes["home_workers"] * 5 // sizes["providers"]
    store = Store(folder / "data", folder / "protected")
    sha256 = hashlib.sha256(f"year {rows}".encode()).hexdigest()
    delivery = Delivery(sha256, "year", 0, delivery_number(sha256), source="made up")
    with store.draft(delivery) as draft, duckdb.connect() as connection:
        connection.execute("SET memory_limit = '10GB'")
        connection.execute(f"SET temp_directory = '{folder / 'spill'}'")
        connection.execute(_DAYS)
        connection.execute(_ENTRIES.format(**sizes))
        number = 0
        for table, values in _VALUES.items():
            columns = ", ".join(
                f"CAST({values.get(name, 'NULL')} AS {kind}) AS {name}"
                for name, kind in columns_sql(catalogue.tables[table].columns).items()
                if name not in ("row_id", "line")
            )
            given = (f"SELECT {columns} FROM {_FROM[table]}").format(**sizes)
            # Counted on in the order written, so that every row_id is its own.
            made = connection.execute(
                f"""COPY (
                  SELECT *, {delivery.row_id(number)} + ROW_NUMBER() OVER () AS row_id, ROW_NUMBER() OVER () AS line
                  FROM ({given})
                ) TO '{draft / table}.parquet' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1000000)"""
            ).fetchall()[0][0]
            delivery.rows[table] = int(made)
            number += int(made)
    return store, delivery
