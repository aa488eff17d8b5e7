"""Gives roles on the order of a manager, lends them to a substitute, and ends them.

Nobody gives a right to oneself or orders one for oneself (SD8). A role of supervision, and one of the whole
municipality, is given and ended by two.
"""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, SomeoneWasFasterError, one_press
from tillit.web.models import Board, Grant, RoleProposal, RoleReview, Unit, User
from tillit.web.queries.access import ADMINISTRATOR
from tillit.web.queries.role import heads, roles_to_settle, standing
from tillit.web.queries.role_review import administered, managers_at
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer


def give_role(
    user: User,
    role: str,
    *,
    board: Board | None,
    unit: Unit | None = None,
    since: date | None = None,
    until: date | None = None,
    substitute_for: User | None = None,
    ordered_by: User,
    by: Viewer,
    now: datetime,
) -> Grant | RoleProposal:
    """Gives a role at a board or unit, or (board none) in the whole municipality, on the order of a manager there.

    Takes: the first day, today unless another is given; whom the role is lent for, who holds it there.
    Gives: the role, or what waits for a second person where the role needs one.
    Raises: NotForYouError at a board that the viewer does not administer; NotYourStepError for a role to oneself;
    HeldBackError where the role, place, days or substitution cannot be, or the order is no manager's or one's own.
    """
    with one_press("give role", by=by, now=now):
        if ADMINISTRATOR not in by.roles() or (board and not by.has({ADMINISTRATOR}, board=board.pk)):
            raise NotForYouError("Det finns ingen sådan nämnd för dig")
        if user.pk == by.user.pk:
            raise NotYourStepError("Ingen ger en roll till sig själv", fix="be en annan behörighetsadministratör")
        first = since or by.day
        _can_be_given(user, role, board, unit)
        _days_can_be(first, until, by.day)
        if substitute_for is not None:
            _can_stand_in(user, substitute_for, role, board, unit, first, until)
        if ordered_by.pk == user.pk or not _may_order(board, unit, by).filter(pk=ordered_by.pk).exists():
            raise HeldBackError("En annan chef där beställer rollen", fix="välj chefen som har beställt den")
        given = {"user": user, "role": role, "board": board, "unit": unit, "valid_from": first, "valid_to": until}
        given |= {"substitute_for": substitute_for}
        told = {"to": user.pk, "role": role, "board": board.pk if board else None, "ordered_by": ordered_by.pk}
        if catalogue().roles[role].second_person:
            waits: RoleProposal = RoleProposal.objects.create(**given, ordered_by=ordered_by, by=by.user, at=now)
            log.write("change", "propose role", by=by.user, at=now, details={"proposal": waits.pk, **told})
            return waits
        grant: Grant = Grant.objects.create(**given)
        log.write("change", "give role", by=by.user, at=now, details={"grant": grant.pk, **told})
        return grant


def end_role(grant: Grant, *, by: Viewer, now: datetime) -> RoleProposal | None:
    """Ends a role at once, or asks a second person where the role needs one; what a manager asked for is then done.

    A role that comes with the log-in comes back unless it is taken away there too.
    Raises: NotForYouError for a role that the viewer does not administer, as one's own; HeldBackError asked twice.
    """
    with one_press("end role", by=by, now=now):
        if not administered(by).filter(pk=grant.pk).exists():
            raise NotForYouError("Det finns ingen sådan roll för dig")
        if not catalogue().roles[grant.role].second_person:
            _end(grant, by=by, now=now)
            return None
        if RoleProposal.objects.filter(ends=grant, settled_at=None).exists():
            raise HeldBackError("Det väntar redan på en andra person")
        same = {one: getattr(grant, one) for one in ("user", "role", "board", "unit", "valid_from", "valid_to")}
        waits: RoleProposal = RoleProposal.objects.create(**same, ends=grant, by=by.user, at=now)
        details = {"proposal": waits.pk, "ends": grant.pk, "of": grant.user_id}
        log.write("change", "propose end of role", by=by.user, at=now, details=details)
        return waits


def settle_role(proposal: RoleProposal, *, agreed: bool, by: Viewer, now: datetime) -> None:
    """A second person agrees that a role is given or ended, or declines it.

    Raises: NotForYouError for who may not agree, as the one who proposed it and the one it is about;
    SomeoneWasFasterError.
    """
    with one_press("settle role", by=by, now=now):
        if not roles_to_settle(by).filter(pk=proposal.pk).exists():
            raise NotForYouError("Det finns inget sådant för dig att godkänna")
        still = RoleProposal.objects.filter(pk=proposal.pk, settled_at=None)
        if not still.update(settled_at=now, settled_by=by.user, agreed=agreed):
            raise SomeoneWasFasterError("Någon annan har redan svarat", fix="läs sidan igen")
        details = {"proposal": proposal.pk, "agreed": agreed}
        log.write("change", "settle role", by=by.user, at=now, details=details)
        if not agreed:
            return
        if proposal.ends:
            _end(proposal.ends, by=by, now=now)
            return
        parts = ("user", "role", "board", "unit", "valid_from", "valid_to", "substitute_for")
        given = Grant.objects.create(**{one: getattr(proposal, one) for one in parts})
        told = {"grant": given.pk, "to": given.user_id, "role": given.role, "board": given.board_id}
        log.write("change", "give role", by=by.user, at=now, details=told)


def _end(grant: Grant, *, by: Viewer, now: datetime) -> None:
    Grant.objects.filter(pk=grant.pk).update(valid_to=by.day - timedelta(days=1))
    RoleReview.objects.filter(grant=grant, answer="remove", done_at=None).update(done_at=now)
    log.write("change", "end role", by=by.user, at=now, details={"grant": grant.pk, "of": grant.user_id})


def _can_be_given(user: User, role: str, board: Board | None, unit: Unit | None) -> None:
    known = catalogue().roles.get(role)
    if known is None or known.external or (known.whole_municipality and board):
        raise HeldBackError("Rollen ges inte i en nämnd", fix="välj en annan roll")
    if board is None and not known.whole_municipality:
        raise HeldBackError("Rollen ges i en nämnd", fix="välj nämnden")
    if unit is not None and (board is None or unit.board_id != board.pk):
        raise HeldBackError("Enheten finns inte i nämnden", fix="välj en annan")
    if user.external or not user.is_active:
        raise HeldBackError("Kontot är stängt, eller någons utanför kommunen", fix="välj en medarbetare")


def _days_can_be(first: date, until: date | None, today: date) -> None:
    if first < today:
        raise HeldBackError("En roll ges inte för dagar som har varit", fix="välj i dag eller en senare dag")
    if until is not None and until < first:
        raise HeldBackError("Sista dagen har redan varit", fix="välj en senare dag")


def _can_stand_in(
    user: User, away: User, role: str, board: Board | None, unit: Unit | None, first: date, until: date | None
) -> None:
    if until is None:
        raise HeldBackError("En ersättare behöver en sista dag", fix="fyll i den")
    held = standing(first).filter(user=away, role=role, board=board, substitute_for=None)
    if user.pk == away.pk or not [one for one in held if one.unit_id in (None, unit.pk if unit else None)]:
        raise HeldBackError("Den som ersätts har inte rollen där", fix="välj den roll som personen har")


def _may_order(board: Board | None, unit: Unit | None, by: Viewer) -> QuerySet[User]:
    return managers_at(board, unit, by) if board else heads(by.day)
