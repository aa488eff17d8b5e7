"""The invoice controls on real ledgers, which carry no answer: they must stay quiet enough to be read."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.shared_data import shared
from tillit.catalogue import Catalogue
from tillit.engine import run
from tillit.readers import read_file
from tillit.store import Store

LEDGER_CONTROLS = ("FAK-01", "FAK-03")


@pytest.mark.slow
def test_in_a_hundred_and_fifty_thousand_real_lines_few_documents_look_alike_and_none_is_called_sure(
    tmp_path: Path, content: Catalogue
) -> None:
    catalogue = replace(content, controls={id: content.controls[id] for id in LEDGER_CONTROLS})
    store = Store(tmp_path / "data", tmp_path / "protected")
    files = sorted(shared("supplier_ledgers_uk").rglob("*.csv"))
    deliveries = [read_file(file, store, catalogue) for file in files]
    result = run(store, catalogue, deliveries, day=date(2026, 5, 1))
    assert result.tables["supplier_ledger"] > 150_000
    assert {one.certainty for one in result.findings} == {"possible"}
    assert Counter(one.control for one in result.findings) == {"FAK-01": 57, "FAK-03": 4}
    masked = [one for one in result.findings if one.details["supplier"] in ("REDACTED PERSONAL DATA", None)]
    assert masked == []
