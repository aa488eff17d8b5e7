"""Ends a board's cooperation with a provider, with a reason from a list, and warns the boards that still use it."""

from datetime import date, datetime

from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, one_press
from tillit.web.models import Board, Provider, ProviderNotice, Use
from tillit.web.queries.cooperation import can_end, provider_notices_for, to_be_told
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import roles_of
from tillit.web.rules.viewer import Viewer


def end_cooperation(provider: Provider, board: Board, *, until: date, because: str, by: Viewer, now: datetime) -> Use:
    """The board uses the provider no longer than a day, for a reason of content/plans/cooperation.yaml.

    Changes: the use; a notice to those who order and follow up at other boards that use it, where the reason warns;
    the log. It ends no contract and stops no payment.
    Raises: NotForYouError, NotYourStepError, HeldBackError where the board does not use it, or the day is to come.
    """
    with one_press("end cooperation", by=by, now=now):
        if board.pk not in by.boards():
            raise NotForYouError("Det finns ingen sådan nämnd för dig")
        if not by.has(roles_of("cooperation"), board=board.pk):
            raise NotYourStepError("Din roll avslutar inte samarbeten", fix="be den avtalsansvariga")
        if not can_end(provider, by).filter(pk=board.pk).exists():
            raise HeldBackError("Nämnden anlitar inte anordnaren", fix="läs sidan igen")
        if because not in catalogue().end_reasons:
            raise HeldBackError("Skälet finns inte i listan", fix="välj ett skäl")
        use = Use.objects.get(provider=provider, board=board, until=None)
        if not use.since <= until <= by.day:
            raise HeldBackError("Sista dagen ligger utanför tiden för samarbetet", fix="välj en dag till och med i dag")
        Use.objects.filter(pk=use.pk).update(until=until, ended_because=because)
        use.until, use.ended_because = until, because
        told = list(to_be_told(use, by)) if catalogue().end_reasons[because].warns else []
        ProviderNotice.objects.bulk_create(ProviderNotice(user=user, use=use, at=now) for user in told)
        details = {"use": use.pk, "board": board.pk, "because": because, "told": len(told)}
        log.write("change", "end cooperation", by=by.user, at=now, details=details)
        return use


def mark_provider_notice_seen(notice: ProviderNotice, *, by: Viewer, now: datetime) -> None:
    """The one who was told has seen it."""
    if not provider_notices_for(by).filter(pk=notice.pk).update(seen_at=now):
        raise NotForYouError("Det finns inget sådant meddelande för dig")
