"""The drawing of what a provider is linked with: a provider to the left, the others below each other to the right."""

import textwrap
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.functional import Promise

from tillit.web import words
from tillit.web.models import Provider
from tillit.web.queries.provider_link import Linked
from tillit.web.templatetags.content import called

register = template.Library()

ROW, BOX, WIDE = 60, 44, 150
FROM, TO = 8 + WIDE, 274
MOST = 12
"""So many others are drawn; all are in the table."""


@dataclass(frozen=True)
class Node:
    """A box with a name on one or two lines, and the line to it with what is shared."""

    x: int
    y: int
    lines: list[tuple[int, str]]
    middle: int
    word: str | Promise = ""
    kind: str = ""
    ended: bool = False


@register.inclusion_tag("provider/graph.html")
def graph(found: Provider, others: list[Linked]) -> dict[str, Any]:
    """Where each box and line stands."""
    drawn = others[:MOST]
    height = max(len(drawn), 1) * ROW + 8
    nodes = [_node(TO, 8 + place * ROW, one.provider, one) for place, one in enumerate(drawn)]
    centre = _node(8, (height - BOX) // 2, found, None)
    return {"centre": centre, "nodes": nodes, "height": height, "from": FROM, "to": TO, "box": BOX, "wide": WIDE}


def _node(x: int, y: int, provider: Provider, link: Linked | None) -> Node:
    lines = textwrap.wrap(called(provider), 21, max_lines=2, placeholder="…") or ["–"]
    first = y + BOX // 2 + (5 if len(lines) == 1 else -3)
    placed = [(first + number * 16, text) for number, text in enumerate(lines)]
    middle = y + BOX // 2
    if link is None:
        return Node(x, y, placed, middle)
    named = [words.SHARED[kind].word for kind in link.kinds if kind in words.SHARED]
    return Node(x, y, placed, middle, ", ".join(map(str, named)), link.kinds[0], not link.now)
