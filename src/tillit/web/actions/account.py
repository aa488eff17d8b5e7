"""What a person decides about the own account."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from tillit.errors import RefusedError
from tillit.web.actions import log
from tillit.web.rules.viewer import Viewer


class UnknownLanguageError(RefusedError):
    """A language that Tillit does not speak."""


@transaction.atomic
def choose_language(language: str, *, by: Viewer, now: datetime) -> None:
    """The language of one's own pages.

    Raises: UnknownLanguageError.
    """
    if language not in dict(settings.LANGUAGES):
        raise UnknownLanguageError(f"Språket '{language[:10]}' finns inte", fix="välj svenska eller engelska")
    if by.user.language != language:
        by.user.language = language
        by.user.save(update_fields=["language"])
        log.write("change", "choose language", by=by.user, at=now, details={"language": language})
