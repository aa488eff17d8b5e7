"""A month's report from Tillit's own portal: a JSON list with one object for each assistant's part.

Time of two assistants at once is active time with double staffing; cover for a sick assistant is active time.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from tillit.errors import RefusedError
from tillit.readers.parts import Document, Row
from tillit.store import Refusal
from tillit.units import shown

KINDS = {
    "active": "active", "double": "active", "sick": "active", "waiting": "waiting", "standby": "standby",
    "travel": "travel",
}  # fmt: skip
AS = {"client": "client", "guardian": "guardian", "trustee": "trustee", "parent": "parent", "other": "other", "": None}


class NotAPart(RefusedError):
    """An object of the list is no part of a report."""


def rows(document: Document) -> Iterator[Row | Refusal]:
    """The report of each part, and a row for each of its times."""
    for line, part in document.json():
        try:
            yield from list(_part(line, part))
        except NotAPart as fault:
            yield Refusal(line, fault.what, fault.fix)


def _part(line: int, part: object) -> Iterator[Row]:
    if not isinstance(part, Mapping) or not isinstance(part.get("rows"), list):
        raise NotAPart("this is no part of a report", fix="hand the report in anew")
    report = _text(part, "tillit_report")
    common: dict[str, object] = {
        "report_id": report,
        "provider_id": _text(part, "provider"),
        "client_id": _text(part, "client"),
        "worker_id": _text(part, "worker"),
        "signed_by_worker_at": _moment(part, "signed_at"),
        "signed_by_client_at": _moment(part, "approved_at"),
        "signed_by": AS.get(_text(part, "approved_as")),
    }
    minutes = dict.fromkeys(("active", "waiting", "standby"), 0)
    entries = []
    for number, row in enumerate(part["rows"], start=1):
        kind = _text(row, "kind") if isinstance(row, Mapping) else ""
        if kind not in KINDS:
            raise NotAPart(f"the kind of a time is {shown(kind)}", fix=f"known: {', '.join(KINDS)}")
        entries.append(
            Row(
                "time_entry",
                line,
                common
                | {
                    "entry_id": f"{report}/{number}",
                    "starts_at": _moment(row, "starts_at"),
                    "ends_at": _moment(row, "ends_at"),
                    "kind": KINDS[kind],
                    "double_staffing": kind == "double",
                    "reason_code": "cover" if kind == "sick" else None,
                    "service_area": "personal_assistance",
                    "decision_id": _text(part, "decision") or None,
                    "capture": "app",
                },
                of_file=number == 1,
            )
        )
        start, end = entries[-1].values["starts_at"], entries[-1].values["ends_at"]
        if KINDS[kind] in minutes and isinstance(start, datetime) and isinstance(end, datetime):
            minutes[KINDS[kind]] += (end - start).seconds // 60
    told: dict[str, object] = {f"{kind}_minutes": count or None for kind, count in minutes.items()}
    month: dict[str, object] = {
        "month": f"{_text(part, 'month')}-01",
        "received_on": _text(part, "received_on"),
        "form": "electronic",
    }
    yield Row("time_report", line, common | month | told, of_file=not entries)
    yield from entries


def _text(part: Mapping[str, Any], key: str) -> str:
    value = part.get(key)
    return "" if value is None or isinstance(value, (list, dict, bool)) else str(value).strip()


def _moment(part: Mapping[str, Any], key: str) -> datetime | None:
    given = _text(part, key)
    try:
        return datetime.fromisoformat(given) if given else None
    except ValueError:
        raise NotAPart(f"{key} is no point in time", fix="hand the report in anew") from None
