"""Rows of JSON, as open data stores give them: a list of objects that all have the same keys."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tillit.readers.json_list import BrokenJson
from tillit.readers.record import LINES_TRIED, Preview, Record
from tillit.readers.unreadable import check_size
from tillit.store import Remark

_Object = dict[str, Any]


def row_list_preview(path: Path) -> Preview | None:
    """The keys as a row of headings and the first rows; nothing where the JSON is no list of plain objects.

    Raises: BrokenJson; TooLarge.
    """
    rows, _ = _rows(path)
    if not rows:
        return None
    headings = _headings(rows)
    first = [Record(0, 0, headings)]
    return Preview([*first, *_records(rows[:LINES_TRIED], headings)])


def row_list_records(path: Path) -> Iterator[Record]:
    """The rows, each with its place in the list as its line."""
    rows, _ = _rows(path)
    yield from _records(rows, _headings(rows))


def page_remark(path: Path) -> Remark | None:
    """Says so when the file is one page of a longer list."""
    rows, whole = _rows(path)
    if whole is None or whole <= len(rows):
        return None
    return Remark(0, f"the file has {len(rows)} of the {whole} rows of the list", "fetch the pages that follow too")


def _rows(path: Path) -> tuple[list[_Object], int | None]:
    """The list of objects, and how many rows the list has where the file tells it."""
    check_size(path.stat().st_size)
    try:
        # Numbers are kept as they are written: a float would change an amount or an account.
        data = json.loads(path.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        raise BrokenJson("the letters are not UTF-8, as those of JSON are", fix="ask for the file again") from None
    except RecursionError:
        raise BrokenJson("values lie too deep in each other", fix="ask for another file") from None
    except json.JSONDecodeError as fault:  # its message names signs, never what stands in the file
        what = f"the JSON is broken or cut off: {fault.msg}"
        raise BrokenJson(what, line=fault.lineno, fix="ask the sender for the whole file again") from None
    except ValueError:
        raise BrokenJson("a number is too long", fix="ask for another file") from None
    lists = [data] if isinstance(data, list) else [part for part in data.values() if isinstance(part, list)]
    rows = lists[0] if len(lists) == 1 else []
    whole = data.get("resultCount") if isinstance(data, dict) else None
    plain = all(isinstance(row, dict) and not any(isinstance(one, dict | list) for one in row.values()) for row in rows)
    return rows if plain else [], whole if isinstance(whole, int) else None


def _headings(rows: list[_Object]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _records(rows: list[_Object], headings: list[str]) -> Iterator[Record]:
    for number, row in enumerate(rows, start=1):
        yield Record(number, number, [_text(row.get(heading)) for heading in headings])


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
