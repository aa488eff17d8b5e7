"""How estimates are written on a page: never more than the numbers say; and the drawing of a funnel."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import get_language

from tillit.catalogue import SampleFrame
from tillit.measure import words
from tillit.measure.estimate import Estimate
from tillit.measure.funnel import Placed, limits

register = template.Library()
register.filter("rate", words.rate_in_words)
register.filter("money_said", words.money_in_words)
register.filter("none_found", words.none_found_in_words)
register.filter("change_said", words.change_in_words)
register.filter("share_said", words.share_in_words)

WIDE, HIGH, LEFT, UNDER = 640, 300, 44, 30


@register.filter
def stratum(name: str, frame: SampleFrame) -> str:
    """What a stratum is called, in the reader's language."""
    english = frame.strata_en.get(name, "") if get_language() == "en" else ""
    return english or frame.strata.get(name, name)


@register.filter
def unit_word(frame: SampleFrame) -> str:
    """What one unit is, in the reader's language."""
    return frame.unit_en if get_language() == "en" and frame.unit_en else frame.unit


@register.filter
def times(value: tuple[float, float, float]) -> str:
    """A ratio with its interval."""
    return words.times_in_words(value)


@register.filter
def nothing_wrong(estimate: Estimate) -> bool:
    """Whether not one of those reviewed was wrong: then only a limit can be told."""
    return estimate.value == 0 and estimate.reviewed > 0


@register.inclusion_tag("sample/funnel.html")
def funnel(placed: Sequence[Placed]) -> dict[str, Any]:
    """The points by number of units and share, with the limits of chance about the share of all."""
    most = max(one.point.units for one in placed)
    hits, units = sum(one.point.hits for one in placed), sum(one.point.units for one in placed)
    middle = hits / units
    top = max(0.1, *(one.point.share for one in placed), *(one.outer[1] for one in placed))
    top = min(1.0, top * 1.1)

    # As text: a number would be written with the reader's comma.
    def x(units: float) -> str:
        return f"{LEFT + (WIDE - LEFT - 10) * units / most:.1f}"

    def y(share: float) -> str:
        return f"{(HIGH - UNDER) * (1 - min(share, top) / top) + 6:.1f}"

    steps = sorted({max(1, round(most * step / 40)) for step in range(1, 41)})
    lines = []
    for name, within in (("inner", 0.95), ("outer", 0.998)):
        for side in (0, 1):
            points = " ".join(f"{x(count)},{y(limits(middle, count, within)[side])}" for count in steps)
            lines.append({"name": name, "points": points})
    return {
        "wide": WIDE, "high": HIGH, "left": LEFT, "bottom": HIGH - UNDER + 6, "most": most, "right": x(most),
        "points": [{"x": x(one.point.units), "y": y(one.point.share), "outside": one.outside} for one in placed],
        "lines": lines, "middle": y(middle), "top": round(100 * top), "share": round(100 * middle),
    }  # fmt: skip
