"""The scope of boards: a query on what belongs to a board raises unless a scope of boards is active."""

from typing import ClassVar, TypeVar

from django.db import models
from django_scopes import get_scope
from django_scopes.exceptions import ScopeError

M = TypeVar("M", bound=models.Model)


class OfBoard(models.Manager[M]):
    """The manager of a model that belongs to a board: it finds only what lies within the active scope.

    Raises: ScopeError for any query outside a scope, also through related objects.
    """

    path: ClassVar[str] = "board"

    def get_queryset(self) -> models.QuerySet[M]:
        """The rows of the boards of the active scope."""
        scope = get_scope()
        if not scope.get("_enabled", True):
            return super().get_queryset()
        if "board" not in scope:
            raise ScopeError(f"{self.model.__name__} was asked for outside a scope of boards")
        return super().get_queryset().filter(**{f"{self.path}__in": scope["board"]})


class OfMatter(OfBoard[M]):
    """The manager of a model that belongs to a matter, and through it to a board."""

    path = "matter__board"
