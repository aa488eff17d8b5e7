"""Runs controls over the stored rows and gives findings."""

from tillit.engine.check import check
from tillit.engine.examples import ExampleResult, run_examples
from tillit.engine.parameters import filled_sql

__all__ = ["ExampleResult", "check", "filled_sql", "run_examples"]
