"""What a provider shares with others: people in roles, accounts, addresses. Never who, which or where."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from tillit.web.models import Provider, ProviderLink

MOST_SHOWN = 40
"""So many links are shown; a provider with more is looked at elsewhere than on a page."""


@dataclass(frozen=True)
class Shared:
    """One thing shared with another provider: as what here and there, since when, and whether it is still so."""

    kind: str
    roles_here: list[str]
    roles_there: list[str]
    here: tuple[date | None, date | None]
    there: tuple[date | None, date | None]
    now: bool


@dataclass(frozen=True)
class Linked:
    """Another provider, all that is shared with it, and the providers that it in turn shares something with."""

    provider: Provider
    shared: list[Shared]
    further: list[Provider] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        """The kinds of what is shared, each once."""
        return list(dict.fromkeys(one.kind for one in self.shared))

    @property
    def now(self) -> bool:
        """Whether anything is shared today."""
        return any(one.now for one in self.shared)


def linked_with(found: Provider, day: date) -> list[Linked]:
    """The providers that share something with this one, those that still do first.

    Two boards that were delivered the same register say the same link: it is shown once.
    """
    links = list(_of({found.pk}).order_by("pk")[: MOST_SHOWN * 2])
    others: dict[int, tuple[Provider, list[Shared]]] = {}
    for link in links:
        other, shared = _seen_from(found, link, day)
        _provider, known = others.setdefault(other.pk, (other, []))
        if shared not in known:
            known.append(shared)
    further = _further(found, set(others))
    made = [Linked(other, shared, further.get(pk, [])) for pk, (other, shared) in others.items()]
    return sorted(made, key=lambda one: (not one.now, one.provider.name, one.provider.pk))[:MOST_SHOWN]


def _further(found: Provider, near: set[int]) -> dict[int, list[Provider]]:
    known: dict[int, dict[int, Provider]] = {}
    for link in _of(near).order_by("other__name", "pk")[: MOST_SHOWN * 4] if near else ():
        for here, there in ((link.one, link.other), (link.other, link.one)):
            if here.pk in near and there.pk != found.pk:
                known.setdefault(here.pk, {})[there.pk] = there
    return {pk: list(providers.values()) for pk, providers in known.items()}


def _of(providers: set[int]) -> QuerySet[ProviderLink]:
    return ProviderLink.objects.filter(Q(one__in=providers) | Q(other__in=providers)).select_related("one", "other")


def _seen_from(found: Provider, link: ProviderLink, day: date) -> tuple[Provider, Shared]:
    one = (link.one_roles, (link.one_from, link.one_to))
    other = (link.other_roles, (link.other_from, link.other_to))
    here, there = (one, other) if link.one_id == found.pk else (other, one)
    now = all(last is None or last >= day for last in (link.one_to, link.other_to))
    return (
        link.other if link.one_id == found.pk else link.one,
        Shared(link.kind, here[0], there[0], here[1], there[1], now),
    )
