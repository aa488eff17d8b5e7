"""Traceability: a demand that is said to be met is proved by a test that names it."""

import ast
import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


def _requirements() -> ModuleType:
    spec = importlib.util.spec_from_file_location("requirements_page", ROOT / "docs/requirements.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGE = _requirements()
ROWS = PAGE.rows()


@cache
def _tests(file: str) -> dict[str, str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return {
        node.name: ast.get_source_segment(text, node) or ""
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    }


def test_every_demand_has_a_row_in_order():
    assert [row["id"] for row in ROWS] == [f"M{number:03}" for number in range(1, 293)]
    assert {row["status"] for row in ROWS} <= set(PAGE.STATUS)


@pytest.mark.parametrize("row", [row for row in ROWS if row["status"] != "not yet"], ids=lambda row: row["id"])
def test_the_test_of_a_demand_exists_and_names_it(row):
    file, _, name = row["test"].partition("::")
    assert (ROOT / file).is_file(), f"{row['id']}: there is no {file}"
    source = _tests(file).get(name)
    assert source is not None, f"{row['id']}: {file} has no test {name}"
    assert row["id"] in source, f"{row['id']}: {row['test']} does not name it"


@pytest.mark.parametrize("row", [row for row in ROWS if row["status"] == "partly"], ids=lambda row: row["id"])
def test_what_is_partly_met_says_what_is_missing(row):
    assert row["remark"]


def test_the_readable_page_is_made_from_the_rows():
    assert (ROOT / "docs/requirements.md").read_text(encoding="utf-8") == PAGE.page(ROWS), "run 'make docs'"
