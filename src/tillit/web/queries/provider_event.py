"""What has happened around a provider, over time and at all boards: of the activity alone, and never of a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tillit.units import local_date
from tillit.web.models import Board, Deviation, PermitAnswer, PermitNotice, Provider, Signal
from tillit.web.queries.deviation import deviations_of
from tillit.web.rules.viewer import Viewer

MOST = 200
"""As many events as the page shows, the newest."""

WHOLE_CITY = {"R10", "R11"}
"""Those who follow all boards: they read what was shared and has ended, and the deviations of every board."""


@dataclass(frozen=True)
class Event:
    """One day, what kind of thing it was, the words of content for it, and at which board."""

    on: date
    kind: str
    code: str = ""
    more: str = ""
    board: Board | None = None
    until: date | None = None


def events_of(found: Provider, viewer: Viewer) -> list[Event]:
    """Reports, deviations, permits, contracts and controls of a provider at all boards, the newest first (M011).

    A report that was cleared stands as cleared, in the same line, and only for those who follow all boards: for
    everyone else it never happened, as everywhere.
    """
    told = [
        *_reports(found, viewer),
        *_deviations(found, viewer),
        *_permits(found),
        *_contracts(found),
        *_checks(found),
    ]
    return sorted(told, key=lambda one: one.on, reverse=True)[:MOST]


def _reports(found: Provider, viewer: Viewer) -> Iterator[Event]:
    whole = bool(viewer.roles() & WHOLE_CITY)
    for one in Signal.objects.filter(provider_number=found.number).select_related("board"):
        ended = one.ended_as or ("expired" if one.expires_on < viewer.day else "")
        if not ended or whole:
            until = local_date(one.ended_at) if one.ended_at else one.expires_on if ended else None
            yield Event(one.reported_on, f"report_{ended or 'stands'}", one.reported_to, "", one.board, until)


def _deviations(found: Provider, viewer: Viewer) -> Iterator[Event]:
    shown = deviations_of(found, viewer)
    if viewer.roles() & WHOLE_CITY:
        shown = Deviation.objects.filter(provider=found).select_related("board")
    for one in shown:
        yield Event(one.since, "deviation", one.kind, one.state, one.board, one.ended_on)


def _permits(found: Provider) -> Iterator[Event]:
    for permit in found.permits.all():
        yield Event(permit.status_on or permit.valid_from, "permit", permit.service_type, permit.status)
    for answer in PermitAnswer.objects.filter(provider=found).select_related("board"):
        yield Event(answer.answered_on, "permit_answer", answer.service, answer.answer, answer.board)
    for notice in PermitNotice.objects.filter(provider=found).select_related("board"):
        yield Event(notice.decided_on, "permit_notice", notice.service, notice.kind, notice.board)


def _contracts(found: Provider) -> Iterator[Event]:
    for one in found.contracts.all():
        yield Event(one.valid_from, "contract", one.service_area, one.form, one.board, one.valid_to)
    for use in found.uses.all():
        yield Event(use.since, "use", board=use.board, until=use.until)


def _checks(found: Provider) -> Iterator[Event]:
    for one in found.checks.all():
        if one.done_on:
            yield Event(one.done_on, "check", one.what, one.result, one.board)
