"""The personal-data guard: what in a text may lead to a person, asked before the text leaves its zone.

It is a net, not a judge: what it stops a named person looks at (actions/clearance.py). It knows numbers by their
check digits, addresses by their form, and names and codes only where the matter itself holds them.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tillit.identifiers import PersonKind, Verdict, parse_person

KINDS = (
    "identity_number", "coordination_number", "interim_number", "birth_date", "phone", "email", "address", "code",
    "number", "name",
)  # fmt: skip
"""What is looked for; web/words.py says it in the words of the screen."""

NUMBERS = {"identity_number", "coordination_number", "interim_number"}
"""Numbers that are a person: these a text for the provider's zone never holds, cleared or not."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a text that may lead to a person. It never shows what stands there: not in a log, not in an error.

    `key` binds it to the whole text: in a text that has been changed it is another hit, and is asked about again.
    """

    kind: str
    start: int
    end: int
    line: int
    key: str = field(repr=False)

    def quoted(self, text: str) -> str:
        """What stands there, for the one who wrote it."""
        return text[self.start : self.end]


def hits(text: str, *, on: date, known: Mapping[str, str] | None = None) -> list[Hit]:
    """Every place in a text that may lead to a person, in the order of the text; no two overlap.

    Takes: the day, which settles the century of a short number; what the matter itself holds (name, code or number
    -> its kind, one of KINDS), from queries/personal_data.py.

    >>> [(hit.kind, hit.line) for hit in hits("Ring 070-174 06 05\\nom 20000229-2399", on=date(2026, 3, 2))]
    [('phone', 1), ('identity_number', 2)]
    """
    plain = _Plain(text)
    found: list[tuple[int, int, str]] = []
    for look in LOOKS:
        found += look(plain.text, on)
    for thing, kind in (known or {}).items():
        found += [(start, end, kind) for start, end in _of(thing, plain.text)]
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    told: list[Hit] = []
    # Where two overlap the one that begins first stands, and of those the longest: what follows is part of it.
    for start, end, kind in sorted(found, key=lambda one: (one[0], -one[1])):
        first, last = plain.place(start), plain.place(end - 1) + 1
        if told and first < told[-1].end:
            continue
        key = hashlib.sha256(f"{digest}:{kind}:{first}:{last}".encode()).hexdigest()
        told.append(Hit(kind, first, last, text.count("\n", 0, first) + 1, key))
    return told


class _Plain:
    """A text as it is read: one kind of blank and of hyphen, plain digits, nothing that is not seen."""

    def __init__(self, text: str) -> None:
        signs, places = [], []
        for place, sign in enumerate(text):
            for one in unicodedata.normalize("NFKC", sign):
                if unicodedata.category(one) == "Cf":  # seen by nobody, as a soft hyphen
                    continue
                signs.append(_as_read(one))
                places.append(place)
        self.text, self._places = "".join(signs), places

    def place(self, at: int) -> int:
        """Where in the text as it was written something stands."""
        return self._places[at]


def _as_read(sign: str) -> str:
    if sign.isspace():
        return "\n" if sign in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029" else " "
    if unicodedata.category(sign) == "Pd" or sign == "\u2212":
        return "-"
    digit = unicodedata.digit(sign, None)
    return sign if digit is None or sign.isascii() else str(digit)


Found = Iterable[tuple[int, int, str]]
LOOKS: list[Callable[[str, date], Found]] = []


def look(how: Callable[[str, date], Found]) -> Callable[[str, date], Found]:
    """Makes a function one of those that look through a text."""
    LOOKS.append(how)
    return how


# Between the parts of a number people write nothing, a blank, a hyphen, a dot or a slash, sometimes two of them.
_S = r"[ \n./_-]{0,3}"
_LONG, _SHORT = (
    re.compile(
        # A number of an account at Nordea, and a number for VAT, hold the whole of it.
        rf"(?<![0-9])(?:3300{_S}|3782{_S})?{century}"
        # Year, month and day are parted alike or not at all: else every day with an amount after it would be a person.
        rf"(?P<yy>[0-9]{{2}})(?P<part>{_S})(?P<mm>[0-9]{{2}})(?P=part)(?P<dd>[0-9]{{2}})"
        r"(?P<sign>[ \n./_+-]{0,3})(?P<serial>[0-9]{3}|[A-Za-z][0-9]{2})(?P<check>[0-9])(?:01)?(?!-?[0-9])"
    )
    for century in ("(?P<century>18|19|20) ?", "(?P<century>)")
)
# Read aloud: figure by figure, or two at a time.
_SPACED = re.compile(
    r"(?<![0-9])(?:(?:[0-9][ .-]{1,3}){9}(?:(?:[0-9][ .-]{1,3}){2})?[0-9]|(?:[0-9]{2}[ .-]{1,3}){4,5}[0-9]{2})(?![0-9])"
)
_MASKED = re.compile(r"(?<![0-9])(?:18|19|20)?[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9][ +-]{0,3}[xX*•#?]{4}")
_BORN = re.compile(
    r"\b(?:född|fött|födelsedatum|födelsedag|f\.)[ :]{0,3}(?:den |år )?"
    r"(?:[0-9]{4}-?[0-9]{2}-?[0-9]{2}|[0-9]{6}|[0-9]{1,2} ?[/.] ?[0-9]{1,2}[ /.-]{0,2}(?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{1,2} (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]{0,9} [0-9]{4})(?![0-9])",
    re.IGNORECASE,
)


@look
def person_numbers(text: str, on: date) -> Found:
    """Personal identity, coordination and interim numbers whose check digits fit, however they are written.

    With the century and a hyphen written out it is a person's number also where the check digit is wrong:
    a slip of the pen still leads to someone.
    """
    for pattern in (_LONG, _SHORT):
        at = 0
        # From each place in turn: one that did not fit may hold the beginning of another that does.
        while found := pattern.search(text, at):
            kind = _kind(found, on)
            if kind:
                yield found.start(), found.end(), kind
            at = found.end() if kind else found.start() + 1
    for spaced in _SPACED.finditer(text):
        digits = "".join(sign for sign in spaced.group() if sign.isdecimal())
        kind = _of_verdict(digits, on)
        if kind:
            yield spaced.start(), spaced.end(), kind


def _kind(found: re.Match[str], on: date) -> str:
    parts = found.groupdict()
    sign = "+" if "+" in parts["sign"] else "-"
    written = (
        f"{parts['century']}{parts['yy']}{parts['mm']}{parts['dd']}{sign}{parts['serial'].upper()}{parts['check']}"
    )
    in_full = bool(parts["century"]) and parts["sign"] in {"-", "+"}
    if parts["serial"][0].isalpha():
        # Any code of a product may look so without the hyphen, and there is no check digit to try.
        return _of_verdict(written, on) if parts["sign"] in {"-", "+"} else ""
    return _of_verdict(written, on, slips=in_full)


def _of_verdict(written: str, on: date, *, slips: bool = False) -> str:
    read = parse_person(written, on=on)
    if not (read.verdict.is_valid or (slips and read.verdict is Verdict.CHECKSUM_ERROR)):
        return ""
    match read.kind:
        case PersonKind.COORDINATION:
            return "coordination_number"
        case PersonKind.INTERIM:
            return "interim_number"
        case _:
            return "identity_number"


@look
def birth_dates(text: str, on: date) -> Found:
    """A day of birth that is said to be one, or a number whose last four are masked."""
    for pattern in (_MASKED, _BORN):
        yield from ((found.start(), found.end(), "birth_date") for found in pattern.finditer(text))


_EMAIL = re.compile(
    r"[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]|\(snabel-?a\)) ?[\w-]{1,63}(?: ?(?:\.|\(dot\)|\(punkt\)) ?[\w-]{1,63}){1,4}",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w+])(?<![0-9][-/.])(?:"
    r"(?:\+[0-9]{1,3}|0046)[ -]{0,2}(?:\(0\)[ -]?)?[0-9](?:[ -]{0,2}[0-9]){5,11}"  # +46 (0)70-174 06 05
    r"|07[0-9](?:[ /-]{0,2}[0-9]){7}"  # 0701740605
    r"|0[1-9][0-9]{0,2} ?[-/] ?[0-9](?:[ -]?[0-9]){4,7}"  # 031-3900600, 08/465 004 00
    r"|\(0[1-9][0-9]{0,2}\) ?[0-9](?:[ -]?[0-9]){4,7}"  # (08) 465 004 00
    r"|0[1-9][0-9]{0,2} [0-9]{2,3} [0-9]{2,3}(?: [0-9]{2})?"  # 031 390 06 00
    r")(?![0-9])",
)
_CALLED = re.compile(
    r"\b(?:tel|tfn|telefon|mobil|mobilnummer|telefonnummer|ring)[.:]{0,2} ?([0-9](?:[ -]?[0-9]){5,11})(?![0-9])",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:[\w'’-]{2,40}(?:gatan|gata|vägen|väg|gränden|gränd|stigen|stig|allén|allé|torget|torg|backen|esplanaden"
    r"|kajen|slingan|liden)"
    r"|(?-i:[A-ZÅÄÖ])[\w'’.-]{1,40} (?:gata|väg|gränd|stig|torg|allé|backe|kaj))"
    r" {1,2}(?:nr\.? ?)?[0-9]{1,3} ?(?:[A-Za-z](?!\w))?(?![0-9]|:[0-9])",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    # Five figures together are a postcode only where an address has just ended.
    r"(?:(?<![\w.,-])(?:SE?-)?[1-9][0-9]{2} [0-9]{2}|(?:(?<=, )|(?<=\n)|(?<=^))(?:SE?-)?[1-9][0-9]{4}) {1,2}"
    r"(?!(?:SEK|EUR|Kr|Kronor|St|Tim|Timmar|Min|Minuter|Dagar)\b)(?:[A-ZÅÄÖ][a-zåäöé]{2,20}|[A-ZÅÄÖ]{3,20})\b"
)
_CARE_OF = re.compile(r"\bc/o [\w.-]{2,40}|\b(?:lgh|lägenhet)(?: ?nr)?\.? ?[0-9]{3,4}\b", re.IGNORECASE)


@look
def ways_to_reach(text: str, on: date) -> Found:
    """Telephone numbers, e-mail addresses, streets with a number, postcodes with a town."""
    kinds = {_EMAIL: "email", _PHONE: "phone", _STREET: "address", _POSTCODE: "address", _CARE_OF: "address"}
    for pattern, kind in kinds.items():
        yield from ((found.start(), found.end(), kind) for found in pattern.finditer(text))
    yield from ((found.start(1), found.end(1), "phone") for found in _CALLED.finditer(text))


_CODE = re.compile(r"(?<![\w-])[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}(?![\w-])")


@look
def codes(text: str, on: date) -> Found:
    """A person's code at a board (store/persons.py): it names nobody, and it is the same in every file."""
    return [(found.start(), found.end(), "code") for found in _CODE.finditer(text.upper())] if _keeps(text) else []


def _keeps(text: str) -> bool:
    # Some letters are two in capitals, and every place after them would be wrong.
    return len(text.upper()) == len(text)


def _of(thing: str, text: str) -> Iterable[tuple[int, int]]:
    """Where something that is known stands in a text, as a word of its own and whatever its blanks and capitals."""
    words = [re.escape(word) for word in _Plain(thing).text.split()]
    if not words:
        return []
    together = r"[ \n]{1,3}".join(words)
    return [found.span() for found in re.finditer(rf"(?<!\w){together}s?(?!\w)", text, re.IGNORECASE)]
