"""Reads a list of answers about permits, pasted or from a file: all of it, or the wrong lines by number."""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tillit.errors import RefusedError, TillitError
from tillit.identifiers import parse_organisation
from tillit.readers.decode import encoding_of
from tillit.readers.headings import folded
from tillit.readers.sheet import sheet_previews, sheet_records

LARGEST, LONGEST = 5_000_000, 2_000
"""Bytes of a file, and lines of a list: more than any city asks about."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("Organisationsnummer", "Orgnr", "Org.nr"),
    "service": ("Verksamhet",),
    "unit": ("Enhet",),
    "answer": ("Svar", "Status", "Tillstånd"),
    "answered_on": ("Svarsdatum", "Svaret kom"),
    "valid_from": ("Gäller från", "Från"),
    "valid_to": ("Gäller till", "Till"),
    "applies_from": ("Upphörde", "Upphörde från"),
}
NEEDED = ("number", "answer")


@dataclass(frozen=True)
class Answered:
    """One line of a list: about whom, and what IVO said. `given` holds the days, as a step takes them."""

    line: int
    number: str
    service: str
    unit: str
    answer: str
    given: dict[str, str]


class WrongListError(RefusedError):
    """A list in which some lines cannot be taken: all of them are told, and none of the others is stored."""

    def __init__(self, lines: Sequence[tuple[int, str]]) -> None:
        self.lines = list(lines)
        super().__init__("Listan innehåller fel, och inget av den är sparat", fix="rätta raderna och försök igen")


def from_text(text: str, *, answers: Mapping[str, str], services: Mapping[str, str]) -> list[Answered]:
    """A pasted table: cells apart by tabs, as from a spreadsheet, or by semicolons.

    Takes: the words of the answers and services by code. Raises: WrongListError.
    """
    first = text.partition("\n")[0]
    mark = "\t" if "\t" in first else ";" if ";" in first else ","
    rows = enumerate(csv.reader(io.StringIO(text), delimiter=mark), start=1)
    try:
        return _read(list(rows), answers=answers, services=services)
    except csv.Error:
        raise WrongListError([(1, "listan är ingen tabell")]) from None


def from_file(content: bytes, *, answers: Mapping[str, str], services: Mapping[str, str]) -> list[Answered]:
    """A list as a file: CSV in any of the usual encodings, or a spreadsheet's first sheet. Raises: WrongListError."""
    if len(content) > LARGEST:
        raise WrongListError([(1, "filen är för stor för en lista med svar")])
    with tempfile.TemporaryDirectory(prefix="tillit-permits-") as folder:
        path = Path(folder) / "list"
        path.write_bytes(content)
        try:
            if content[:2] == b"PK":
                sheet = sheet_previews(path, packed=True)[0].sheet
                rows = [(row.line, [str(cell) for cell in row.cells]) for row in sheet_records(path, sheet, 1)]
                return _read(rows, answers=answers, services=services)
            text = content.decode(encoding_of(path))
        except WrongListError:
            raise
        except (TillitError, UnicodeDecodeError, IndexError):
            raise WrongListError([(1, "filen kan inte läsas: spara den som CSV eller XLSX utan lösenord")]) from None
    return from_text(text, answers=answers, services=services)


def _read(
    rows: Sequence[tuple[int, Sequence[str]]], *, answers: Mapping[str, str], services: Mapping[str, str]
) -> list[Answered]:
    filled = [(line, [cell.strip() for cell in cells]) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise WrongListError([(1, "listan är tom")])
    if len(filled) > LONGEST:
        raise WrongListError([(LONGEST, f"listan har fler än {LONGEST} rader: dela den")])
    places = _places(filled[0][1])
    missing = [HEADINGS[name][0] for name in NEEDED if name not in places]
    if missing:
        raise WrongListError([(filled[0][0], f"rubriken saknas: {', '.join(missing)}")])
    found: list[Answered] = []
    wrong: list[tuple[int, str]] = []
    seen: dict[tuple[str, str, str], int] = {}
    for line, cells in filled[1:]:
        row = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        faults = list(_faults(row, answers, services))
        if not faults:
            one = _answered(line, row, answers, services)
            key = (one.number, one.service, one.unit)
            if key in seen:
                faults = [f"samma anordnare står också på rad {seen[key]}"]
            seen.setdefault(key, line)
            found.append(one)
        wrong += [(line, fault) for fault in faults]
    if wrong:
        raise WrongListError(wrong)
    return found


def _places(headings: Sequence[str]) -> dict[str, int]:
    known = {folded(word): name for name, words in HEADINGS.items() for word in words}
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = known.get(folded(heading))
        if name:
            found.setdefault(name, place)
    return found


def _faults(row: Mapping[str, str], answers: Mapping[str, str], services: Mapping[str, str]) -> Iterator[str]:
    number = parse_organisation(row["number"])
    if number.is_personal or not number.verdict.is_valid or len(number.number) != 10:
        yield "organisationsnumret stämmer inte"  # never what stood there: it may be a person's number
    if not _code(row["answer"], answers):
        yield f"svaret är inget av {', '.join(answers.values())}"
    if row.get("service") and not _code(row["service"], services):
        yield f"verksamheten är ingen av {', '.join(services.values())}"
    for name in ("answered_on", "valid_from", "valid_to", "applies_from"):
        if row.get(name) and not _is_day(row[name]):
            yield f"”{HEADINGS[name][0]}” är inget datum: skriv år-månad-dag"


def _answered(line: int, row: Mapping[str, str], answers: Mapping[str, str], services: Mapping[str, str]) -> Answered:
    days = ("answered_on", "valid_from", "valid_to", "applies_from")
    return Answered(
        line,
        parse_organisation(row["number"]).number,
        _code(row.get("service", ""), services),
        row.get("unit", "")[:200],
        _code(row["answer"], answers),
        {name: row[name] for name in days if row.get(name)},
    )


def _code(word: str, words: Mapping[str, str]) -> str:
    known = {folded(said): code for code, said in words.items()} | {folded(code): code for code in words}
    return known.get(folded(word), "")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
