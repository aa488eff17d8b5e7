"""Invoices and ledger lines as documents: what is told twice is one, and what came twice is two."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.engine.stored import deliver, new_store
from tillit.catalogue import Catalogue
from tillit.engine import run
from tillit.store import Delivery, Store

DAY = date(2025, 6, 1)
Row = dict[str, Any]


@pytest.fixture(scope="module")
def catalogue(content: Catalogue) -> Catalogue:
    return replace(content, controls={id: content.controls[id] for id in ("FAK-01", "LEV-01")})


def bill(id: str, number: str, **more: object) -> Row:
    return {"invoice_id": id, "number": number, "gross_ore": 50000, "issued_on": "2025-03-31", **more}


def found(store: Store, catalogue: Catalogue, *deliveries: Delivery) -> list[tuple[str, int]]:
    result = run(store, catalogue, deliveries, day=DAY)
    return [(one.certainty, one.at_risk_ore) for one in result.findings]


def test_an_invoice_that_is_in_a_list_and_in_a_file_of_its_own_is_one(tmp_path: Path, catalogue: Catalogue) -> None:
    store = new_store(tmp_path)
    listed = deliver(store, catalogue, "list.csv", {"invoice": [bill("I1", "77"), bill("I2", "78")]})
    alone = deliver(store, catalogue, "77.xml", {"invoice": [bill("X1", "77")]})
    assert found(store, catalogue, listed, alone) == []


def test_an_invoice_that_came_as_two_files_is_two(tmp_path: Path, catalogue: Catalogue) -> None:
    store = new_store(tmp_path)
    first = deliver(store, catalogue, "77.xml", {"invoice": [bill("X1", "77")]})
    again = deliver(store, catalogue, "77-again.xml", {"invoice": [bill("X2", "77")]})
    assert found(store, catalogue, first, again) == [("sure", 50000)]


def test_an_invoice_that_comes_again_on_another_day_is_two(tmp_path: Path, catalogue: Catalogue) -> None:
    store = new_store(tmp_path)
    listed = deliver(store, catalogue, "list.csv", {"invoice": [bill("I1", "77"), bill("I2", "78")]})
    again = deliver(store, catalogue, "77.xml", {"invoice": [bill("X1", "77", issued_on="2025-04-09")]})
    assert found(store, catalogue, listed, again) == [("sure", 50000)]


def test_a_duplicate_that_lies_in_the_list_and_in_the_ledger_is_one_finding(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    store = new_store(tmp_path)
    listed = deliver(store, catalogue, "list.csv", {"invoice": [bill("I1", "77"), bill("I2", "77")]})
    ledger = deliver(
        store,
        catalogue,
        "ledger.csv",
        {
            "supplier_ledger": [
                {"voucher": voucher, "supplier_id": "P1", "invoice_number": "77", "amount_ore": 20000}
                for voucher in ("V1", "V1", "V2", "V2")
            ]
        },
    )
    assert found(store, catalogue, listed, ledger) == [("sure", 50000)]
    assert found(store, catalogue, ledger) == [("possible", 40000)]


def test_without_invoices_and_ledger_the_control_does_not_run_and_says_that_one_of_them_is_enough(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    store = new_store(tmp_path)
    other = deliver(store, catalogue, "permits.csv", {"permit": [{}]})
    told = [(one.control, one.why, one.missing) for one in run(store, catalogue, [other], day=DAY).not_run]
    assert told == [
        ("FAK-01", "none of these delivered, and one is enough", ["invoice", "supplier_ledger"]),
        ("LEV-01", "none of these delivered, and one is enough", ["invoice_line", "supplier_ledger"]),
    ]
