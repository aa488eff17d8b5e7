"""Runs controls over the stored rows and gives findings."""

from tillit.engine.check import check
from tillit.engine.examples import ExampleResult, run_examples
from tillit.engine.explain import explain
from tillit.engine.links import Link, Side, provider_links
from tillit.engine.parameters import filled_sql
from tillit.engine.run import Progress, run

__all__ = [
    "ExampleResult",
    "Link",
    "Progress",
    "Side",
    "check",
    "explain",
    "filled_sql",
    "provider_links",
    "run",
    "run_examples",
]
