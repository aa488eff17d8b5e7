"""Personal identity numbers and coordination numbers, read as of the day the file was made."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tillit.identifiers.number import Verdict, passes_luhn, tidy


class PersonKind(StrEnum):
    """Which series a person's number belongs to, by its form."""

    PERSONAL_IDENTITY = "personal_identity_number"  # personnummer
    COORDINATION = "coordination_number"  # samordningsnummer: the day of birth + 60
    INTERIM = "interim"  # a letter in place of the first serial digit: another id, not a personnummer
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PersonNumber:
    """A person's number: twelve digits when they can be told, else the text as it came.

    Neither number nor birth date is shown by `repr`, so neither reaches a log or an error text.

    >>> parse_person("20000229-2399", on=date(2026, 1, 1))
    PersonNumber(kind=<PersonKind.PERSONAL_IDENTITY: 'personal_identity_number'>, \
verdict=<Verdict.VALID: 'valid'>)
    """

    kind: PersonKind
    verdict: Verdict
    number: str = field(repr=False)
    birth_date: date | None = field(default=None, repr=False)


_FORM = re.compile(
    r"(18|19|20)?([0-9]{2})([0-9]{2})([0-9]{2})([-+]?)([0-9]{3}|[A-Z][0-9]{2})([0-9])",
)


def parse_person(text: str, *, on: date) -> PersonNumber:
    """A person's number and what is wrong with it, whatever the text.

    Blanks are taken around the number but not inside it: a web form turns `+` into a blank, and with it
    a century is lost. The check digit of an interim number is local and is not tried.

    Takes: ten or twelve digits, with `-`, `+` or nothing; the date of the file, which settles the century.

    >>> parse_person("090527+1474", on=date(2026, 1, 1)).number
    '190905271474'
    >>> parse_person("20000229-2390", on=date(2026, 1, 1)).verdict
    <Verdict.CHECKSUM_ERROR: 'checksum_error'>
    """
    given = tidy(text).upper()
    form = _FORM.fullmatch(given)
    if form is None:
        return PersonNumber(PersonKind.OTHER, Verdict.FORMAT_ERROR, given)
    century, yy, mm, dd, sign, serial, check = form.groups()
    month, day = int(mm), int(dd)
    coordination = day >= 60
    if coordination:
        day -= 60
    year = int(century + yy) if century else _year(int(yy), month, day, older=sign == "+", on=on)
    verdict, born = _birth(year, month, day, coordination=coordination)
    number = f"{year}{mm}{dd}{serial}{check}"
    if serial[0] > "9":
        return PersonNumber(PersonKind.INTERIM, verdict, number, born)
    kind = PersonKind.COORDINATION if coordination else PersonKind.PERSONAL_IDENTITY
    if serial == "000":  # never given out, though its check digit may fit
        return PersonNumber(kind, Verdict.FORMAT_ERROR, number)
    if verdict is not Verdict.FORMAT_ERROR and not passes_luhn(number[2:]):
        verdict = Verdict.CHECKSUM_ERROR
    return PersonNumber(kind, verdict, number, born)


def _birth(year: int, month: int, day: int, *, coordination: bool) -> tuple[Verdict, date | None]:
    """The birth date, if there can be one; that of a coordination number may be known in part only.

    Month 00 and day 60 stand for what is unknown, and the official series also has 31 April and its like.

    Takes: the day with the 60 of a coordination number taken off.

    >>> _birth(1999, 2, 29, coordination=False)
    (<Verdict.FORMAT_ERROR: 'format_error'>, None)
    >>> _birth(1999, 2, 29, coordination=True)
    (<Verdict.VALID_INCOMPLETE: 'valid_incomplete'>, None)
    """
    try:
        return Verdict.VALID, date(year, month, day)
    except ValueError:
        partly_known = coordination and month <= 12 and day <= 31
        return (Verdict.VALID_INCOMPLETE if partly_known else Verdict.FORMAT_ERROR), None


def _year(yy: int, month: int, day: int, *, older: bool, on: date) -> int:
    """The year of birth behind two digits; `+` stands from the year in which a person turns 100."""
    latest = on.year - (on.year - yy) % 100
    unborn = (latest, month, day) > (on.year, on.month, on.day)
    return latest - 100 if older or unborn else latest
