"""How values are written on a page: kronor, hours, days, numbers and deadlines, in the reader's language."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.catalogue import ProcessField
from tillit.web.queries.evidence import Cell
from tillit.web.queries.provider import Month

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
    rounded = (abs(ore) + 50) // 100
    sign = "−" if ore < 0 and rounded else ""
    return f"{sign}{whole(rounded)}{SPACE}kr"


@register.filter
def kronor_and_ore(ore: int) -> str:
    """An amount to the last öre, as it stands on an invoice.

    >>> kronor_and_ore(1235650)
    '12\\xa0356,50\\xa0kr'
    """
    kr, rest = divmod(abs(ore), 100)
    return f"{'−' if ore < 0 else ''}{whole(kr)},{rest:02}{SPACE}kr"


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
def age(value: date | datetime | None, today: date) -> str:
    """How long ago a day is, in words."""
    if value is None:
        return "–"
    days = (today - (timezone.localtime(value).date() if isinstance(value, datetime) else value)).days
    return ngettext("%(days)d dag", "%(days)d dagar", days) % {"days": days} if days > 0 else _("i dag")


@register.inclusion_tag("parts/due.html")
def due(on: date | None, today: date) -> dict[str, Any]:
    """A deadline, and how near it is."""
    left = (on - today).days if on else None
    return {"on": on, "left": left, "late": -left if left is not None and left < 0 else 0}


@register.filter
def number(organisation: str) -> str:
    """An organisation number as it is written; a code as it is.

    >>> number("5599990008"), number("0000-0000-00001")
    ('559999-0008', '0000-0000-00001')
    """
    ten = len(organisation) == 10 and organisation.isdecimal()
    return f"{organisation[:6]}-{organisation[6:]}" if ten else organisation


@register.filter
def cell(shown: Cell) -> str:
    """A delivered value as people read it."""
    value = shown.value
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    match shown.kind:
        case "minutes":
            return hours(int(value))
        case "ore":
            return kronor_and_ore(int(value))
        case "date":
            return day(str(value))
        case "timestamp":
            return f"{day(str(value))}{SPACE}{str(value)[11:16]}"
        case "organisation":
            return number(str(value))
        case _:
            return str(value)


@register.filter
def value_of(given: Any, field: ProcessField) -> str:
    """The value of a field of a process, by the field's type."""
    if isinstance(given, bool):
        return _("ja") if given else _("nej")
    match field.type:
        case "money":
            return kronor_and_ore(int(given))
        case "date":
            return day(str(given))
        case _:
            return str(given)


@register.simple_tag
def bar(month: Month, most: int, place: int) -> dict[str, int]:
    """Where a bar of a diagram stands: 12 of them, the highest 100 high, on a line at 120."""
    height = round(100 * (month.number or 0) / most)
    top = 120 - height if month.number else 112 if month.number is None else 120
    return {"x": 8 + place * 52, "y": 120 - height, "height": height, "middle": 26 + place * 52, "label": top - 4}


@register.filter
def entry(table: Any, key: Any) -> Any:
    """The value under a key, or nothing."""
    return table.get(key) if table else None


@register.filter
def styled(field: BoundField) -> str:
    """A field's widget with the class that the design system asks for."""
    # allauth repeats each label as a placeholder, which is read as an answer that is already given.
    return field.as_widget(attrs={"class": "ds-input", "placeholder": False})
