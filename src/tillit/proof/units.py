"""What a control judges one at a time, and how many there are: of these at most one in a hundred honest may be told."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from tillit.catalogue import Control

_BY_COLUMN = {
    "report_id": "time report",
    "worker_id": "worker-month",
    "client_id": "client-month",
    "payment_id": "payment",
    "line_number": "invoice line",
    "invoice_id": "invoice line",
    "number": "invoice",
    "account": "account",
    "contract_id": "contract",
    "plan_id": "planned control",
    "execution_id": "control done",
    "placement_id": "placement",
    "application_id": "application",
    "activity_id": "activity",
    "receipt_key": "receipt",
    "inquiry_id": "inquiry",
    "permit_id": "permit to serve",
    "purpose": "grant",
    "provider_id": "provider-month",
}
"""The first of these that a control's `same_when` has says what it judges."""

_COUNTED = {
    "time report": ("time_report", "*"),
    "payment": ("payment", "*"),
    "invoice line": ("invoice_line", "*"),
    "invoice": ("invoice", "*"),
    "account": ("bank_account", "DISTINCT account"),
    "contract": ("contract", "*"),
    "planned control": ("control_plan", "*"),
    "control done": ("control_execution", "*"),
    "placement": ("placement", "*"),
    "grant": ("grant_payment", "*"),
    "application": ("grant_application", "*"),
    "activity": ("grant_activity", "*"),
    "receipt": ("grant_receipt", "*"),
    "inquiry": ("support_inquiry", "*"),
    "permit to serve": ("serving_permit", "*"),
    "provider-month": ("provider", "DISTINCT provider_id"),
}
_BY_AREA = {"placement": "placement", "economic": "support_payment"}
"""Where clients are counted, if not among those for whom time is reported."""

_AREAS = {"assistance": "personal_assistance", "home_care": "home_care"}


def unit_of(control: Control) -> str:
    """What the control judges one at a time."""
    return next((unit for column, unit in _BY_COLUMN.items() if column in control.same_when), "provider-month")


def count(control: Control, files: Mapping[str, Sequence[Path]]) -> int:
    """How many there are of what the control judges.

    Takes: table -> the Parquet files that hold it.
    """
    unit = unit_of(control)
    if unit in ("worker-month", "client-month"):
        table, column = _BY_AREA.get(control.area, "time_entry"), f"{unit[:6]}_id"
        area = _AREAS.get(control.area)
        where = f"WHERE service_area = '{area}'" if area and table == "time_entry" else ""
        return _ask(files, table, f"COUNT(DISTINCT {column})", where)
    table, what = _COUNTED[unit]
    return _ask(files, table, f"COUNT({what})")


def _ask(files: Mapping[str, Sequence[Path]], table: str, what: str, where: str = "") -> int:
    paths = [str(path) for path in files.get(table, ())]
    if not paths:
        return 0
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT {what} FROM read_parquet($paths) {where}", {"paths": paths}).fetchall()
    return int(rows[0][0])
