"""A run asked of the second engine. The proof needs PySpark and Java: `make test-spark` fetches the first."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.cli.test_run import laid_in
from tillit.cli.main import tillit
from tillit.engine.spark import NoSpark

SMALL = """\
spark.ui.enabled false
spark.sql.shuffle.partitions 1
spark.sql.adaptive.enabled false
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
"""
"""As a cluster's own file: for a small town most of the time would else go to writing and compiling Java."""


@pytest.fixture(autouse=True)
def _small_cluster(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("spark")
    (folder / "spark-defaults.conf").write_text(SMALL, encoding="utf-8")
    monkeypatch.setenv("SPARK_CONF_DIR", str(folder))


def result_of(folder: Path, town: Path, *more: str) -> dict[str, Any]:
    words = ["run", str(town), "--day", "2026-05-20", "--out", str(folder), "--protected", str(folder / "protected")]
    told = CliRunner().invoke(tillit, [*words, *more])
    assert told.exit_code == 0, told.output
    found: dict[str, Any] = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    return found


def proves_the_same(town: Path, folder: Path) -> int:
    """Runs on both, and gives how many findings were the same."""
    pytest.importorskip("pyspark.sql", reason="no second engine at hand: `make test-spark` fetches it")
    if shutil.which("java") is None:
        pytest.skip("no second engine at hand: Spark needs Java")
    here = result_of(folder / "run", town)
    there = result_of(folder / "run", town, "--engine", "spark", "--master", "local[2]")
    assert here.pop("engine").keys() == {"duckdb"}
    assert there.pop("engine").keys() == {"duckdb", "spark"}
    assert here == there
    return len(here["findings"])


@pytest.mark.slow
def test_two_files_give_the_same_findings_on_spark(tmp_path: Path) -> None:
    proves_the_same(laid_in(tmp_path / "files"), tmp_path)


@pytest.mark.slow
def test_the_small_town_gives_the_same_findings_on_spark(tmp_path: Path) -> None:
    assert CliRunner().invoke(tillit, ["town", "small", str(tmp_path / "town")]).exit_code == 0
    assert proves_the_same(tmp_path / "town", tmp_path) > 10


def test_without_spark_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)  # as where it is not installed
    folder = laid_in(tmp_path / "files")
    told = CliRunner().invoke(tillit, ["run", str(folder), "--day", "2026-05-20", "--engine", "spark"])
    assert isinstance(told.exception, NoSpark)
    assert str(told.exception) == "PySpark is not installed: install requirements/spark.txt, or leave out --engine"
