"""The content of this installation, loaded once a process."""

from functools import cache

from django.conf import settings

from tillit.catalogue import Catalogue, load


@cache
def catalogue() -> Catalogue:
    """The content, with the municipality's own laid over it."""
    return load(*settings.TILLIT.content)
