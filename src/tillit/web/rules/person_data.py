"""Where something held may lead to a person: every column that can hold a person's code, of every model of a board.

Found from the models themselves, by the same manager that the second wall is laid by (models/second_wall.py): a model
that is added is searched by itself, and one that is forgotten there is forgotten nowhere.
"""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tillit.web.models.scoping import OfBoard

PERSON_COLUMNS = {"client_code", "worker_code", "person_code"}
"""Columns that are a person's code, whole."""

CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}\b")
"""A code as people see it (store/persons.py)."""

_CODE_LENGTH = 15


def models_of_boards() -> list[type[models.Model]]:
    """Every model that the first and the second wall stand before."""
    return [one for one in apps.get_app_config("web").get_models() if isinstance(one._default_manager, OfBoard)]


def searched(model: type[models.Model]) -> list[str]:
    """The columns of a model that could hold a code, whole or in a text or in JSON. Parents answer for their own."""
    return [field.name for field in model._meta.local_fields if _can_hold(field)]


def other_persons_struck(text: str, own: str, struck: str) -> str:
    """A text in which every code but one's own is struck out.

    >>> other_persons_struck("0000-0000-00001 0000-0000-00002", "0000-0000-00001", "X")
    '0000-0000-00001 X'
    """
    return CODE.sub(lambda found: found[0] if found[0] == own else struck, text)


def _can_hold(field: "models.Field[object, object]") -> bool:
    if isinstance(field, models.JSONField | models.TextField):
        return True
    return (
        isinstance(field, models.CharField)
        and not field.choices
        and (field.max_length or 0) >= _CODE_LENGTH
        and "sha256" not in field.name
    )


def unsearched() -> Iterator[type[models.Model]]:
    """The models of boards in which no column could hold a code."""
    return (one for one in models_of_boards() if not searched(one))
