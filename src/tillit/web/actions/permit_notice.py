"""Registers IVO's notice that a permit is revoked or an activity banned: once, by any board, for all of them (M068)."""

from datetime import date, datetime

from django.db import transaction

from tillit.web.actions import job, log
from tillit.web.actions.matter import new_case, tell_of_opening
from tillit.web.actions.refusal import HeldBackError, NotYourStepError, one_press
from tillit.web.actions.step import take_as_system
from tillit.web.models import Board, Case, PermitCheck, PermitNotice, Provider
from tillit.web.queries.permit import boards_using
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import roles_of
from tillit.web.rules.viewer import Viewer, nobody

KINDS = {"revoked": "Återkallat", "banned": "Förbud"}


def register_notice(
    provider: Provider,
    *,
    service: str,
    unit: str = "",
    kind: str,
    decided_on: date,
    applies_from: date,
    received_on: date,
    medium: str,
    board: Board,
    by: Viewer,
    now: datetime,
) -> PermitNotice:
    """IVO has written that a permit is revoked or an activity banned. All boards see it at once.

    Changes: the notice; a job that moves the check and gives every board that uses the provider its list; the log.
    Raises: NotYourStepError, HeldBackError where a day cannot be right, or the same notice is there.
    """
    with one_press("permit notice", by=by, now=now):
        if not by.has(roles_of("permit_notice"), board=board.pk):
            raise NotYourStepError("Din roll registrerar inte underrättelser från IVO", fix="be registratorn")
        if provider.is_person:
            raise HeldBackError("En enskild firma är en person och visas inte för andra nämnder")
        needs_unit = "placement" in catalogue().codes["permit_services"].codes[service].goes_with
        if kind not in KINDS or needs_unit != bool(unit):
            raise HeldBackError("Skriv enheten där tillståndet gäller en enhet, annars inte")
        if received_on > by.day or decided_on > received_on:
            raise HeldBackError("Beslutet kan inte ha kommit innan det fattades eller i framtiden", fix="ändra dagen")
        about = {"provider": provider, "service": service, "unit": unit[:200], "kind": kind, "decided_on": decided_on}
        if PermitNotice.objects.filter(**about).exists():
            raise HeldBackError("Underrättelsen är redan registrerad, för alla nämnder")
        notice: PermitNotice = PermitNotice.objects.create(
            **about, applies_from=applies_from, received_on=received_on, medium=medium, board=board, by=by.user, at=now
        )
        job.enqueue("permit_notice", now=now, given={"notice": notice.pk}, once=f"permit_notice:{notice.pk}")
        details = {"notice": notice.pk, "board": board.pk, "kind": kind}
        log.write("change", "permit notice", by=by.user, at=now, details=details)
        return notice


def take_notice(pk: int, *, now: datetime) -> None:
    """Brings a notice into the check of its provider, which is opened where there is none; every board is in scope."""
    with transaction.atomic():
        notice = PermitNotice.objects.select_for_update().select_related("provider", "board").get(pk=pk)
        if notice.taken_at:
            return
        matter = _check_of(notice, now)
        if matter.state not in ("revoked", "banned", "measures"):
            given = {
                "answered_on": notice.received_on.isoformat(),
                "medium": notice.medium,
                "applies_from": notice.applies_from.isoformat(),
                "decided_on": notice.decided_on.isoformat(),
            }
            take_as_system(matter, notice.kind, now=now, given=given)
        PermitNotice.objects.filter(pk=pk).update(taken_at=now)


def _check_of(notice: PermitNotice, now: datetime) -> Case:
    about = {"provider": notice.provider, "service": notice.service, "unit": notice.unit}
    found = PermitCheck.objects.filter(**about, ended_on=None).first()
    if found:
        return Case.objects.get(number=found.number)
    using = boards_using(notice.provider, nobody(now).day)
    board = notice.board if notice.board_id in using or not using else Board.objects.get(pk=using[0])
    return open_check(notice.provider, service=notice.service, unit=notice.unit, board=board, now=now)


def open_check(provider: Provider, *, service: str, unit: str = "", board: Board, now: datetime) -> Case:
    """A check that the calendar or a notice opens, where no person does; every board is in scope."""
    given = {"provider": provider.number, "provider_name": provider.name, "service": service, "unit": unit}
    process, by = catalogue().processes["permit_check"], nobody(now)
    case = new_case(process, by=by, now=now, board=board, unit=None, given=given)
    tell_of_opening(case, by=by, now=now)
    return case
