"""The audiences that steps tell: each gives the people to be told about a matter. Who may not see it is not told."""

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

from tillit.units import local_date
from tillit.web.models import Block, Grant, Matter, User

Audience = Callable[[Matter], QuerySet[User]]
AUDIENCES: dict[str, Audience] = {}


def audience(people: Audience) -> Audience:
    """Makes a function known to process files under its own name; its docstring is shown with the process."""
    AUDIENCES[people.__name__] = people
    return people


def told(names: Iterable[str], matter: Matter, roles: Iterable[str] = ()) -> QuerySet[User]:
    """Everyone in the audiences and the roles, each once; nobody who is shut out of the matter because of bias."""
    chosen = [AUDIENCES[name](matter).values("pk") for name in names]
    chosen += [holders(role, matter).values("pk") for role in roles]
    anyone = Q(pk__in=[])
    for people in chosen:
        anyone |= Q(pk__in=people)
    blocked = Block.objects.filter(matter=matter, lifted_at=None).values("user")
    return User.objects.filter(anyone, is_active=True).exclude(pk__in=blocked).order_by("pk")


@audience
def opener(matter: Matter) -> QuerySet[User]:
    """Den som lämnade iakttagelsen eller öppnade ärendet."""
    return User.objects.filter(pk__in=filter(None, [matter.opened_by_id]))


@audience
def assigned(matter: Matter) -> QuerySet[User]:
    """De som arbetar med ärendet."""
    return User.objects.filter(assignments__matter=matter, assignments__valid_to=None)


@audience
def managers(matter: Matter) -> QuerySet[User]:
    """Enhetens chefer; är den enda chefen själv spärrad eller den som frågan gäller, förvaltningschefen."""
    concerned = Block.objects.filter(Q(matter=matter) | Q(declared_in=matter.pk), lifted_at=None)
    near = holders("R02", matter).exclude(pk__in=concerned.values("user"))
    return near if near.exists() else holders("R24", matter)


@audience
def control_function(matter: Matter) -> QuerySet[User]:
    """Nämndens kontrollfunktion."""
    return holders("R05", matter)


@audience
def counsel(matter: Matter) -> QuerySet[User]:
    """Juristerna."""
    return holders("R12", matter)


@audience
def contract_managers(matter: Matter) -> QuerySet[User]:
    """De avtalsansvariga."""
    return holders("R09", matter)


def holders(role: str, matter: Matter) -> QuerySet[User]:
    """Those who hold a role for a matter's board and unit on the day its state was entered."""
    day = local_date(matter.state_since)
    held = Grant.objects.filter(
        Q(board=None) | Q(board=matter.board_id),
        Q(unit=None) | Q(unit=matter.unit_id),
        Q(valid_to=None) | Q(valid_to__gte=day),
        role=role,
        valid_from__lte=day,
    )
    return User.objects.filter(pk__in=held.values("user"))
