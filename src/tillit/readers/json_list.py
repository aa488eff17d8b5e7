"""JSON from outside: the objects of a list, each with the line on which it begins."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

from tillit.readers.unreadable import Unreadable

_LIST = re.compile(r'\s*(\{\s*"[^"]*"\s*:\s*)?\[\s*')
_BLANK = re.compile(r"\s*")


class BrokenJson(Unreadable):
    """The JSON cannot be parsed."""


def json_items(text: str) -> Iterator[tuple[int, Any]]:
    """The values of a JSON list, each with its line; the list may be the one value of an object.

    Gives: numbers with a decimal sign as Decimal.
    Raises: BrokenJson.

    >>> list(json_items('{"visits": [{"a": 1},\\n {"a": 2.50}]}'))
    [(1, {'a': 1}), (2, {'a': Decimal('2.50')})]
    """
    opening = _LIST.match(text)
    if opening is None:
        raise BrokenJson("the JSON is not a list", fix="export the objects as a list")
    place, line, counted = opening.end(), 1, 0
    while text[place : place + 1] != "]":
        line, counted = line + text.count("\n", counted, place), place
        item, place = _value(text, place, line)
        yield line, item
        place = _past_blanks(text, place)
        if text[place : place + 1] == ",":
            place = _past_blanks(text, place + 1)
        elif text[place : place + 1] != "]":
            line += text.count("\n", counted, place)
            raise BrokenJson("the list breaks off", line=line, fix="ask the sender for the whole file again")


def first_keys(text: str) -> frozenset[str]:
    """The keys of the first object, of the list or alone; none when there is no such object.

    >>> sorted(first_keys('[{"b": 1, "a": 2}, {"b'))
    ['a', 'b']
    """
    opening = _LIST.match(text)
    try:
        first, _ = _value(text, opening.end() if opening else _past_blanks(text, 0), 1)
    except BrokenJson:
        return frozenset()
    return frozenset(first) if isinstance(first, dict) else frozenset()


def _value(text: str, place: int, line: int) -> tuple[Any, int]:
    decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_number)
    try:
        return decoder.raw_decode(text, place)
    except RecursionError:
        raise BrokenJson("values lie too deep in each other", line=line, fix="ask for another file") from None
    except json.JSONDecodeError as fault:  # its message names signs, never what stands in the file
        what = f"the JSON is broken: {fault.msg}"
        raise BrokenJson(what, line=fault.lineno, fix="ask the sender for the whole file again") from None
    except ValueError:  # a whole number of thousands of digits
        raise BrokenJson("a number is too long", line=line, fix="ask for another file") from None


def _no_number(name: str) -> NoReturn:
    raise BrokenJson(f"{name} is no number in JSON", fix="ask the sender for another file")


def _past_blanks(text: str, place: int) -> int:
    found = _BLANK.match(text, place)
    return found.end() if found else place
