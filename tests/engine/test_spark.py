"""The second engine. It is not among the project's libraries: where pyspark and Java are at hand, this is the proof."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlglot

from tillit.engine import portable

pyspark = pytest.importorskip("pyspark.sql", reason="no second engine at hand: install pyspark and Java to prove both")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",
    }
    builder = pyspark.SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.mark.parametrize("function", portable.FUNCTIONS, ids=lambda function: function.__name__)
def test_every_portable_function_gives_the_same_on_spark(spark: Any, function: type) -> None:
    shown = portable.FUNCTIONS[function]
    query = sqlglot.transpile(f"SELECT {shown.expression} AS x", read="duckdb", write="spark")[0]
    value = spark.sql(query).collect()[0][0]
    assert str(value).lower().removesuffix(".0") == shown.gives.lower()
