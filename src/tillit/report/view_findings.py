"""What the page says of findings: control by control, each with the rows behind it."""

from collections import defaultdict
from dataclasses import dataclass

from tillit.catalogue import Catalogue, Control, FollowUp, Law
from tillit.report.figures import Sum, by_control, largest_first
from tillit.report.names import Names
from tillit.report.values import length, measured, period
from tillit.report.view_rows import RowsOfTable, rows_behind
from tillit.report.words import AREA, SEVERITY, TYPE, Word
from tillit.store import ControlRun, Finding, Result
from tillit.units import format_money

FINDINGS_ON_PAGE = 1000
"""Shared by the controls, so that the page opens on any machine; the workbook has all of them."""

FEWEST, MOST = 20, 200


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
        amount=format_money(finding.at_risk_ore, finding.currency) if finding.at_risk_ore else "",
        notes=_notes(finding),
        details=names.details(control, finding.details),
        rows=len(finding.evidence),
        tables=rows_behind(finding, names),
    )


def _notes(finding: Finding) -> list[str]:
    """What the amount of a finding does not say by itself."""
    notes = []
    left_ore = finding.gross_at_risk_ore - finding.at_risk_ore
    whole = _both(finding.gross_at_risk_ore, finding.gross_minutes, finding.currency)
    elsewhere = _both(left_ore, finding.gross_minutes - finding.minutes_at_risk, finding.currency)
    if elsewhere:
        notes.append(f"Fyndet gäller {whole}, varav {elsewhere} räknas i andra fynd.")
    if finding.minutes_at_risk and not finding.priced:
        notes.append("Tiden har inget belopp, för priset per timme finns inte i underlaget.")
    return notes


def _both(ore: int, minutes: int, currency: str) -> str:
    """An amount and a length in one phrase; what is nothing is left out."""
    return " och ".join(
        [*([format_money(ore, currency)] if ore > 0 else []), *([length(minutes)] if minutes > 0 else [])]
    )
