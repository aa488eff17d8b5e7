"""Fills an installation with the work of a large city's many years; the same every time.

One finding in five is open, and a provider may have one in twelve of them: what is hard for a list.
"""

import json
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection

from benchmarks.web.around import around, links, log
from benchmarks.web.drawn import AT_ONCE, CASES, KNOWN, OPEN, PROTECTED, ROLES, City, Size, number_of, place_of
from benchmarks.web.pour import pour
from tillit.web.models import (
    Board,
    Case,
    Contract,
    Finding,
    Grant,
    Matter,
    Permit,
    Provider,
    ProviderCheck,
    Series,
    Unit,
    Use,
    User,
    walls,
)
from tillit.web.rules.content import catalogue
from tillit.web.rules.urgency import urgency


def fill(size: Size, *, now: datetime) -> dict[str, int]:
    """Fills all tables. Gives: how many rows each got."""
    city = City(size, now)
    walls.take_away(connection)  # what is poured in is as if everyone had been heard
    made = {
        "boards": pour(Board, _boards(size)),
        "units": pour(Unit, _units(size)),
        "users": pour(User, _users(size)),
        "grants": pour(Grant, _grants(size)),
        "providers": _providers(city),
    }
    findings = _pour_findings(city)
    made["findings"] = len(findings)
    cases = list(_cases(city))
    pour(Matter, cases)
    made["cases"] = pour(Case, ({"matter_ptr_id": one["id"]} for one in cases))
    links(city, len(findings), cases)
    made |= around(city, findings, cases)
    made["log lines"] = log(city, len(findings))
    pour(Series, _series(size))
    walls.lay(connection)
    with connection.cursor() as cursor:
        # As the worker has done every night, and PostgreSQL by itself: it would else begin while pages are measured.
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return made


def _boards(size: Size) -> Iterator[dict[str, Any]]:
    for k in range(size.boards):
        yield {"id": k + 1, "slug": f"n{k + 1}", "name": f"Nämnd {k + 1}", "kind": "district"}


def _units(size: Size) -> Iterator[dict[str, Any]]:
    for k in range(size.boards * size.units_each):
        board, place = divmod(k, size.units_each)
        yield {"id": k + 1, "board_id": board + 1, "slug": f"e{place + 1}", "name": f"Enhet {place + 1}"}


def _users(size: Size) -> Iterator[dict[str, Any]]:
    password = make_password(None)
    for k in range(size.users):
        yield {"id": k + 1, "username": f"p{k + 1}", "name": f"Person {k + 1}", "password": password, "language": "sv"}


def _grants(size: Size) -> Iterator[dict[str, Any]]:
    key = 0
    for k in range(size.users):
        roles, in_unit = ROLES[place_of(k, size)]
        board = k % size.boards + 1
        unit = (board - 1) * size.units_each + 1 if in_unit else None
        held = [(role, board, unit) for role in roles] + ([("R26", None, None)] if k < 2 else [])
        for role, at, within in held:
            key += 1
            yield {
                "id": key, "user_id": k + 1, "role": role, "board_id": at, "unit_id": within, "origin": "local",
                "valid_from": date(2020, 1, 1),
            }  # fmt: skip


def _providers(city: City) -> int:
    numbers = range(city.size.providers)
    day = city.now.date()
    made = pour(
        Provider,
        (
            {
                "id": k + 1, "number": number_of(k), "name": f"Anordnaren {k} AB", "legal_form": "AB",
                "service_areas": '["home_care"]', "status": "active", "registered_on": date(2014, 5, 6),
                "f_tax": True, "employer": True, "read_on": day,
            }
            for k in numbers
        ),
    )  # fmt: skip
    uses = [(k, board) for k in numbers for board in sorted({city.board() for _ in range(3)})]
    pour(
        Use,
        (
            {"id": i + 1, "provider_id": k + 1, "board_id": b, "since": date(2021, 1, 1)}
            for i, (k, b) in enumerate(uses)
        ),
    )
    since = {"valid_from": date(2015, 1, 1)}
    permit = {"service_type": "home_care", "authority": "ivo", "status": "granted", "read_on": day}
    pour(Permit, ({"id": k + 1, "provider_id": k + 1} | permit | since for k in numbers))
    pour(
        Contract,
        ({"id": k + 1, "provider_id": k + 1, "service_area": "home_care", "form": "lov"} | since for k in numbers),
    )
    check = {"what": "Tillståndet kontrollerat", "due_on": day, "done_on": day}
    pour(ProviderCheck, ({"id": k + 1, "provider_id": k + 1} | check for k in numbers))
    return made


def _pour_findings(city: City) -> list[dict[str, Any]]:
    """Both tables, some thousands at a time. Gives: of each finding what others must know of it."""
    kept, drawn = [], _findings(city)
    while some := list(islice(drawn, AT_ONCE)):
        pour(Matter, (matter for matter, _own in some))
        pour(Finding, (own for _matter, own in some))
        kept += [{name: matter[name] for name in KNOWN} for matter, _own in some]
    return kept


def _findings(city: City) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    process, draw = catalogue().processes["finding"], city.random
    open_states = [name for name, state in process.states.items() if not state.final]
    ended = [name for name, state in process.states.items() if state.final]
    controls = [(code, one.title[:200]) for code, one in sorted(catalogue().controls.items())]
    result = json.dumps(_result(), ensure_ascii=False)
    for k in range(city.size.findings):
        is_open = draw.random() < OPEN
        at, board = city.at(open_=is_open), city.board()
        control, title = controls[int(draw.random() ** 2 * len(controls))]
        severity, certainty = 1 + int(draw.random() * 4), ("sure", "possible", "indication")[int(draw.random() * 3)]
        client = "" if k % 9 == 0 else f"0000-0000-{int(draw.random() * city.size.findings / 10):05}"
        states = open_states if is_open else ended
        matter = {
            "id": k + 1, "process": "finding", "process_revision": process.revision,
            "state": states[int(draw.random() ** 2 * len(states))], "state_since": at, "version": 1,
            "zone": "individual" if client else "provider", "board_id": board, "unit_id": city.unit(board),
            "number": f"N{board}-F-2026-{k + 1}", "title": title, "provider_number": city.provider(),
            "protected": bool(client) and draw.random() < PROTECTED, "urgency": urgency(severity, certainty),
            "control": control, "at_risk_ore": int(draw.random() ** 4 * 50_000_00),
            "opened_at": at, "closed_at": None if is_open else at, "due_on": (at + timedelta(days=7)).date(),
        }  # fmt: skip
        own = {
            "matter_ptr_id": k + 1, "key": f"{control}-{k}", "origin": "rule",
            "certainty": certainty, "severity": severity, "type": "rule", "client_code": client,
            "worker_code": client and f"0000-0001-{int(draw.random() * city.size.findings / 25):05}",
            "period_from": at.date(), "period_to": at.date(),
            "result": result,
        }  # fmt: skip
        yield matter, own


def _result() -> dict[str, Any]:
    def row(line: int, start: str, end: str) -> dict[str, Any]:
        values = {
            "work_date": "2026-02-03", "worker_id": "0000-0000-0000A", "client_id": "0000-0000-0000B",
            "starts_at": f"2026-02-03T{start}+01:00", "ends_at": f"2026-02-03T{end}+01:00", "kind": "active",
        }  # fmt: skip
        return {
            "file": "norrvik-2026-02.csv",
            "sha256": "9f" * 32,
            "line": line,
            "table": "time_entry",
            "values": values,
        }

    return {
        "measured": 120, "limit": 0, "unit": "minutes", "minutes_at_risk": 120, "priced": True, "currency": "SEK",
        "details": {}, "tried": [], "not_tried": [],
        "evidence": [row(214, "08:00", "12:00"), row(571, "10:00", "14:00")],
    }  # fmt: skip


def _cases(city: City) -> Iterator[dict[str, Any]]:
    draw = city.random
    investigation, others = catalogue().processes["investigation"], [catalogue().processes[name] for name in CASES]
    for k in range(city.size.cases):
        process = investigation if draw.random() < 0.7 else others[k % len(others)]
        is_open = draw.random() < OPEN
        at, board = city.at(open_=is_open), city.board()
        states = [name for name, one in process.states.items() if bool(one.final) != is_open and not one.needs_hearing]
        key = city.size.findings + k + 1
        yield {
            "id": key, "process": process.process, "process_revision": process.revision,
            "state": states[int(draw.random() * len(states))], "state_since": at, "version": 1, "zone": process.zone,
            "board_id": board, "unit_id": city.unit(board), "number": f"N{board}-U-2026-{k + 1}",
            "title": process.title[:200], "provider_number": city.provider(),
            "opened_by_id": city.worker(board, [3, 4]),
            "protected": draw.random() < PROTECTED, "opened_at": at, "closed_at": None if is_open else at,
            "due_on": (at + timedelta(days=30)).date(),
        }  # fmt: skip


def _series(size: Size) -> Iterator[dict[str, Any]]:
    for k in range(size.boards):
        for place, letters in enumerate(("F", "U")):
            yield {"id": 2 * k + place + 1, "board_id": k + 1, "letters": letters, "year": 2026, "last": size.findings}


def main(findings: str) -> dict[str, int]:
    """Fills the installation that the environment names, which must be empty. Gives: rows of each kind, and seconds."""
    start = time.perf_counter()
    made = fill(Size(int(findings)), now=datetime.now(UTC))
    return made | {"seconds": round(time.perf_counter() - start)}
