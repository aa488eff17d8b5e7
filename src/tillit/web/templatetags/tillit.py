"""How values are written on a page: kronor, hours, days, and the words of codes, in the reader's language."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tillit.web import words
from tillit.web.rules.content import catalogue

register = template.Library()

SPACE = "\u00a0"
"""A space at which no line is broken: an amount never stands on two lines."""


@register.filter
def kronor(ore: int | None) -> str:
    """Öre as whole kronor.

    >>> kronor(1235650), kronor(0), kronor(None)
    ('12\\xa0357\\xa0kr', '0\\xa0kr', '–')
    """
    if ore is None:
        return "–"
    whole = (abs(ore) + 50) // 100
    sign = "−" if ore < 0 and whole else ""
    return f"{sign}{whole:,}".replace(",", SPACE) + f"{SPACE}kr"


@register.filter
def whole(number: int | None) -> str:
    """A whole number in groups of three.

    >>> whole(12356)
    '12\\xa0356'
    """
    return "–" if number is None else f"{number:,}".replace(",", SPACE)


@register.filter
def hours(minutes: int | None) -> str:
    """Minutes as hours and minutes.

    >>> hours(450), hours(20)
    ('7\\xa0h\\xa030\\xa0min', '20\\xa0min')
    """
    if minutes is None:
        return "–"
    h, m = divmod(abs(minutes), 60)
    parts = ([f"{h}{SPACE}h"] if h else []) + ([f"{m}{SPACE}min"] if m or not h else [])
    return ("−" if minutes < 0 else "") + SPACE.join(parts)


@register.filter
def day(value: date | datetime | str | None) -> str:
    """A day as people write it: 2 mars 2026."""
    if not value:
        return "–"
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return formats.date_format(value, "j F Y").replace(" ", SPACE)


@register.filter
def moment(value: datetime | None) -> str:
    """A day and a time on the town's clock."""
    if value is None:
        return "–"
    return formats.date_format(timezone.localtime(value), "j F Y H:i").replace(" ", SPACE)


@register.filter
def days_between(value: date | datetime | None, today: date) -> int | None:
    """Whole days from a day to today."""
    if value is None:
        return None
    return (today - (timezone.localtime(value).date() if isinstance(value, datetime) else value)).days


@register.filter
def age(value: date | datetime | None, today: date) -> str:
    """How long ago a day is, in words."""
    days = days_between(value, today)
    if days is None:
        return "–"
    if days <= 0:
        return _("i dag")
    return ngettext("%(days)d dag", "%(days)d dagar", days) % {"days": days}


@register.filter
def word(thing: Any) -> str:
    """What a part of content (a role, state, step or field) is called in the reader's language."""
    if thing is None:
        return ""
    english = getattr(thing, "en", "") if get_language() == "en" else ""
    return str(english or thing.sv)


@register.filter
def role(code: str) -> str:
    """What a role is called."""
    found = catalogue().roles.get(code)
    return word(found) if found else code


@register.filter
def coded(code: Any, table: str) -> Any:
    """The word for one of our codes: `finding.severity|coded:"SEVERITY"`."""
    known: dict[Any, Any] = getattr(words, table)
    return known.get(code) or words.Word(str(code))


@register.filter
def entry(table: Any, key: Any) -> Any:
    """The value under a key, or nothing."""
    return table.get(key) if table else None


@register.inclusion_tag("parts/due.html")
def due(on: date | None, today: date) -> dict[str, Any]:
    """A deadline, and how near it is."""
    left = (on - today).days if on else None
    return {"on": on, "left": left, "late": -left if left is not None and left < 0 else 0}


@register.filter
def styled(field: BoundField) -> str:
    """A field's widget with the class that the design system asks for."""
    # allauth repeats each label as a placeholder, which is read as an answer that is already given.
    return field.as_widget(attrs={"class": "ds-input", "placeholder": False})
