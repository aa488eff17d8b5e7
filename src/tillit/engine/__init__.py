"""Runs controls over the stored rows and gives findings."""

from tillit.engine.backtest import BackTest, Change, ReadOtherwise, backtest, compare
from tillit.engine.check import check
from tillit.engine.examples import ExampleResult, run_examples
from tillit.engine.explain import explain
from tillit.engine.frame import FrameUnit, NotDeliveredError, check_frames, frame_units, unit_rows
from tillit.engine.links import Link, Side, provider_links
from tillit.engine.parameters import filled_sql
from tillit.engine.run import Progress, run

__all__ = [
    "BackTest",
    "Change",
    "ExampleResult",
    "FrameUnit",
    "Link",
    "NotDeliveredError",
    "Progress",
    "ReadOtherwise",
    "Side",
    "backtest",
    "check",
    "check_frames",
    "compare",
    "explain",
    "filled_sql",
    "frame_units",
    "provider_links",
    "run",
    "run_examples",
    "unit_rows",
]
