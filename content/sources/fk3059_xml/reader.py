"""A time report to Försäkringskassan (FK 3059): one worker at one client, line by line through a month.

A line has the day of the month, two clock times and its hours of one kind. The clock times are what is stored;
the hours are only compared with them, read as decimals or as hours and minutes, whichever fits. `24:00` and
`00:00` both end the day. A line with hours of two kinds is refused: it does not tell when each was.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from tillit.errors import RefusedError
from tillit.readers.parts import Document, Row
from tillit.readers.xml import Element, each, line_of, text
from tillit.store import Refusal, Remark
from tillit.units import clock_minute, interval, minutes_between, parse_hours, shown

KINDS = {"active": "aktivTid", "waiting": "vanteTid", "standby": "beredskapsTid"}
WHOLE_DAY = 1440
FIRST_YEAR, LAST_YEAR = 1994, 2200  # the act on support (LSS) came into force on 1994-01-01

Values = dict[str, object]


class NotALine(RefusedError):
    """A line of the report does not say when the time was, or of which kind."""


@dataclass(frozen=True)
class Line:
    """A line of the report: the day and clock times as they stand, and the hours of its kind."""

    day: date
    start: str
    end: str
    kind: str
    hours: str


def rows(document: Document) -> Iterator[Row | Refusal | Remark]:
    """The report, and a row for each of its lines."""
    report = document.root()
    report_id = text(report, "id") or document.new_id(1)
    common = _common(report, report_id)
    minutes: Counter[str] = Counter()
    found: list[Row | Refusal | Remark] = []
    for number, element in enumerate(each(report, "tidrapport/rapportRad"), start=1):
        line = line_of(element)
        try:
            read = _line(element, text(report, "redovisningsmanad"))
            minutes[read.kind] += stated_minutes(read)
        except RefusedError as fault:
            found.append(Refusal(line, fault.what, fault.fix))
            continue
        found.append(Row("time_entry", line, common | _entry(read, f"{report_id}/{number}")))
        found += _differs(line, read)
    yield Row("time_report", line_of(report), _report(report, common, minutes))
    yield from found


def _common(report: Element, report_id: str) -> Values:
    worker = text(report, "assistent/personnummer", "assistent/samordningsnummer")
    client = text(report, "personSomHarAssistans/personnummer", "personSomHarAssistans/samordningsnummer")
    return {
        "report_id": report_id,
        "provider_id": text(report, "assistansanordnare/organisationsnummer"),
        "client_id": client,
        "worker_id": worker,
        "signed_by_worker_at": _signed(report, "datumForUnderskriftAssistent"),
    }


def _report(report: Element, common: Values, minutes: Counter[str]) -> Values:
    return common | {
        "month": f"{text(report, 'redovisningsmanad')}-01",
        "form": "fk3059",
        **{f"{kind}_minutes": minutes[kind] or None for kind in KINDS},
        "signed_by_provider_at": _signed(report, "datumForUnderskriftAnordnare"),
        "other_employer_id": text(report, "assistansanordnare/annanArbetsgivare/organisationsnummer"),
        "worker_is_own_company": text(report, "assistansanordnare/assistentEgenForetagare"),
    }


def _entry(read: Line, entry_id: str) -> Values:
    return {
        "entry_id": entry_id,
        "work_date": read.day,
        "starts_at": read.start,
        "ends_at": read.end,
        "kind": read.kind,
        "service_area": "personal_assistance",
    }


def _line(element: Element, month: str) -> Line:
    """A line of the report. Raises NotALine; NotAClockTime."""
    day, start, end = (text(element, name) for name in ("dag", "fromTid", "tomTid"))
    given = {kind: hours for kind, name in KINDS.items() if (hours := text(element, name)).strip("0.,: ")}
    if len(given) != 1:
        what = "hours of more than one kind stand on the line" if given else "no hours stand on the line"
        raise NotALine(what, fix="ask the provider for a line for each kind of time")
    try:
        on = date.fromisoformat(f"{month}-{day.zfill(2)}")
        if not FIRST_YEAR <= on.year <= LAST_YEAR:
            raise ValueError
    except ValueError:
        what = f"there is no day {shown(day)} in the month of the report"
        raise NotALine(what, fix="ask the provider which day it was") from None
    kind, hours = next(iter(given.items()))
    if clock_minute(start) == clock_minute(end) == 0 and WHOLE_DAY in readings(hours):
        end = "24:00"  # the whole day, where the clock times alone could mean nothing
    return Line(on, start, end, kind, hours)


def readings(hours: str) -> set[int]:
    """The minutes that hours can mean: with decimals, or with minutes behind a point or a colon.

    >>> sorted(readings("7.30")), sorted(readings("7,5")), sorted(readings("8"))
    ([438, 450], [450], [480])
    """
    found: set[int] = set()
    with suppress(RefusedError):
        found.add(parse_hours(hours))
    whole, _, minutes = hours.replace(":", ".").replace(",", ".").partition(".")
    if whole.isdigit() and len(minutes) == 2 and minutes.isdigit() and int(minutes) < 60:
        found.add(int(whole) * 60 + int(minutes))
    return found


def stated_minutes(read: Line) -> int:
    """The hours of a line in minutes, in the reading that its clock times bear out, else with decimals."""
    meant, possible = _clock_minutes(read), readings(read.hours)
    fitting = possible & meant
    if fitting or not possible:
        return min(fitting or meant)
    return parse_hours(read.hours) if ":" not in read.hours else min(possible)


def _clock_minutes(read: Line) -> set[int]:
    """How long the line is: by the clock on the wall, and by the time that passed, both ways when it is put back."""
    wall = (clock_minute(read.end) - clock_minute(read.start)) % WHOLE_DAY or WHOLE_DAY
    stretch = interval(read.day, read.start, read.end)
    passed = minutes_between(stretch.start, stretch.end)
    return {wall, passed, minutes_between(stretch.earliest_start, stretch.latest_end)}


def _differs(line: int, read: Line) -> Iterator[Remark]:
    if not readings(read.hours) & _clock_minutes(read):
        stated, given = shown(read.hours), min(_clock_minutes(read))
        what = f"the line states {stated} as its hours, and its clock times give {given} minutes"
        yield Remark(line, what, "the clock times are stored; ask the provider which is right")


def _signed(report: Element, name: str) -> datetime | str:
    """The last minute of the day of a signature, so that no time on that day comes after it.

    What is no day is left for the table to refuse.
    """
    given = text(report, name)
    try:
        return datetime.combine(date.fromisoformat(given[:10]), time(23, 59))
    except ValueError:
        return given
