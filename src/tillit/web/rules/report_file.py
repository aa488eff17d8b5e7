"""Reads a file of worked time: Tillit's own template, or any file of shifts that the readers know. It stores nothing.

A file is taken whole or not at all: every line that cannot be taken is told by its number, all at once.
"""

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pyarrow.parquet import read_table

from tillit import readers
from tillit.errors import RefusedError, TillitError
from tillit.readers.decode import encoding_of
from tillit.readers.headings import folded
from tillit.readers.record import Record
from tillit.readers.sheet import sheet_previews, sheet_records
from tillit.store import Store, code
from tillit.units import TOWN
from tillit.web.models import Board
from tillit.web.rules.board_store import arrived, store_of
from tillit.web.rules.content import catalogue, codes
from tillit.web.rules.file_content import why_not_taken
from tillit.web.rules.reported_time import Written

LARGEST, LONGEST = 5_000_000, 20_000
"""Bytes of a file, and lines of it: more than a provider's month."""

HEADINGS = ("Rapport", "Assistent", "Datum", "Från", "Till", "Vad", "Var", "Kommentar", "Före eller efter")
NEEDED = 5
WHICH_HOUR = {"": None, "före": 0, "efter": 1}
OTHER_KINDS = {"visit": "active"}
_CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}")


@dataclass(frozen=True)
class FileLine:
    """A shift of a file: whose, with whom (by the number of the report, or else the client's code), and when."""

    line: int
    worker: str
    written: Written
    report: str = ""
    client: str = ""


class WrongFileError(RefusedError):
    """A file in which something cannot be taken: every such line is told, and none of the others is stored."""

    def __init__(self, lines: Sequence[tuple[int, str]]) -> None:
        self.lines = sorted(lines)
        super().__init__("Filen har fel, och inget av den är sparat", fix="rätta raderna och lämna filen igen")


def lines_of(content: bytes, *, board: Board) -> list[FileLine]:
    """The shifts of a file. Takes: the board, by whose key persons' numbers become the codes of the reports.

    Raises: WrongFileError.
    """
    if not content:
        raise WrongFileError([(0, "Filen är tom")])
    if len(content) > LARGEST:
        raise WrongFileError([(0, f"Filen är större än {LARGEST // 1_000_000} MB")])
    # Among the protected files, since it may hold identity numbers; what is left there by a crash is cleaned up.
    with tempfile.TemporaryDirectory(prefix="portal-", dir=arrived(board)) as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        why = why_not_taken(path)
        if why:
            raise WrongFileError([(0, why)])
        try:
            own = _own_template(path, content)
            found = _from_template(own) if own else _from_source(path, Path(folder), board)
        except WrongFileError:
            raise
        except (TillitError, UnicodeDecodeError, csv.Error, IndexError):
            raise WrongFileError([(0, "Filen kan inte läsas. Spara den som XLSX eller CSV, utan lösenord")]) from None
    if not found:
        raise WrongFileError([(0, "Filen har inga rader med tid")])
    if len(found) > LONGEST:
        raise WrongFileError([(0, f"Filen har fler än {LONGEST} rader")])
    return found


def _own_template(path: Path, content: bytes) -> list[Record]:
    """The lines of a file with the headings of the template, the headings first; of another file none."""
    wanted = [folded(one) for one in HEADINGS]
    if content[:2] == b"PK":
        for sheet in sheet_previews(path, packed=True):
            if sheet.records and _headed(sheet.records[0].cells, wanted):
                return list(sheet_records(path, sheet.sheet, 1))
        return []
    text = content.decode(encoding_of(path))
    first = text.partition("\n")[0]
    mark = "\t" if "\t" in first else ";" if ";" in first else ","
    if not _headed(next(csv.reader([first], delimiter=mark), []), wanted):
        return []
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    return [Record(rows.line_num, rows.line_num, cells) for cells in rows]


def _headed(cells: Sequence[str], wanted: Sequence[str]) -> bool:
    given = [folded(one) for one in cells]
    return all(one in given for one in wanted[:NEEDED])


def _from_template(rows: Sequence[Record]) -> list[FileLine]:
    given = [folded(one) for one in rows[0].cells]
    place = {one: given.index(folded(one)) for one in HEADINGS if folded(one) in given}
    kinds, places = _by_word("report_kinds"), _by_word("report_places")
    found, wrong = [], []
    for row in rows[1:]:
        cells = {one: row.cells[at].strip() if at < len(row.cells) else "" for one, at in place.items()}
        if not any(cells[one] for one in cells if one not in ("Rapport", "Assistent")):
            continue  # a line that was made ready and not used
        try:
            found.append(_template_line(row.line, cells, kinds, places))
        except ValueError as error:
            wrong.append((row.line, str(error)))
    if wrong:
        raise WrongFileError(wrong)
    return found


def _template_line(
    line: int, cells: Mapping[str, str], kinds: Mapping[str, str], places: Mapping[str, str]
) -> FileLine:
    worker = _CODE.search(cells["Assistent"])
    report = cells["Rapport"].split(" ")[0]
    if not worker or not report:
        raise ValueError("Rapporten eller assistenten saknas. Välj i listan i mallen")
    day = cells["Datum"][:10]
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise ValueError("Datumet går inte att läsa. Skriv till exempel 2026-02-28") from None
    kind, where = cells.get("Vad", "").lower(), cells.get("Var", "").lower()
    if kind and kind not in kinds:
        raise ValueError("Det som står under Vad finns inte i listan")
    if where and where not in places:
        raise ValueError("Det som står under Var finns inte i listan")
    which = cells.get("Före eller efter", "").lower()
    if which not in WHICH_HOUR:
        raise ValueError("Skriv före eller efter, om klockan ställdes om den natten")
    fold = WHICH_HOUR[which]
    start, end = (_clock(cells[name]) for name in ("Från", "Till"))
    comment = cells.get("Kommentar", "")
    if len(comment) > 200:
        raise ValueError("Kommentaren är längre än 200 tecken")
    written = Written(on, start, end, kinds.get(kind, "active"), fold, fold, places.get(where, ""), comment)
    return FileLine(line, worker.group(), written, report=report)


def _from_source(path: Path, folder: Path, board: Board) -> list[FileLine]:
    """The shifts of a file that the readers know, read into a store that is thrown away, with the board's own key."""
    protected = folder / "protected"
    protected.mkdir(mode=0o700)
    shutil.copyfile(store_of(board).persons.folder / "key", protected / "key")
    store = Store(folder / "store", protected)
    delivery = readers.read_file(path, store, catalogue())
    if delivery.refusals:
        raise WrongFileError([(one.line, f"Raden går inte att läsa: {one.what}") for one in delivery.refusals])
    known, found, wrong = codes("report_kinds"), [], []
    for file in store.parquet("time_entry", [delivery.sha256]):
        for row in read_table(file).to_pylist():
            line, kind = int(row["line"]), OTHER_KINDS.get(row["kind"], row["kind"])
            if kind not in known or row.get("status") in ("cancelled", "declined"):
                wrong.append((line, "Raden är ingen arbetad assistans"))
            elif row.get("clock_uncertain"):
                wrong.append((line, "Tiden fanns två gånger den natten. Skriv in raden i portalen"))
            else:
                written = _as_written(row["starts_at"], row["ends_at"], kind)
                found.append(FileLine(line, code(row["worker_id"]), written, client=code(row["client_id"])))
    if wrong:
        raise WrongFileError(wrong)
    return sorted(found, key=lambda one: (one.line, one.written.day))


def _as_written(starts: datetime, ends: datetime, kind: str) -> Written:
    start, end = (one.replace(tzinfo=one.tzinfo or UTC).astimezone(TOWN) for one in (starts, ends))
    last = "24:00" if end.date() > start.date() and f"{end:%H:%M}" == "00:00" else f"{end:%H:%M}"
    return Written(start.date(), f"{start:%H:%M}", last, kind, start.fold, end.fold)


def _clock(text: str) -> str:
    """08:00 of what a spreadsheet may have made of it: 8.00, 08:00:00, 0.5 of a day."""
    if re.fullmatch(r"0\.\d{3,}|0\.25|0\.5|0\.75|0\.125|0\.375", text):
        minutes = round(float(text) * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    shown = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?::00)?", text)
    return f"{int(shown.group(1)):02}:{shown.group(2)}" if shown else text[:5]


def _by_word(list_of: str) -> dict[str, str]:
    known = codes(list_of)
    return {spelled.lower(): name for name, one in known.items() for spelled in (one.sv, one.en or "", name) if spelled}
