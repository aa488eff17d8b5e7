"""Saves and forgets filters. They are a person's own and say nothing of anyone."""

from django.db import transaction

from tillit.errors import RefusedError
from tillit.web.models import SavedFilter
from tillit.web.rules.viewer import Viewer

MOST = 50


class FilterNotSavedError(RefusedError):
    """A filter without a name, too long, or one too many."""


@transaction.atomic
def save_filter(name: str, query: str, *, by: Viewer) -> SavedFilter:
    """Saves a filter under a name; one of the same name is replaced.

    Raises: FilterNotSavedError.
    """
    name = name.strip()
    if not 0 < len(name) <= 60 or len(query) > 500:
        raise FilterNotSavedError("Filtret kan inte sparas", fix="ge det ett namn på högst 60 tecken")
    if SavedFilter.objects.filter(user=by.user).exclude(name=name).count() >= MOST:
        raise FilterNotSavedError(f"Du har redan {MOST} sparade filter", fix="ta bort något av dem")
    saved, _ = SavedFilter.objects.update_or_create(user=by.user, name=name, defaults={"query": query})
    return saved


@transaction.atomic
def forget_filter(pk: int, *, by: Viewer) -> None:
    """Forgets one's own filter; another's does not exist."""
    SavedFilter.objects.filter(user=by.user, pk=pk).delete()
