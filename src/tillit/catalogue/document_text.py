"""What a text of a document may hold: its fields, if and for. Nothing in it is code, and nothing reaches out of it."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes

LARGEST_TEXT = 200_000

_PARTS: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.If, nodes.For,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip


class Fault(NamedTuple):
    """What is wrong with a text, on which line, and what to do about it."""

    line: int
    what: str
    fix: str


def faults(text: str, known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    """Everything in a text that is not a field, an if or a for.

    Takes: each name that the text may use, with what may stand after a point behind it.
    """
    if len(text) > LARGEST_TEXT:
        yield Fault(1, f"it is {len(text)} characters long", f"write at most {LARGEST_TEXT}")
        return
    tree = parsed(text)
    if isinstance(tree, Fault):
        yield tree
        return
    yield from _of(tree, known)


def used(text: str) -> set[str]:
    """The names that a text uses; empty where it cannot be read."""
    tree = parsed(text)
    return set() if isinstance(tree, Fault) else {one.name for one in tree.find_all(nodes.Name) if one.ctx == "load"}


def parsed(text: str) -> nodes.Template | Fault:
    """A text as a tree, or the fault that keeps it from being one. Nothing is run."""
    try:
        return Environment(autoescape=False).parse(text)
    except TemplateSyntaxError as fault:
        fix = "write {{ field }}, {% if field %} … {% endif %} or {% for row in field %} … {% endfor %}"
        return Fault(fault.lineno, f"it cannot be read: {fault.message}", fix)
    except RecursionError:
        return Fault(1, "it is nested too deep", "write it simpler")


def _of(node: nodes.Node, known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    if not isinstance(node, _PARTS):
        what = "macros, filters, calls, includes and arithmetic are code, and a text has none"
        yield Fault(node.lineno, f"'{_called(node)}' is not taken: {what}", "let a field hold what is to be said")
        return
    if isinstance(node, nodes.For):
        yield from _of_loop(node, known)
        return
    if isinstance(node, nodes.Getattr):
        yield from _of_point(node, known)
        return
    if isinstance(node, nodes.Name) and node.name not in known:
        yield Fault(node.lineno, f"there is no field '{node.name}'", f"known: {', '.join(sorted(known))}")
    for child in node.iter_child_nodes():
        yield from _of(child, known)


def _of_loop(node: nodes.For, known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    if not isinstance(node.target, nodes.Name) or not isinstance(node.iter, nodes.Name) or node.recursive:
        yield Fault(node.lineno, "a for goes over one field", "write {% for row in field %}")
        return
    yield from _of(node.iter, known)
    inside = {**known, node.target.name: known.get(node.iter.name, ()), "loop": ("index", "first", "last")}
    for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
        yield from _of(child, inside)


def _of_point(node: nodes.Getattr, known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    if not isinstance(node.node, nodes.Name):
        yield Fault(node.lineno, f"'.{node.attr}' stands after something that is no field", "write field.part")
        return
    name = node.node.name
    if name not in known:
        yield Fault(node.lineno, f"there is no field '{name}'", f"known: {', '.join(sorted(known))}")
    elif node.attr not in known[name]:
        parts = ", ".join(known[name]) or "nothing"
        yield Fault(node.lineno, f"'{name}' has no '{node.attr}'", f"after its point: {parts}")


def _called(node: nodes.Node) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).lower()
