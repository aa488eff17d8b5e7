"""Opens an account for someone who works here, with its first role, and closes one when the person has left."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, one_press
from tillit.web.actions.role import end_role, give_role
from tillit.web.models import Board, Unit, User
from tillit.web.queries.role import standing
from tillit.web.queries.role_review import administered
from tillit.web.rules.content import catalogue
from tillit.web.rules.personal_data import NUMBERS, hits
from tillit.web.rules.viewer import Viewer


@dataclass(frozen=True)
class Opened:
    """An account that was opened, and its first password where it has one: shown once, kept nowhere."""

    user: User
    password: str


def open_account(
    username: str,
    name: str,
    role: str,
    *,
    email: str = "",
    board: Board | None,
    unit: Unit | None = None,
    until: date | None = None,
    ordered_by: User,
    by: Viewer,
    now: datetime,
) -> Opened:
    """An account with its first role, given as every role is (actions/role.py). A closed account is opened again.

    Where the municipality's identity provider is connected the account has no password: it comes in that way, by its
    username there. Else it gets one that opens nothing until the person has changed it.
    Raises: what give_role raises; HeldBackError where the name is taken, missing or a number of a person.
    """
    with one_press("open account", by=by, now=now):
        username, name, email = username.strip(), " ".join(name.split()), email.strip()
        _can_be_called(username, name, email, by.day)
        user = User.objects.filter(username__iexact=username).first()
        if user is not None and (user.is_active or user.external):
            raise HeldBackError("Användarnamnet finns redan", fix="ge rollen till det kontot, eller skriv ett annat")
        password = "" if settings.TILLIT.identity or settings.TILLIT.saml else secrets.token_urlsafe(12)
        if user is None:
            user = User(username=username)
        user.name, user.email, user.is_active = name[:200], email, True
        user.password, user.password_is_given = make_password(password or None), bool(password)
        user.save()
        give_role(user, role, board=board, unit=unit, until=until, ordered_by=ordered_by, by=by, now=now)
        log.write("change", "open account", by=by.user, at=now, details={"user": user.pk})
        return Opened(user, password)


def close_account(user: User, *, by: Viewer, now: datetime) -> None:
    """Closes an account: its roles end and it cannot log in, from this moment. What the person has done stays.

    Raises: NotForYouError where the viewer does not administer it; NotYourStepError for one's own; HeldBackError
    where it holds a role at another board, or one that needs a second person to be ended.
    """
    with one_press("close account", by=by, now=now):
        if user.pk == by.user.pk:
            raise NotYourStepError("Ingen stänger sitt eget konto", fix="be en annan behörighetsadministratör")
        mine = list(administered(by).filter(user=user))
        if not mine or user.external or not user.is_active:
            raise NotForYouError("Det finns inget sådant konto för dig")
        here = {one.pk for one in mine}
        held = list(standing(local_date(now)).filter(user=user))
        if [one for one in held if one.pk not in here]:
            raise HeldBackError("Personen har roller i en annan nämnd", fix="avsluta rollerna här i stället")
        if [one for one in held if catalogue().roles[one.role].second_person]:
            raise HeldBackError(
                "Personen har en roll som två personer avslutar", fix="avsluta den rollen först, och stäng sedan kontot"
            )
        for grant in mine:
            end_role(grant, by=by, now=now)
        User.objects.filter(pk=user.pk).update(is_active=False, password=make_password(None))
        log.write("change", "close account", by=by.user, at=now, details={"user": user.pk})


def _can_be_called(username: str, name: str, email: str, day: date) -> None:
    if not 2 <= len(username) <= 150 or not name or not all(one.isprintable() for one in username + name):
        raise HeldBackError("Användarnamn och namn behöver fyllas i", fix="skriv dem som hos kommunens inloggning")
    if any(hit.kind in NUMBERS for hit in hits(username, on=day)):
        raise HeldBackError("Användarnamnet är ett personnummer", fix="använd ett annat: det syns i listor")
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise HeldBackError("E-postadressen går inte att läsa", fix="se över den, eller lämna den tom") from None
