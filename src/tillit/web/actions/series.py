"""Gives the next number of a series: each once, none left out within a transaction that commits."""

from datetime import date

from django.db import transaction
from django.db.models import F

from tillit.catalogue import Process
from tillit.web.models import Board, Series


def next_number(process: Process, board: Board, day: date) -> str:
    """The next number for a matter of a process at a board in the day's year, as NORR-U-2026-7.

    The row of the series is locked until the transaction ends, so two who press at once get two numbers.
    """
    return next_numbers(process, board, day, 1)[0]


def next_numbers(process: Process, board: Board, day: date, count: int) -> list[str]:
    """So many numbers at once, for a run that brings many findings."""
    with transaction.atomic(savepoint=False):
        series, _ = Series.objects.get_or_create(board=board, letters=process.series, year=day.year)
        Series.objects.filter(pk=series.pk).update(last=F("last") + count)
        last = Series.objects.values_list("last", flat=True).get(pk=series.pk)
    slug = board.slug.upper()
    return [f"{slug}-{process.series}-{day.year}-{number}" for number in range(last - count + 1, last + 1)]
