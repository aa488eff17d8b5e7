"""The values of a document as people write them, and the gaps where one is missing."""

import re
from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from tillit.catalogue import LISTS, DocumentField
from tillit.errors import RefusedError

LONGEST = 20_000
SPACE = "\u00a0"
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip

# What XML cannot hold, other signs for a new line, halves of characters, and the private characters that
# letters/text.py works with.
_NOT_TEXT = re.compile(
    "[^\t\n\r\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
)


class WrongLetterValueError(RefusedError):
    """A value is not what the field's type says."""


class Choice(str):
    """The words of a choice; its code is there to ask for: `{% if party.code == "provider" %}`."""

    code: str

    def __new__(cls, words: str, code: str) -> "Choice":
        """A choice in words, with its code."""
        made = super().__new__(cls, words)
        made.code = code
        return made


class Choices(list[str]):
    """The words of several choices: a text says them in a row, or each for itself in a list."""

    def __str__(self) -> str:
        return ", ".join(self)


class Gap(Choice):
    """What stands where a value is missing that must be there."""


def gap(field: DocumentField) -> Any:
    """What stands in a draft where a field is not filled."""
    told = Gap(f"[{field.sv.rstrip('?')}: fylls i]", "")
    return Choices([told]) if field.type == "choices" else told


def written(name: str, field: DocumentField, value: Any) -> Any:
    """A value as the text of a document gets it.

    Takes: ISO text for a date, öre for money, code and words for a choice, rows for a list; None where it is missing.
    Raises: WrongLetterValueError that names the field.
    """
    if value is None or value == "" or (value == [] and field.type != "list"):
        return [] if field.type == "list" else gap(field) if field.required else ""
    try:
        return _written(field, value)
    except (TypeError, ValueError, KeyError, AttributeError):
        raise WrongLetterValueError(
            f"”{field.sv}” kan inte skrivas i dokumentet", where=name, fix="fyll i det på nytt"
        ) from None


def _written(field: DocumentField, value: Any) -> Any:
    match field.type:
        case "list":
            return [_row(field, row) for row in value]
        case "choice":
            return Choice(clean(value["word"]), str(value["code"]))
        case "choices":
            return Choices(clean(one["word"]) for one in value)
        case "date":
            return day(value if isinstance(value, date) else date.fromisoformat(value))
        case "money":
            return kronor(int(value))
        case "boolean":
            return Choice("ja" if value else "nej", "yes" if value else "no")
        case _:
            return clean(str(value))


def _row(field: DocumentField, row: Mapping[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(**{column: clean(str(row.get(column) or "")) for column in LISTS[field.source[1]]})


def day(value: date) -> str:
    """A day as it stands in a letter.

    >>> day(date(2026, 3, 2))
    '2\\xa0mars\\xa02026'
    """
    return f"{value.day}{SPACE}{MONTHS[value.month - 1]}{SPACE}{value.year}"


def kronor(ore: int) -> str:
    """An amount to the last öre.

    >>> kronor(1235650), kronor(-900)
    ('12\\xa0356,50\\xa0kronor', '−9\\xa0kronor')
    """
    whole, rest = divmod(abs(ore), 100)
    part = f",{rest:02}" if rest else ""
    return f"{'−' if ore < 0 else ''}{whole:,}".replace(",", SPACE) + f"{part}{SPACE}kronor"


def clean(text: str) -> str:
    """Text that every file can hold; what no reader could see is taken away, and far too much is cut off.

    >>> clean("a\\x0bb\\ue000🙂")
    'ab🙂'
    """
    return _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]
