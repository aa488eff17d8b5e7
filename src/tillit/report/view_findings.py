"""What the page says of findings: control by control, each with the rows behind it."""

from collections import defaultdict
from dataclasses import dataclass

from tillit.catalogue import Catalogue, Column, Control, FollowUp, Kind, Law
from tillit.report.figures import Sum, by_control, largest_first
from tillit.report.names import Names
from tillit.report.values import kind_of, length, measured, period
from tillit.report.words import AREA, SEVERITY, TYPE, Word
from tillit.store import ControlRun, Evidence, Finding, Result
from tillit.units import format_sek

FINDINGS_ON_PAGE = 1000
"""Shared by the controls, so that the page opens on any machine; the workbook has all of them."""

FEWEST, MOST = 20, 200
ROWS_SHOWN = 10
_SET_AS = {
    **dict.fromkeys((Kind.ORE, Kind.MINUTES, Kind.INTEGER, Kind.DECIMAL), "n"),
    **dict.fromkeys((Kind.DATE, Kind.TIMESTAMP), "t"),
}


@dataclass(frozen=True)
class Heading:
    """A heading of a table, and how what stands under it is set: `n` for numbers, `t` for days and clock times."""

    text: str
    style: str


@dataclass(frozen=True)
class DeliveredRow:
    """A delivered row: its file, its line, and its values under the headings of its table."""

    file: str
    sha256: str
    line: int
    cells: list[str]


@dataclass(frozen=True)
class RowsOfTable:
    """Delivered rows of one kind."""

    title: str
    headings: list[Heading]
    rows: list[DeliveredRow]


@dataclass(frozen=True)
class FindingView:
    """One finding in words."""

    id: str
    certainty: str
    provider: str
    persons: list[tuple[str, str]]
    period: str
    measured: str
    limit: str
    length: str
    amount: str
    notes: list[str]
    details: list[tuple[str, str]]
    rows: int
    tables: list[RowsOfTable]

    @property
    def rows_left(self) -> int:
        """How many rows behind it are in the workbook only."""
        return self.rows - sum(len(table.rows) for table in self.tables)


@dataclass(frozen=True)
class LawView:
    """One place in law: the act in short and the section, what it says, and whether we have read it ourselves."""

    place: str
    act: str
    says: str
    verified: bool


@dataclass(frozen=True)
class ControlView:
    """One control that has findings: what it asks and rests on, and the largest of what it found."""

    id: str
    title: str
    area: str
    type: Word
    severity: Word
    control: Control | None
    sum: Sum
    law: list[LawView]
    tried: list[str]
    to_ask: list[str]
    not_tried: list[str]
    follow_up: list[FollowUp]
    findings: list[FindingView]

    @property
    def findings_left(self) -> int:
        """How many of its findings are in the workbook only."""
        return self.sum.findings - len(self.findings)

    @property
    def revision(self) -> int | None:
        """The revision by which it found them."""
        return self.control.revision if self.control else None


def controls_with_findings(result: Result, names: Names) -> list[ControlView]:
    """Each control that found something, the largest amount first."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        found[finding.control].append(finding)
    runs = {run.control: run for run in result.run}
    shown = min(MOST, max(FEWEST, FINDINGS_ON_PAGE // max(len(found), 1)))
    return [
        _control(id, sum, found[id], runs.get(id), shown, names)
        for id, sum in by_control(result).items()
        if sum.findings
    ]


def _control(
    id: str, sum: Sum, findings: list[Finding], run: ControlRun | None, shown: int, names: Names
) -> ControlView:
    control = names.catalogue.controls.get(id)
    first = findings[0]
    not_tried = run.not_tried if run else first.not_tried
    return ControlView(
        id=id,
        title=names.control(id),
        area=AREA[control.area] if control else "",
        type=TYPE.get(first.type, Word(first.type, "")),
        severity=SEVERITY.get(max(one.severity for one in findings), Word("", "")),
        control=control,
        sum=sum,
        law=[_law(law, names.catalogue) for law in control.law] if control else [],
        tried=[reason for reason in control.tried() if reason not in not_tried] if control else first.tried,
        to_ask=control.to_ask() if control else [],
        not_tried=not_tried,
        follow_up=_follow_up(control, names.catalogue),
        findings=[_finding(one, control, names) for one in largest_first(findings)[:shown]],
    )


def _law(law: Law, catalogue: Catalogue) -> LawView:
    act = catalogue.acts.get(law.sfs)
    short = act.short if act else law.sfs
    return LawView(f"{law.at} {short}".strip(), act.title if act else law.sfs, law.says, law.verified)


def _follow_up(control: Control | None, catalogue: Catalogue) -> list[FollowUp]:
    codes = control.follow_up if control else []
    return [catalogue.follow_up[code] for code in codes if code in catalogue.follow_up]


def _finding(finding: Finding, control: Control | None, names: Names) -> FindingView:
    people = (("Brukare", finding.client), ("Assistent", finding.worker))
    return FindingView(
        id=finding.id[:8],
        certainty=finding.certainty,
        provider=names.provider(finding.provider),
        persons=[(role, names.short.get(code, code)) for role, code in people if code],
        period=period(finding.period_from, finding.period_to),
        measured=measured(finding.measured, finding.unit),
        limit=measured(finding.limit, finding.unit),
        length=length(finding.minutes_at_risk) if finding.minutes_at_risk else "",
        amount=format_sek(finding.at_risk_ore) if finding.at_risk_ore else "",
        notes=_notes(finding),
        details=names.details(control, finding.details),
        rows=len(finding.evidence),
        tables=_tables(finding.evidence[:ROWS_SHOWN], names),
    )


def _notes(finding: Finding) -> list[str]:
    """What the amount of a finding does not say by itself."""
    notes = []
    whole = _both(finding.gross_at_risk_ore, finding.gross_minutes)
    elsewhere = _both(
        finding.gross_at_risk_ore - finding.at_risk_ore, finding.gross_minutes - finding.minutes_at_risk
    )  # fmt: skip
    if elsewhere:
        notes.append(f"Fyndet gäller {whole}, varav {elsewhere} räknas i andra fynd.")
    if finding.minutes_at_risk and not finding.priced:
        notes.append("Tiden har inget belopp, för priset per timme finns inte i underlaget.")
    return notes


def _both(ore: int, minutes: int) -> str:
    """An amount and a length in one phrase; what is nothing is left out."""
    return " och ".join([*([format_sek(ore)] if ore > 0 else []), *([length(minutes)] if minutes > 0 else [])])


def _tables(evidence: list[Evidence], names: Names) -> list[RowsOfTable]:
    rows: dict[str, list[Evidence]] = defaultdict(list)
    for row in evidence:
        rows[row.table].append(row)
    return [_table(table, of_table, names) for table, of_table in rows.items()]


def _table(table: str, rows: list[Evidence], names: Names) -> RowsOfTable:
    columns = [name for name in _columns(table, names) if any(_says(row, name, names) for row in rows)]
    columns += sorted({name for row in rows for name in row.values if names.column(table, name) is None})
    return RowsOfTable(
        title=names.table(table),
        headings=[_heading(table, name, names) for name in columns],
        rows=[
            DeliveredRow(row.file, row.sha256, row.line, [_cell(row, name, names) for name in columns]) for row in rows
        ],
    )


def _heading(table: str, name: str, names: Names) -> Heading:
    return Heading(names.label(table, name), _SET_AS.get(kind_of(name, names.column(table, name)), ""))


def _columns(table: str, names: Names) -> list[str]:
    known = names.catalogue.tables.get(table)
    return list(known.columns) if known else []


def _says(row: Evidence, name: str, names: Names) -> bool:
    """Whether a value tells the reader something: not what is always so, and not what follows from the others."""
    value, column = row.values.get(name), names.column(row.table, name)
    if value is None or column is None or value == column.default or value is False:
        return False
    return not _follows(name, column) or row.values.get("clock_uncertain") is True


def _follows(name: str, column: Column) -> bool:
    return column.derived == "interval" and name != "minutes"


def _cell(row: Evidence, name: str, names: Names) -> str:
    currency = row.values.get("currency")
    return names.value(row.table, name, row.values.get(name), currency if isinstance(currency, str) else "SEK")
