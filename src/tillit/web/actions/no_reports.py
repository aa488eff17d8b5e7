"""A board certifies that it made no report to IVO or the police in a period (M022)."""

from datetime import date, datetime

from tillit.errors import RefusedError
from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, one_press
from tillit.web.models import Board, NoReports
from tillit.web.queries.completeness import reports_in
from tillit.web.rules.viewer import Viewer


class WrongPeriodError(RefusedError):
    """The period ends before it begins, or has not ended."""


def certify(board: Board, *, first: date, last: date, by: Viewer, now: datetime) -> NoReports:
    """The commissioning manager certifies 'no reports' for a period that has ended.

    Raises: NotForYouError, WrongPeriodError, HeldBackError where a report of the period is registered.
    """
    with one_press("certify no reports", by=by, now=now):
        if not by.has(["R03"], board=board.pk):
            raise NotForYouError("Det finns ingen sådan nämnd för dig")
        if not first <= last < by.day:
            raise WrongPeriodError("Perioden ska ha ett slut som har varit", fix="välj två dagar bakåt i tiden")
        if reports_in(board, first, last):
            raise HeldBackError(
                "Nämnden har anmälningar i perioden", fix="rapportera dem till samordnaren i stället för att intyga"
            )
        made: NoReports = NoReports.objects.create(board=board, first=first, last=last, by=by.user, at=now)
        log.write("change", "certify no reports", by=by.user, at=now, number=board.slug)
        return made
