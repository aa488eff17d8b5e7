"""Shares what is known of a provider with every board, and ends it everywhere at once: the effects of signal.yaml."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tillit.catalogue import Due
from tillit.web.actions.effects import Taken, effect
from tillit.web.actions.matter import new_case, tell_of_opening
from tillit.web.actions.refusal import HeldBackError
from tillit.web.actions.stand_link import make_stand_link
from tillit.web.actions.step import take_as_system
from tillit.web.actions.told import tell_board, tell_everyone, tell_the_same
from tillit.web.models import Board, Case, Matter, Signal, StepTaken
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import ends
from tillit.web.rules.viewer import nobody

LIFETIME = Due(parameter="signal.lifetime_months", days="calendar")
_SIGNAL = ("target", "reported_to", "reported_on", "reasons", "provider_name")


@effect("share_signal")
def share_signal(taken: Taken) -> None:
    """Uppgiften delas: varje nämnd får en egen kopia att ta ställning till, och beställarcheferna får veta.

    Whether also the board that reported is asked, and whom questions go to, is content/plans/sharing.yaml.
    """
    fields = taken.matter.fields
    signal = Signal.objects.create(
        number=taken.matter.number,
        board=taken.matter.board,
        provider_number=taken.matter.provider_number,
        shared_at=taken.now,
        expires_on=ends(LIFETIME, taken.day),
        **{name: fields[name] for name in _SIGNAL},
    )
    sharing = catalogue().sharing
    central = Board.objects.filter(slug=sharing.central_board).first() if sharing.held.contact == "central" else None
    asked = Board.objects.order_by("pk")
    for board in asked if sharing.held.asks == "all" else asked.exclude(pk=signal.board_id):
        _ask_for_a_stand(signal, board, central or signal.board, taken.now)
    tell_everyone(signal, "shared", now=taken.now)


@effect("renew_signal")
def renew_signal(taken: Taken) -> None:
    """Uppgiften gäller längre, för att nya skäl har kommit."""
    signal = standing_signal(taken.matter)
    signal.expires_on = date.fromisoformat(taken.given["expires_on"])
    signal.reasons = sorted({*signal.reasons, *taken.given["new_reasons"]})
    signal.save(update_fields=["expires_on", "reasons"])
    _copy_to_stands(signal, {"expires_on": taken.given["expires_on"], "reasons": signal.reasons})
    tell_everyone(signal, "renewed", now=taken.now)


@effect("correct_signal")
def correct_signal(taken: Taken) -> None:
    """Det som var fel är rättat hos alla som fick det."""
    signal = standing_signal(taken.matter)
    changed = {name: taken.given[name] for name in _SIGNAL if name in taken.given}
    for name, value in changed.items():
        setattr(signal, name, value)
    signal.save(update_fields=list(changed))
    _copy_to_stands(signal, changed)
    tell_the_same(signal, "corrected", now=taken.now)


@effect("end_signal")
def end_signal(taken: Taken) -> None:
    """Uppgiften gäller inte längre: markeringen försvinner överallt samma stund, och alla får veta det."""
    ended_as = "cleared" if taken.to == "cleared" else "expired"
    signal = standing_signal(taken.matter)
    signal.ended_at, signal.ended_as = taken.now, ended_as
    signal.save(update_fields=["ended_at", "ended_as"])
    for stand in stands_of(signal):
        if stand.closed_at is None:
            take_as_system(stand, "end", now=taken.now)
    tell_the_same(signal, ended_as, now=taken.now)


@effect("confirm_signal")
def confirm_signal(taken: Taken) -> None:
    """Nämnden som gjorde anmälan får veta vad den ledde till, också när den inte är ansluten."""
    tell_board(standing_signal(taken.matter), taken.matter.board, "confirmed", now=taken.now)


@effect("begin_clearing")
def begin_clearing(taken: Taken) -> None:
    """Anmälan går inte vidare: det som delades på grund av den ska friskrivas, och det som inte är delat delas inte."""
    opened = StepTaken.objects.filter(matter=taken.matter, opened__process="signal").values("opened")
    for signal in Matter.objects.filter(pk__in=opened, closed_at=None):
        if signal.state in ("shared", "confirmed"):
            given = {"outcome": taken.given["no_outcome"], "outcome_on": taken.given["outcome_on"]}
            take_as_system(signal, "prepare_clearing", now=taken.now, given=given)
        elif signal.state in ("received", "checked"):
            take_as_system(signal, "withdraw", now=taken.now)


def standing_signal(matter: Matter) -> Signal:
    """The signal that was shared from a matter and has not ended. Raises HeldBackError where there is none."""
    found = Signal.objects.select_for_update().filter(number=matter.number, ended_at=None).first()
    if found is None:
        raise HeldBackError("Uppgiften är inte delad, eller har redan upphört", where=matter.number)
    return found


def stands_of(signal: Signal) -> list[Case]:
    """What the boards have been asked about a signal, at the boards in scope."""
    return list(Case.objects.filter(process="stand", fields__signal=signal.number).order_by("pk"))


def _ask_for_a_stand(signal: Signal, board: Board, contact: Board, now: datetime) -> None:
    given = {
        "signal": signal.number,
        "provider": signal.provider_number,
        "contact": contact.mailbox or contact.name,
        "expires_on": signal.expires_on,
        **{name: getattr(signal, name) for name in _SIGNAL},
    }
    title = f"Ta ställning: {signal.provider_name}"
    process, by = catalogue().processes["stand"], nobody(now)
    stand = new_case(process, by=by, now=now, board=board, unit=None, title=title[:200], given=given)
    if not board.connected:
        make_stand_link(stand, last=signal.expires_on, now=now)
    tell_of_opening(stand, by=by, now=now)


def _copy_to_stands(signal: Signal, changed: Mapping[str, Any]) -> None:
    for stand in stands_of(signal):
        if stand.closed_at is None:
            fields = stand.fields | dict(changed)
            Case.objects.filter(pk=stand.pk, version=stand.version).update(fields=fields)
