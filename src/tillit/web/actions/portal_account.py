"""Opens the portal to someone outside: an account, an outside role, and the one thing that it is held for.

It is closed as every role is closed (role_review.end_role), and goes into the same yearly review.
"""

from dataclasses import dataclass
from datetime import date, datetime

from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, one_press
from tillit.web.models import Board, Decision, Grant, PortalGrant, TimeReport, User
from tillit.web.queries.access import ADMINISTRATOR
from tillit.web.queries.portal_account import is_provider
from tillit.web.queries.role_review import managers_at
from tillit.web.rules.decision import is_code
from tillit.web.rules.portal import CLIENT, PROVIDER, WORKER
from tillit.web.rules.viewer import Viewer


@dataclass(frozen=True)
class Bond:
    """What an outside role is held for: a provider (R29), a worker there (R30), or a client (R31)."""

    role: str
    called: str
    provider_number: str = ""
    worker_code: str = ""
    client_code: str = ""
    represents: str = ""


def open_portal(
    username: str,
    name: str,
    bond: Bond,
    *,
    board: Board,
    until: date | None = None,
    ordered_by: User,
    by: Viewer,
    now: datetime,
) -> PortalGrant:
    """Binds an account outside to one thing, from today, on the order of a manager. A new account is made.

    A new account has no password: it comes in through the municipality's identity provider, by its username there.
    Raises: NotForYouError at a board that the viewer does not administer; HeldBackError where the account works here,
    what it is bound to does not fit the role, it is bound to it already, or the order is no manager's.
    """
    with one_press("open portal", by=by, now=now):
        if not by.has({ADMINISTRATOR}, board=board.pk):
            raise NotForYouError("Det finns ingen sådan nämnd för dig")
        _fits(bond)
        _known_at(board, bond)
        if until is not None and until < by.day:
            raise HeldBackError("Sista dagen har redan varit", fix="välj en senare dag")
        if not managers_at(board, None, by).filter(pk=ordered_by.pk).exists():
            raise HeldBackError("En chef i nämnden beställer kontot", fix="välj chefen som har beställt det")
        user = User.objects.filter(username=username.strip()).first()
        if user is None:
            user = User.objects.create_user(username.strip(), name.strip()[:200], external=True)
        if not user.external or not user.is_active:
            raise HeldBackError(
                "Kontot är en medarbetares, eller stängt", fix="den som också är utanför har ett eget konto för det"
            )
        given = {part: getattr(bond, part) for part in ("provider_number", "worker_code", "client_code", "represents")}
        same = PortalGrant.objects.filter(grant__user=user, grant__role=bond.role, board=board, **given)
        if same.exclude(grant__valid_to__lt=by.day).exists():
            raise HeldBackError("Kontot har redan det", fix="avsluta det först om något ska ändras")
        grant = Grant.objects.create(user=user, role=bond.role, board=board, valid_from=by.day, valid_to=until)
        made: PortalGrant = PortalGrant.objects.create(grant=grant, board=board, called=bond.called[:200], **given)
        details = {"grant": grant.pk, "to": user.pk, "role": bond.role, "board": board.pk, "ordered_by": ordered_by.pk}
        log.write("change", "open portal", by=by.user, at=now, details=details)
        return made


def _known_at(board: Board, bond: Bond) -> None:
    """A code that is written wrong may be well formed: it opens nothing unless the board has such a client."""
    if not bond.client_code:
        return
    of_client = {"board": board, "client_code": bond.client_code}
    if not Decision.objects.filter(**of_client).exists() and not TimeReport.objects.filter(**of_client).exists():
        raise HeldBackError(
            "Nämnden har ingen brukare med den koden", fix="jämför koden med den i beslutet eller tidrapporten"
        )


def _fits(bond: Bond) -> None:
    filled = {part for part in ("provider_number", "worker_code", "client_code", "represents") if getattr(bond, part)}
    wanted = {
        PROVIDER: {"provider_number"},
        WORKER: {"provider_number", "worker_code"},
        CLIENT: {"client_code", "represents"},
    }
    if filled != wanted.get(bond.role):
        raise HeldBackError(
            "Rollen och det som kontot gäller hör inte ihop",
            fix="anordnare: organisationsnummer; assistent: också assistentens kod; brukare: kod och företrädare",
        )
    if bond.provider_number and not is_provider(bond.provider_number):
        raise HeldBackError("Det finns ingen anordnare med det organisationsnumret", fix="se över numret")
    for one in filter(None, (bond.worker_code, bond.client_code)):
        if not is_code(one):
            raise HeldBackError("Koden är ingen kod i Tillit", fix="skriv den som den står i rapporten")
