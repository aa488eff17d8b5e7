"""What the calendar does with signals: they end on their last day, and boards that are silent are asked again."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from tillit.catalogue import Due
from tillit.units import local_date
from tillit.web.actions.refusal import SomeoneWasFasterError
from tillit.web.actions.step import take_as_system
from tillit.web.models import Case, Matter, Signal
from tillit.web.rules.deadline import ends

REMIND = Due(parameter="signal.remind_days")
STAND = Due(parameter="signal.stand_days")


def watch(*, now: datetime) -> int:
    """Ends what is past its last day, reminds and raises; every board is in scope. Gives how many were moved.

    Nothing that marks waits for this: a signal past its last day stands nowhere (rules/standing.py). It can be done
    again at any time.
    """
    day = local_date(now)
    past = Signal.objects.filter(ended_at=None, expires_on__lt=day).values("number")
    moved = _each(Matter.objects.filter(process="signal", number__in=past, closed_at=None), "expire", now)
    moved += _each(
        Case.objects.filter(process="stand", state="reminded"), "escalate", now, lambda one: _out(one, STAND, now)
    )
    return moved + _each(
        Case.objects.filter(process="stand", state="waiting"), "remind", now, lambda one: _out(one, REMIND, now)
    )


def _out(stand: Matter, due: Due, now: datetime) -> bool:
    return ends(due, local_date(stand.opened_at)) < local_date(now)


def _each(found: object, step: str, now: datetime, when: Callable[[Matter], bool] = lambda one: True) -> int:
    moved = 0
    for one in list(found):  # type: ignore[call-overload]
        if when(one):
            try:
                with transaction.atomic():
                    take_as_system(one, step, now=now)
                    moved += 1
            except SomeoneWasFasterError:
                continue  # a person took a step in it just now; it is looked at again tomorrow
    return moved
