"""Runs controls over the stored rows and gives findings."""

from tillit.engine.check import check
from tillit.engine.examples import ExampleResult, run_examples
from tillit.engine.explain import explain
from tillit.engine.parameters import filled_sql
from tillit.engine.run import Progress, run

__all__ = ["ExampleResult", "Progress", "check", "explain", "filled_sql", "run", "run_examples"]
