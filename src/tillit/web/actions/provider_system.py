"""Connects a provider's own system to the portal by a token, and takes what it sends: drafts, never signatures.

A system is an account of the portal, bound to the provider: it sees what the provider's people see, stands among the
portal's accounts, and ends as they end.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from tillit.errors import RefusedError
from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, one_press
from tillit.web.actions.report_file import Brought, bring_lines
from tillit.web.models import Board, Grant, PortalGrant, ProviderSystem, Sending, User
from tillit.web.queries.access import ADMINISTRATOR
from tillit.web.queries.portal_account import is_provider
from tillit.web.queries.provider_system import administers, own_systems, sendable
from tillit.web.queries.role_review import managers_at
from tillit.web.rules.deadline import whole
from tillit.web.rules.portal import PROVIDER, Outsider
from tillit.web.rules.provider_system import KnownSystem, hashed, known_system, new_token
from tillit.web.rules.report_file import FileLine
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import Viewer

LONGEST = "casework.system_days"


@dataclass(frozen=True)
class Connected:
    """A system that was connected, and its token: it is shown now and can never be shown again."""

    system: ProviderSystem
    token: str


class KeyUsedError(RefusedError):
    """The key was used before, for something else."""


def connect_system(portal: PortalGrant, *, called: str, until: date, by: Outsider, now: datetime) -> Connected:
    """Someone of the provider lets a system send for it, from today until a day.

    Takes: what the person's own account is bound to.
    Raises: NotForYouError for what the person does not administer; HeldBackError for a day that cannot be.
    """
    with one_press("connect system", by=by.viewer, now=now):
        if portal.pk not in {one.pk for one in administers(by)}:
            raise NotForYouError("Det finns ingen sådan anordnare för dig")
        return _connected(portal.board, portal.provider_number, called, until, by.viewer, now, {})


def order_system(
    board: Board, provider: str, *, called: str, until: date, ordered_by: User, by: Viewer, now: datetime
) -> Connected:
    """The access administrator connects a system of a provider, on the order of a manager.

    Raises: NotForYouError at a board that the viewer does not administer; HeldBackError for a day or a provider that
    cannot be, or where the order is no manager's.
    """
    with one_press("connect system", by=by, now=now):
        if not by.has({ADMINISTRATOR}, board=board.pk):
            raise NotForYouError("Det finns ingen sådan nämnd för dig")
        if not is_provider(provider):
            raise HeldBackError("Det finns ingen anordnare med det organisationsnumret", fix="se över numret")
        if not managers_at(board, None, by).filter(pk=ordered_by.pk).exists():
            raise HeldBackError("En chef i nämnden beställer kontot", fix="välj chefen som har beställt det")
        return _connected(board, provider, called, until, by, now, {"ordered_by": ordered_by.pk})


def disconnect_system(pk: int, *, by: Outsider, now: datetime) -> None:
    """Someone of the provider ends a system: from now on its token leads nowhere.

    Where it works for the municipality to end it, it is ended as every role is (role.end_role).
    """
    with one_press("disconnect system", by=by.viewer, now=now):
        system = own_systems(by).filter(pk=pk).first()
        if system is None:
            raise NotForYouError("Det finns inget sådant system för dig")
        grant = system.portal.grant
        Grant.objects.filter(pk=grant.pk).update(valid_to=by.viewer.day - timedelta(days=1))
        log.write("change", "disconnect system", by=by.viewer.user, at=now, details={"grant": grant.pk})


def come_in(token: str, *, now: datetime) -> KnownSystem | None:
    """Who comes in by a token, with the day it did so; none where the token does not hold."""
    known = known_system(token, now)
    if known is not None and known.system.seen_on != known.outsider.viewer.day:
        with within([known.system.board_id]):
            ProviderSystem.objects.filter(pk=known.system.pk).update(seen_on=known.outsider.viewer.day)
    return known


def send_rows(lines: Sequence[FileLine], *, month: str, key: str, by: KnownSystem, now: datetime) -> Brought:
    """Reads what a system sends into drafts of a month, as a file is; the same sent again is answered the same.

    Takes: the month as 2026-02; the system's own key of what it sends, never used for anything else.
    Raises: KeyUsedError; NotForYouError where the month is not the provider's own; WrongFileError with every wrong row.
    """
    said = _said(month, lines)
    with one_press("send rows", by=by.outsider.viewer, now=now):
        # Of two at once the second waits here until the first is stored or undone.
        given = {"board": by.system.board, "sha256": said, "at": now}
        before, first = Sending.objects.get_or_create(system=by.system, key=key, defaults=given)
        if not first and before.sha256 != said:
            raise KeyUsedError("Nyckeln har använts för något annat", fix="använd en ny Idempotency-Key")
        if not first:
            return Brought(**before.answer)
        chosen = sendable(by.outsider).get(month)
        if chosen is None:
            raise NotForYouError("Det finns ingen sådan månad för dig")
        done = bring_lines(lines, chosen, by=by.outsider, now=now)
        Sending.objects.filter(pk=before.pk).update(answer=asdict(done))
        details = {"rows": done.new, "reports": done.reports, "system": by.system.pk}
        log.write("change", "send rows", by=by.outsider.viewer.user, at=now, details=details)
        return done


def forget(*, before: datetime) -> int:
    """Takes away the keys of what was sent long ago."""
    return Sending.objects.filter(at__lt=before).delete()[0]


def _connected(
    board: Board, provider: str, called: str, until: date, by: Viewer, now: datetime, why: dict[str, int]
) -> Connected:
    if not called.strip():
        raise HeldBackError("Skriv vad systemet heter")
    if not by.day <= until <= by.day + timedelta(days=whole(LONGEST, by.day)):
        raise HeldBackError(
            "Sista dagen har varit, eller är för långt fram", fix=f"högst {whole(LONGEST, by.day)} dagar från i dag"
        )
    name = called.strip()[:100]
    # No password and no name that a log-in could give: nobody comes in by it but with the token.
    user = User.objects.create_user(f"system-{secrets.token_hex(8)}", name, external=True)
    grant = Grant.objects.create(user=user, role=PROVIDER, board=board, valid_from=by.day, valid_to=until)
    portal = PortalGrant.objects.create(grant=grant, board=board, called=name, provider_number=provider)
    token = new_token(board)
    system: ProviderSystem = ProviderSystem.objects.create(
        board=board, portal=portal, token_hash=hashed(token), made_by=by.user, made_at=now
    )
    details = {"grant": grant.pk, "to": user.pk, "board": board.pk, **why}
    log.write("change", "connect system", by=by.user, at=now, details=details)
    return Connected(system, token)


def _said(month: str, lines: Sequence[FileLine]) -> str:
    rows = [asdict(one) for one in lines]
    return hashlib.sha256(json.dumps([month, rows], sort_keys=True, default=str).encode()).hexdigest()
