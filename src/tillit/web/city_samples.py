"""What the made-up city has of random samples: one that is closed and says something, and one that is reviewed."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from tillit.units import Period
from tillit.web.actions.sample import carry_out, close_sample, draw_sample
from tillit.web.actions.step import take_step
from tillit.web.models import Board, Case, Sample, SampleUnit, User
from tillit.web.rules.viewer import viewer_of

GONE = Period(date(2026, 1, 1), date(2026, 3, 31))
WRONG = "Fyra timmar på rapporten finns inte i loggen."
RIGHT = "Beslutet, rapporterna och betalningen stämmer med varandra."


def make_samples(people: Mapping[str, User], now: datetime, board: Board) -> None:
    """Months of assistance, reviewed by Klas and Asta and closed; and invoice lines that they have begun on."""
    closed = _drawn(people, now, board, "assistance_month", 30, mixed=10)
    for unit in SampleUnit.objects.filter(sample=closed).select_related("matter", "second"):
        wrong = unit.place % (3 if unit.found_by else 17) == 0
        _answer(people, now, unit.matter, "Klas", wrong)
        if unit.second:
            _answer(people, now, unit.second, "Asta", wrong)
    close_sample(closed, by=viewer_of(people["Klas"], now), now=now)
    begun = _drawn(people, now, board, "care_invoice_line", 24, mixed=6)
    for unit in SampleUnit.objects.filter(sample=begun, place__lte=8).select_related("matter"):
        _answer(people, now, unit.matter, "Asta", wrong=False)


def _drawn(people: Mapping[str, User], now: datetime, board: Board, frame: str, size: int, *, mixed: int) -> Sample:
    at = now - timedelta(days=9)
    by = viewer_of(people["Klas"], at)
    found = draw_sample(board=board, frame=frame, period=GONE, size=size, mixed=mixed, by=by, now=at)
    carry_out(found.pk, board=board.pk, now=at)
    return Sample.objects.get(pk=found.pk)


def _answer(people: Mapping[str, User], now: datetime, review: Case, who: str, wrong: bool) -> None:
    at = now - timedelta(days=4)
    given = (
        {"outcome": "amount", "too_much": min(review.fields["paid"], 139_080), "found": WRONG}
        if wrong
        else {"outcome": "right", "found": RIGHT}
    )
    take_step(review, "review", by=viewer_of(people[who], at), now=at, version=review.version, given=given)
