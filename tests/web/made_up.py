"""A made-up board's month: a dozen findings and some cases for the cast. Nothing in it is real."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django_scopes import scopes_disabled

from tests.web.people import NOW, settle
from tillit.store import Evidence
from tillit.web.models import Board, Finding, User
from tillit.web.rules.content import catalogue

PROVIDERS = {
    "559999-0008": "Norrviks Assistans AB",
    "559999-1014": "Omsorg & Hjärta AB",
    "769999-0029": "Grannhjälpen ek. för.",
}

#       control, title, severity, certainty, type, provider, client, öre, days ago, state
ROWS = [
    ("ASS-01", "Samma assistent hos två brukare samtidigt", 4, "sure", "rule", 0, "0000-0000-0000K", 4125000, 2, "new"),
    ("ASS-04", "Fler timmar än beslutet", 4, "sure", "deviation", 0, "0000-0000-0000K", 1890000, 2, "new"),
    ("ASS-06", "Orimligt lång arbetsdag", 3, "possible", "rule", 0, "0000-0000-0000M", 0, 4, "new"),
    ("ASS-02", "Samma rad två gånger", 4, "sure", "rule", 1, "0000-0000-0000P", 642000, 9, "new"),
    ("HEM-03", "Besök som överlappar varandra", 3, "sure", "rule", 1, "0000-0000-0000Q", 84500, 6, "new"),
    ("HEM-03", "Besök som överlappar varandra", 3, "sure", "rule", 1, "0000-0000-0000R", 61200, 6, "new"),
    ("HEM-03", "Besök som överlappar varandra", 3, "possible", "rule", 1, "0000-0000-0000S", 42800, 6, "new"),
    ("HEM-12", "Sammanboende debiteras båda", 2, "possible", "rule", 1, "0000-0000-0000T", 23600, 12, "assessed"),
    ("FAK-01", "Samma faktura två gånger", 4, "sure", "rule", 2, "", 5200000, 1, "new"),
    ("LEV-01", "Tillståndet är inte kontrollerat", 2, "sure", "control_not_done", 2, "", 0, 20, "assessed"),
    ("NAT-11", "Samma person under två nummer", 1, "indication", "data_quality", 0, "", 0, 15, "new"),
    ("ASS-20", "Rapporten kom för sent", 2, "sure", "deviation", 0, "0000-0000-0000V", 0, 30, "deeper"),
]  # fmt: skip


def shifts(client: str) -> list[Evidence]:
    """Two rows that do not agree, as delivered."""

    def row(line: int, who: str, start: str, end: str, kind: str) -> Evidence:
        values = {
            "work_date": "2026-02-03", "worker_id": "0000-0000-0000A", "client_id": who,
            "starts_at": f"2026-02-03T{start}+01:00", "ends_at": f"2026-02-03T{end}+01:00", "kind": kind,
        }  # fmt: skip
        return Evidence(file="norrvik-2026-02.csv", sha256="9f" * 32, line=line, table="time_entry", values=values)

    return [row(214, client, "08:00", "12:00", "active"), row(571, "0000-0000-0000B", "10:00", "14:00", "active")]


def finding(board: Board, number: int, row: tuple[Any, ...] = ROWS[0], *, now: datetime = NOW) -> Finding:
    """One finding, as an import would store it."""
    control, title, severity, certainty, type, provider, client, ore, ago, state = row
    process = catalogue().processes["finding"]
    known = catalogue().controls.get(control)
    at = now - timedelta(days=ago)
    evidence = shifts(client) if client else []
    made: Finding = Finding.objects.create(
        process="finding",
        process_revision=process.revision,
        state=state,
        state_since=at,
        zone=process.zone,
        board=board,
        number=f"{board.slug.upper()}-F-2026-{number}",
        title=known.title if known else title,
        provider_number=list(PROVIDERS)[provider],
        fields={"placement": "control_file", "risk": "middle"} if state != "new" else {},
        opened_at=at,
        due_on=(at + timedelta(days=7)).date(),
        key=f"{control}-{number}",
        control=control,
        certainty=certainty,
        severity=severity,
        type=type,
        client_code=client,
        worker_code="0000-0000-0000A" if client else "",
        period_from=date(2026, 2, 3),
        period_to=date(2026, 2, 3),
        at_risk_ore=ore,
        result={
            "measured": 120, "limit": 0, "unit": "minutes", "minutes_at_risk": 120, "priced": bool(ore),
            "details": {"overlap_minutes": 120}, "tried": ["Byte av assistent inom toleransen"],
            "not_tried": ["Brukarna bor i samma hushåll"], "evidence": [asdict(one) for one in evidence],
        },
    )  # fmt: skip
    return made


def settle_month(*, now: datetime = NOW) -> dict[str, User]:
    """The cast, their boards, and what they have to do this month."""
    people = settle()
    with scopes_disabled():
        board = Board.objects.get(slug="norr")
        for number, row in enumerate(ROWS, start=1):
            finding(board, number, row, now=now)
    return people
