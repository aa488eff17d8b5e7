"""The audiences that steps tell: each gives the people to be told about a matter. Who may not see it is not told."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from tillit.units import local_date
from tillit.web.models import Block, Grant, Matter, PortalGrant, TimeReport, User

Audience = Callable[[Matter, datetime], QuerySet[User]]
AUDIENCES: dict[str, Audience] = {}


def audience(people: Audience) -> Audience:
    """Makes a function known to process files under its own name; its docstring is shown with the process."""
    AUDIENCES[people.__name__] = people
    return people


def told(names: Iterable[str], matter: Matter, *, now: datetime, roles: Iterable[str] = ()) -> QuerySet[User]:
    """Everyone in the audiences and the roles, each once; nobody who is shut out of the matter because of bias."""
    chosen = [AUDIENCES[name](matter, now).values("pk") for name in names]
    chosen += [holders(role, matter, now).values("pk") for role in roles]
    anyone = Q(pk__in=[])
    for people in chosen:
        anyone |= Q(pk__in=people)
    blocked = Block.objects.filter(matter=matter, lifted_at=None).values("user")
    return User.objects.filter(anyone, is_active=True).exclude(pk__in=blocked).order_by("pk")


@audience
def opener(matter: Matter, now: datetime) -> QuerySet[User]:
    """Den som lämnade iakttagelsen eller öppnade ärendet."""
    return User.objects.filter(pk__in=filter(None, [matter.opened_by_id]))


@audience
def assigned(matter: Matter, now: datetime) -> QuerySet[User]:
    """De som arbetar med ärendet."""
    working = matter.assignments.filter(Q(valid_to=None) | Q(valid_to__gt=now), valid_from__lte=now)
    return User.objects.filter(pk__in=working.values("user"))


@audience
def managers(matter: Matter, now: datetime) -> QuerySet[User]:
    """Enhetens chefer; är den enda chefen själv spärrad eller den som frågan gäller, förvaltningschefen."""
    concerned = Block.objects.filter(Q(matter=matter) | Q(declared_in=matter.pk), lifted_at=None)
    near = holders("R02", matter, now).exclude(pk__in=concerned.values("user"))
    return near if near.exists() else holders("R24", matter, now)


@audience
def control_function(matter: Matter, now: datetime) -> QuerySet[User]:
    """Nämndens kontrollfunktion."""
    return holders("R05", matter, now)


@audience
def counsel(matter: Matter, now: datetime) -> QuerySet[User]:
    """Juristerna."""
    return holders("R12", matter, now)


@audience
def contract_managers(matter: Matter, now: datetime) -> QuerySet[User]:
    """De avtalsansvariga."""
    return holders("R09", matter, now)


@audience
def coordinators(matter: Matter, now: datetime) -> QuerySet[User]:
    """De centrala samordnarna."""
    return holders("R10", matter, now)


@audience
def commissioning_managers(matter: Matter, now: datetime) -> QuerySet[User]:
    """Nämndens beställarchefer."""
    return holders("R03", matter, now)


@audience
def finance(matter: Matter, now: datetime) -> QuerySet[User]:
    """De som förbereder betalningar."""
    return holders("R06", matter, now)


@audience
def heads(matter: Matter, now: datetime) -> QuerySet[User]:
    """Förvaltningschefen."""
    return holders("R24", matter, now)


@audience
def report_provider(matter: Matter, now: datetime) -> QuerySet[User]:
    """De som rapporterar för anordnaren i portalen."""
    return _outside(now, board=matter.board_id, provider_number=matter.provider_number, worker_code="")


@audience
def report_client(matter: Matter, now: datetime) -> QuerySet[User]:
    """Brukaren och de som företräder brukaren i portalen."""
    code = TimeReport.objects.filter(pk=matter.pk).values("client_code")[:1]
    return _outside(now, board=matter.board_id, client_code__in=code)


def _outside(now: datetime, **bound_to: object) -> QuerySet[User]:
    day = local_date(now)
    held = PortalGrant.objects.filter(
        Q(grant__valid_to=None) | Q(grant__valid_to__gte=day), grant__valid_from__lte=day, **bound_to
    )
    return User.objects.filter(pk__in=held.values("grant__user"))


def holders(role: str, matter: Matter, now: datetime) -> QuerySet[User]:
    """Those who now hold a role for a matter's board and unit."""
    held = grants_now(role, now).filter(Q(board=None) | Q(board=matter.board_id), Q(unit=None) | Q(unit=matter.unit_id))
    return User.objects.filter(pk__in=held.values("user"))


def holders_at(role: str, board: int, now: datetime) -> QuerySet[User]:
    """Those who now hold a role for a whole board, and may log in."""
    held = grants_now(role, now).filter(board=board, unit=None)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def grants_now(role: str, now: datetime) -> QuerySet[Grant]:
    """Who holds a role, anywhere, on the day."""
    day = local_date(now)
    return Grant.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), role=role, valid_from__lte=day)
