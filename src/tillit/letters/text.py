"""A text with fields becomes blocks. It is written in a little Markdown: headings, lists, tables and paragraphs.

What a value holds is never read as Markdown, nor as a template: a value that begins with '#' is no heading.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from tillit.letters.block import Block, Bullets, Heading, Paragraph, Table

_MARKS = "\n#-|"
_HIDDEN = {ord(mark): chr(0xE000 + number) for number, mark in enumerate(_MARKS)}
_SHOWN = {ord(hidden): chr(mark) for mark, hidden in _HIDDEN.items()}
_RULE = re.compile(r"\|[\s|:-]+\|")


def environment(**more: Any) -> SandboxedEnvironment:
    """Where the text of a document is filled: no functions, no filters, nothing but its fields."""
    made = SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, **more)
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made


def blocks_of(text: str, values: Mapping[str, Any]) -> list[Block]:
    """A text filled with its values, as blocks."""
    filled = _template(text).render(values)
    lines = [line.strip() for line in filled.split("\n")]
    kinds = groupby(lines, _kind)
    return [block for kind, part in kinds for block in _blocks(kind, list(part))]


@lru_cache(maxsize=64)
def _template(text: str) -> Template:
    return environment(finalize=_hide).from_string(text)


def _hide(value: Any) -> str:
    return str(value).translate(_HIDDEN)


def _show(text: str) -> str:
    return text.translate(_SHOWN)


def _kind(line: str) -> str:
    if not line:
        return ""
    return {"#": "heading", "-": "bullets", "|": "table"}.get(line[0], "paragraph")


def _blocks(kind: str, lines: list[str]) -> list[Block]:
    match kind:
        case "heading":
            return [Heading(_show(line.lstrip("#").strip()), min(line.count("#", 0, 3), 3)) for line in lines]
        case "bullets":
            return [Bullets(tuple(_show(line[1:].strip()) for line in lines))]
        case "table":
            return [_table(lines)]
        case "paragraph":
            return [Paragraph(_show(" ".join(lines)))]
        case _:
            return []


def _table(lines: list[str]) -> Table:
    headed = len(lines) > 1 and bool(_RULE.fullmatch(lines[1]))
    rows = [tuple(_show(cell.strip()) for cell in line.strip("|").split("|")) for line in lines]
    return Table(rows[0], tuple(rows[2:])) if headed else Table((), tuple(rows))
