"""How figures are written on a page."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.translation import get_language

from tillit.catalogue import Statistic, Waiting
from tillit.units import Period
from tillit.web.queries.statistic import Cut
from tillit.web.queries.statistic_words import Words, decimal

register = template.Library()
register.filter("decimal", decimal)

_ROW = 30


@register.filter
def named(one: Statistic | Waiting) -> str:
    """What a figure is called, in the reader's language."""
    return one.en if get_language() == "en" else one.sv


@register.filter
def meaning(one: Statistic | Waiting) -> str:
    """What a figure means, or what it waits for."""
    if isinstance(one, Waiting):
        return one.waits_for_en if get_language() == "en" else one.waits_for
    return one.about_en if get_language() == "en" else one.about


@register.filter
def amount(statistic: Statistic, number: int | None) -> str:
    """A number of the figure as it is read."""
    return _words().written(statistic, number)


@register.filter
def cut_title(statistic: Statistic, cut: str) -> str:
    """What a table of the figure is called."""
    return _words().title(statistic, cut)


@register.simple_tag
def cell_word(words: Words, statistic: Statistic, cut: str, key: str) -> str:
    """What a row of a table is called."""
    return words.cell(statistic, cut, key)


@register.simple_tag
def of_period(period: Period, cut: str = "", key: str = "") -> str:
    """The end of an address: the period, and the row that is asked for."""
    more = {"tabell": cut, "rad": key} if cut else {}
    return "?" + urlencode({"first": period.first.isoformat(), "last": period.last.isoformat()} | more)


@register.inclusion_tag("statistic/chart.html")
def chart(statistic: Statistic, cut: Cut, words: Words) -> dict[str, Any]:
    """A chart of a table: bars that lie, each with its name and number; the table beside says the same."""
    rows = [
        {
            "y": _ROW * place, "text": _ROW * place + 12, "bar": _ROW * place + 17, "width": max(cell.share, 0),
            "name": words.cell(statistic, cut.name, cell.key), "number": words.written(statistic, cell.number),
        }
        for place, cell in enumerate(cut.cells)
    ]  # fmt: skip
    about = "; ".join(f"{row['name']}: {row['number']}" for row in rows)
    return {"rows": rows, "height": _ROW * len(rows), "title": words.title(statistic, cut.name), "about": about}


def _words() -> Words:
    return Words(english=get_language() == "en")
