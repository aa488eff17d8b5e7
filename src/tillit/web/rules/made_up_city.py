"""The made-up city's way in: everyone there has the same password, and the log-in page says it."""

from django.conf import settings

PASSWORD = "provstad-2026"  # of accounts that exist in the made-up city alone


def is_made_up() -> bool:
    """Whether this installation is the made-up city (TILLIT_MADE_UP_CITY=yes)."""
    return bool(settings.TILLIT.made_up_city)
