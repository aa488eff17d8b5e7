"""Rows of one person that overlap, found by Tillit, pandas, Polars and a plain self-join, from the same files."""

from benchmarks.beside.measure import run

__all__ = ["run"]
