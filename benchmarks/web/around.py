"""What lies around the matters of a large city: who has them, steps, notes, proposals, notices, blocks, and the log."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from benchmarks.web.drawn import ASSIGNED, City, place_of
from benchmarks.web.pour import pour
from tillit.store import chain
from tillit.web.models import (
    Assignment,
    Block,
    Case,
    Entry,
    Head,
    Note,
    Notice,
    Proposal,
    Review,
    StepTaken,
)


def links(city: City, findings: int, cases: list[dict[str, Any]]) -> None:
    through = Case.findings.through
    drawn = ({"id": k + 1, "case_id": one["id"], "finding_id": k * 20 % findings + 1} for k, one in enumerate(cases))
    pour(through, drawn)


def around(city: City, findings: list[dict[str, Any]], cases: list[dict[str, Any]]) -> dict[str, int]:
    """What lies around matters: who has them, steps, notes, proposals, notices, blocks."""
    draw, made = city.random, {}
    given = [(one, city.worker(one["board_id"], [3, 4, 8])) for one in cases]
    given += [
        (one, city.worker(one["board_id"], [5, 7]))
        for one in findings
        if one["closed_at"] is None and draw.random() < ASSIGNED
    ]
    made["assignments"] = pour(
        Assignment,
        (
            {"id": k + 1, "matter_id": one["id"], "user_id": user, "valid_from": one["opened_at"], "special": False}
            for k, (one, user) in enumerate(given)
        ),
    )
    taken = [one for one in findings if one["closed_at"]] + cases + cases
    made["steps taken"] = pour(
        StepTaken,
        (
            {
                "id": k + 1, "matter_id": one["id"], "step": "assess" if one["process"] == "finding" else "look",
                "from_state": "new", "to_state": one["state"], "by_id": 1 + k % city.size.users, "at": one["opened_at"],
                # A case in two was opened from a finding.
                "opened_id": cases[k]["id"] if k < len(cases) // 2 else None,
            }
            for k, one in enumerate(taken)
        ),
    )  # fmt: skip
    made["notes"] = pour(
        Note,
        (
            {
                "id": k + 1, "matter_id": one["id"], "kind": "note", "at": one["opened_at"],
                "by_id": 1 + k % city.size.users, "text": "Schemana behövs innan parten får yttra sig.",
            }
            for k, one in enumerate(cases + cases)
        ),
    )  # fmt: skip
    waiting = [one for one in cases if one["closed_at"] is None and one["state"] == "preliminary"]
    made["proposals"] = pour(
        Proposal,
        (
            {"id": k + 1, "matter_id": one["id"], "step": "open", "version": 0, "by_id": 1, "at": one["opened_at"]}
            for k, one in enumerate(waiting)
        ),
    )
    made["notices"] = pour(
        Notice,
        (
            {
                "id": k + 1, "user_id": user, "matter_id": one["id"], "what": "assigned", "at": one["opened_at"],
                "seen_at": one["opened_at"] if k % 10 else None,
            }
            for k, (one, user) in enumerate(given)
        ),
    )  # fmt: skip
    shut = [one for one in cases if draw.random() < 0.005]
    made["blocks"] = pour(
        Block,
        (
            {"id": k + 1, "matter_id": one["id"], "user_id": 1 + k % city.size.users, "since": one["opened_at"]}
            for k, one in enumerate(shut)
        ),
    )
    return made


def log(city: City, matters: int) -> int:
    """Lines that hold together as those that Tillit writes, and some that managers are asked to look at."""
    previous = chain.FIRST
    size = city.size

    def lines() -> Iterator[dict[str, Any]]:
        nonlocal previous
        for count in range(1, size.lines + 1):
            board = city.board()
            number = f"N{board}-F-2026-{int(city.random.random() * matters) + 1}"
            at = city.times[-(1 + (count - 1) * 4000 // size.lines)].astimezone(UTC)
            line: dict[str, Any] = {
                "count": count, "at": at.isoformat(timespec="microseconds"), "by": 1 + count % size.users,
                "kind": "change" if count % 5 == 0 else "read", "what": "matter", "board": f"n{board}",
                "matter": number, "zone": "individual", "purpose": "", "details": {}, "previous": previous,
            }  # fmt: skip
            line["hash"] = previous = chain.hash_of(line)
            yield line | {"id": count, "at": at, "by_id": line["by"], "details": "{}"}

    made = pour(Entry, lines())
    pour(Head, [{"id": 1, "hash": previous, "count": size.lines}])
    managers = [user + 1 for user in range(size.users) if place_of(user, size) in (1, 2)]
    asked = [(line, managers[line % len(managers)]) for line in range(1, size.lines, max(1, size.lines // 1000))]
    pour(
        Review,
        (
            {"id": k + 1, "entry_id": line, "reviewer_id": user, "why": "sample", "asked_at": city.now,
             "due_on": city.now.date()}
            for k, (line, user) in enumerate(asked)
        ),
    )  # fmt: skip
    return made
