"""Tillit in the browser at the size of a large city, with twenty at work at once, beside the made-up city."""

from benchmarks.web.measure import run

__all__ = ["run"]
