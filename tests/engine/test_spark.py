"""The second engine, with a lock of its own: `make test-spark` fetches it, and where Java is too, this is the proof."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tillit.catalogue import load
from tillit.engine import portable
from tillit.engine.examples import differences, given_rows
from tillit.engine.prepare import delivered, helpers, needed
from tillit.engine.spark import OnSpark, in_spark, spark_session

pytest.importorskip("pyspark.sql", reason="no second engine at hand: `make test-spark` fetches it")
if shutil.which("java") is None:
    pytest.skip("no second engine at hand: Spark needs Java", allow_module_level=True)
pytestmark = pytest.mark.slow

CONTENT = load()
PORTABLE = sorted(id for id, control in CONTENT.controls.items() if "spark" in control.engines)
SMALL = {
    # For a handful of rows: most of the time would else go to writing and compiling Java for each query.
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with spark_session("local[1]", SMALL) as session:
        yield session


@pytest.mark.parametrize("function", portable.FUNCTIONS, ids=lambda function: function.__name__)
def test_every_portable_function_gives_the_same_on_spark(spark: Any, function: type) -> None:
    shown = portable.FUNCTIONS[function]
    value = spark.sql(in_spark(f"SELECT {shown.expression} AS x")).collect()[0][0]
    assert str(value).lower().removesuffix(".0") == shown.gives.lower()


@pytest.mark.parametrize("id", PORTABLE)
def test_every_portable_control_passes_its_examples_on_spark(spark: Any, id: str) -> None:
    control, asked = CONTENT.controls[id], OnSpark(spark, CONTENT)
    for example in control.examples:
        rows = given_rows(CONTENT, example)
        for table in {*delivered(CONTENT, control), *helpers(CONTENT, control)}:
            asked.lay_rows(CONTENT.tables[table], rows.by_table.get(table, []))
        made = needed(CONTENT, [*control.reads, *control.helped_by])
        for name in made:
            asked.make(name, example.day)
        defaults = {"certainty": "indication" if control.type == "indicator" else "sure", "severity": control.severity}
        found = [defaults | dict(answer) for answer in asked.answers(control, example.day)]
        for name in made:
            asked.drop(name)
        assert differences(example.finds, found, rows.names) == [], example.name
