"""A made-up result with something of everything: all certainties, shared amounts, refused lines, missing tables."""

from dataclasses import asdict
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tillit.catalogue import Act, Catalogue, Control, FollowUp, Table, YamlFile, content_folder
from tillit.store import (
    ControlRun,
    Delivery,
    Evidence,
    Finding,
    Mapped,
    Message,
    NotRun,
    Refusal,
    Remark,
    Result,
    Total,
    code,
)

NO_CLOCK = "write HH:MM from 00:00 to 24:00"
TABLES = ("time_entry", "decision", "supplier_ledger", "permit", "absence", "price")
EVIL = "<script>alert(1)</script> & Söner AB"
FORMULA = '=HYPERLINK("http://evil.example";"Klicka")'
PROVIDERS = {
    "5560160680": "Assistans i Norr AB",
    "5566778899": "Omsorgsbolaget Långa Namnet i Mellansverige Aktiebolag (publ)",
    "7696123456": "Brukarkooperativet Lunden",
    "5569876543": EVIL,
    "5591234567": FORMULA,
}
SOLE_TRADER = f"E-{code(4_611_686_018_427_387_904)}"
FILES = {
    name: f"{number:x}" * 64 for number, name in enumerate(("tid-norr-2025-03.csv", "reskontra.xlsx", "beslut.csv"), 10)
}


@cache
def catalogue() -> Catalogue:
    """Real tables, and controls made up for the tests."""
    made = Catalogue(digest="c0ffee" * 10 + "beef")
    for name in TABLES:
        made.tables[name] = YamlFile(content_folder() / "tables" / f"{name}.yaml").read(Table)
    made.acts = {
        "1993:387": Act(title="Lag (1993:387) om stöd och service till vissa funktionshindrade", short="LSS"),
        "2017:725": Act(title="Kommunallag (2017:725)", short="KL"),
        "2008:206": Act(title="Lag (2008:206) om underrättelseskyldighet", short="2008:206"),
    }
    made.follow_up = {
        "U1": FollowUp(sv="Fråga anordnaren skriftligt", about="Be om underlag och förklaring."),
        "U2": FollowUp(sv="Vänta med raden", about="Betala det som inte är ifrågasatt."),
    }
    made.controls = {control.id: control for control in _controls()}
    return made


def _controls() -> list[Control]:
    return [
        _control(
            "ASS-01", "Samma assistent hos två brukare samtidigt", "assistance", 4, "minutes", "rule",
            "Är någon assistent rapporterad som aktiv hos två brukare på samma gång, längre än toleransen?",
            law=[("1993:387", "11 a §", "arbetsgivaren rapporterar varje månad tiden hos varje brukare", True),
                 ("1993:387", "12 §", "kommunen får besluta om återbetalning av det som lämnats felaktigt", False)],
            shows={"other_client_id": "Annan brukare", "overlap_starts_at": "Samtidigt från"},
            helped_by={"absence": "En av personerna var på sjukhus, och raden är planerad tid."},
            next_step="Be anordnaren om schema och löneunderlag för båda dagarna. Tid som är betald två gånger är "
            "en avvikelse; tid som är skriven två gånger är det inte.",
        ),
        _control(
            "ASS-04", "Utförd tid över beviljad tid", "assistance", 3, "minutes", "deviation",
            "Är mer tid utförd än vad beslutet ger, räknat över hela perioden?",
            law=[("1993:387", "9 § 2", "biträde av personlig assistent", True)],
            shows={"granted_minutes": "Beviljat", "decision_id": "Beslut"},
        ),
        _control(
            "FAK-01", "Samma faktura två gånger", "invoice", 4, "ore", "rule",
            "Finns samma fakturanummer, leverantör och belopp på mer än en betalning?",
            law=[("2017:725", "6 kap. 6 §", "nämnden ska se till att den interna kontrollen är tillräcklig", True)],
            shows={"number_normalised": "Fakturanummer"},
        ),
        _control(
            "LEV-13", "Samma personer bakom flera leverantörer", "supplier", 2, "count", "indicator",
            "Har två leverantörer som borde konkurrera samma person i ledningen?",
            law=[("2017:725", "6 kap. 6 §", "", False)], shows={"roles": "Gemensamma roller"},
        ),
        _control("ASS-06", "Omöjlig dag", "assistance", 4, "minutes", "rule", "Har någon fler timmar än dygnet?"),
        _control(
            "ASS-22", "Anordnare utan tillstånd", "assistance", 4, "days", "rule",
            "Hade anordnaren tillstånd alla dagar då tid är utförd?",
        ),
        _control("HEM-18", "Pris utanför avtalet", "home_care", 3, "ore", "deviation", "Är priset det avtalade?"),
    ]  # fmt: skip


def _control(
    id: str, title: str, area: str, severity: int, measures: str, type: str, question: str, *,
    law: list[tuple[str, str, str, bool]] | None = None, shows: dict[str, str] | None = None,
    helped_by: dict[str, str] | None = None, next_step: str = "Fråga anordnaren.",
) -> Control:  # fmt: skip
    places = law or [("1993:387", "12 §", "", True)]
    return Control.model_validate(
        {
            "id": id, "revision": 2, "status": "trial", "title": title, "question": question, "area": area,
            "type": type, "severity": severity, "when": ["after_payment"],
            "law": [{"sfs": sfs, "at": at, "says": says, "verified": verified} for sfs, at, says, verified in places],
            "may": "Begära in schema, lönespecifikation och tidredovisning, och vänta med de rader det gäller.",
            "may_not": "Säga upp avtalet, kräva tillbaka pengar eller kontakta den enskilde om misstankar.",
            "follow_up": ["U1", "U2"], "reads": ["time_entry"], "helped_by": helped_by or {}, "measures": measures,
            "shows": shows or {}, "same_when": ["worker_id"], "sql": "SELECT 1", "next_step": next_step,
            "legitimate": [
                {"reason": "Ett besök hos två personer i samma hushåll, enligt beslut.", "example": "none"},
                {"reason": "Klockor som går några minuter olika.", "example": "none"},
                {"reason": "En rad är rättad, och den gamla raden har blivit kvar i filen.", "example": "one"},
            ],
            "examples": [
                {"name": "none", "given": {}, "finds": []},
                {"name": "one", "given": {}, "finds": [{"worker_id": "A"}]},
            ],
        }
    )  # fmt: skip


def result(findings: int = 60, rows: int = 3) -> Result:
    """A run with this many findings, always the same for the same numbers."""
    random = Random(findings)
    found = [_finding(number, rows, random) for number in range(findings)]
    number_of: dict[str, int] = {}
    for one in found:
        number_of[one.control] = number_of.get(one.control, 0) + 1
    absent = [catalogue().controls["ASS-01"].helped_by["absence"]]
    return Result(
        day="2025-04-01",
        tillit="0.1.0",
        content="c0ffee" * 10 + "beef",
        engine={"duckdb": "1.5.6", "sqlglot": "30.30.0"},
        deliveries=[asdict(one) for one in deliveries()],
        tables={"time_entry": 12_400, "supplier_ledger": 5_210, "decision": 212},
        run=[
            ControlRun(id, 2, number_of.get(id, 0), absent if id == "ASS-01" else [])
            for id in ("ASS-01", "ASS-04", "ASS-06", "FAK-01", "LEV-13")
        ],
        not_run=[
            NotRun("ASS-22", "not delivered", ["permit"]),
            NotRun("HEM-18", "none of these delivered, and one is enough", ["permit", "price"]),
        ],
        messages=[Message("tid-norr-2025-03.csv", "Filen är ändrad sedan förra körningen", "Fråga varför.")],
        providers=PROVIDERS,
        findings=found,
    )


def _finding(number: int, rows: int, random: Random) -> Finding:
    day = date(2024, 10, 1) + timedelta(days=random.randrange(180))
    control = random.choice(("ASS-01", "ASS-01", "ASS-04", "FAK-01", "FAK-01", "LEV-13"))
    provider = random.choice([*PROVIDERS, SOLE_TRADER, None])
    client, worker, other = (code(random.getrandbits(62)) for _ in range(3))
    minutes = random.choice((6, 30, 90, 600)) if control.startswith("ASS") else 0
    priced = random.random() > 0.1
    ore = 0 if control == "LEV-13" else minutes * 580 * priced if minutes else random.randrange(10_000, 90_000_000)
    twice = random.random() < 0.2
    of_control: dict[str, tuple[str, int, int | None, dict[str, Any]]] = {
        "ASS-01": ("minutes", minutes, 5, {"other_client_id": other, "overlap_starts_at": f"{day}T09:30:00"}),
        "ASS-04": ("minutes", 9_600 + minutes, 9_600, {"granted_minutes": 9_600, "decision_id": "B-2024-118"}),
        "FAK-01": ("ore", ore, None, {"number_normalised": "inv123"}),
        "LEV-13": ("count", 2, 1, {"roles": 2}),
    }
    unit, measured, limit, details = of_control[control]
    is_time = control == "ASS-01"
    return Finding(
        id=f"{random.getrandbits(128):032x}",
        control=control,
        revision=2,
        certainty="indication" if control == "LEV-13" else "possible" if number % 4 == 0 else "sure",
        severity=4,
        type=catalogue().controls[control].type,
        provider=provider,
        client=client if minutes else None,
        worker=worker if is_time else None,
        period_from=f"{day}T09:30:00" if is_time else f"{day:%Y-%m}-01",
        period_to=f"{day}T10:15:00" if is_time else f"{day}",
        measured=measured,
        limit=limit,
        unit=unit,
        minutes_at_risk=minutes // 2 if twice else minutes,
        at_risk_ore=ore // 2 if twice else ore,
        gross_minutes=minutes,
        gross_at_risk_ore=ore,
        priced=priced or not minutes,
        currency="SEK",
        details=details,
        tried=[],
        not_tried=[],
        evidence=[_row(control, row, day, provider, client, worker) for row in range(rows)],
    )


def _row(control: str, row: int, day: date, provider: str | None, client: str, worker: str) -> Evidence:
    if control.startswith("ASS"):
        values: dict[str, Any] = {
            "entry_id": f"e{row}", "provider_id": provider, "worker_id": worker, "client_id": client,
            "work_date": f"{day}", "starts_at": f"{day}T0{7 + row % 2}:00:00", "ends_at": f"{day}T10:15:00",
            "minutes": 195, "kind": "active", "status": "performed", "double_staffing": False, "clock_uncertain": False,
        }  # fmt: skip
        return Evidence("tid-norr-2025-03.csv", FILES["tid-norr-2025-03.csv"], 12 + row, "time_entry", values)
    values = {
        "supplier_name": FORMULA if row == 1 else EVIL, "supplier_id": provider, "posted_on": f"{day}",
        "amount_ore": 1_234_500, "currency": "GBP" if row == 2 else "SEK", "invoice_number": "INV-123",
        "account_code": "007", "masked": False,
    }  # fmt: skip
    return Evidence("reskontra.xlsx", FILES["reskontra.xlsx"], 40 + row, "supplier_ledger", values)


def deliveries() -> list[Delivery]:
    """A time file with refused lines, a ledger whose own sum differs, and a file that could not be read."""
    hours, ledger, decisions = FILES.items()
    return [
        Delivery(
            hours[1], hours[0], 812_345, 1, "time_report_csv", "Tidredovisning från anordnare", "d1" * 32,
            "accepted_with_remarks", "windows-1252", ";", 1,
            [Mapped("Assistent", "worker_id"), Mapped("Brukare", "client_id"), Mapped("Från", "starts_at")],
            {"Anteckning": "fritext om en person; ingen kontroll behöver den"}, ["Km"],
            12_431, 12_400, 31, 2, {"time_entry": 12_418},
            [Total("time_entry.minutes", 2_418_000, 2_411_820, 6_180), Total("rows", 12_431, 12_400, 31)],
            [Refusal(40 + line, "'25:00' is not a clock time", NO_CLOCK) for line in range(31)],
            [Remark(9, "Assistent: 3 identity numbers with a wrong check digit (lines 9, 12, 40)", "ask for it again")],
        ),
        Delivery(
            ledger[1], ledger[0], 98_765, 2, "sie_ledger", "Leverantörsreskontra", "d2" * 32, "accepted",
            mapped=[Mapped("Belopp", "amount_ore")], lines_read=5_210, lines_stored=5_210,
            rows={"supplier_ledger": 5_210},
            totals=[Total("supplier_ledger.amount_ore", 912_345_600, 912_345_600, 0, 912_345_500)],
        ),
        Delivery(
            decisions[1], decisions[0], 0, 3, status="rejected",
            refusals=[Refusal(0, "the file is empty", "ask for it again")],
        ),
    ]  # fmt: skip


def write_pages(folder: Path) -> None:
    """Writes the reports that are looked at when the page is changed."""
    from tillit.report import write_report

    write_report(result(), catalogue(), folder)
