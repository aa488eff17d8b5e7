"""Visits reported in Lifecare: a JSON list, one object a visit.

A visit whose time was changed afterwards has its first times too. They are the receipts when the visit was
receipted at the door. A visit that has begun and not ended is refused until it has; one that was deleted is
kept as replaced, so that no control counts it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from tillit.errors import RefusedError
from tillit.readers.parts import Document, Row
from tillit.store import Refusal, Remark
from tillit.units import shown

STATUSES = {
    "Completed": "performed", "CompletedAndChangedTime": "performed", "Cancelled": "cancelled", "Declined": "declined",
}  # fmt: skip
CAPTURES = {"Nfc": "nfc", "Bluetooth": "key", "Lock": "key"}
AREAS = {"SoL": "home_care", "LASS": "personal_assistance", "SFB": "personal_assistance"}
NO_UNIT = "UTAN ENHET"

Visit = Mapping[str, Any]


class NotAVisit(RefusedError):
    """An object of the list is not a visit that can be stored."""


def rows(document: Document) -> Iterator[Row | Refusal | Remark]:
    """A row for each visit of the list."""
    without_unit: list[int] = []
    for line, visit in document.json():
        try:
            values = _visit(visit)
        except NotAVisit as fault:
            yield Refusal(line, fault.what, fault.fix)
            continue
        if values["provider_id"] == NO_UNIT:
            without_unit.append(line)
        yield Row("time_entry", line, values)
    if without_unit:
        what = f"{len(without_unit)} visits have no ProviderUnitId, and are stored as '{NO_UNIT}'"
        yield Remark(without_unit[0], what, "ask for the unit, so that the provider can be told")


def _visit(visit: object) -> dict[str, object]:
    if not isinstance(visit, Mapping):
        raise NotAVisit("this is no object", fix="export the visits as a list of objects")
    status = _text(visit, "Status")
    if status == "Started":
        raise NotAVisit("the visit has begun and not ended", fix="export again when it has")
    if status not in STATUSES:
        known = ", ".join(["Started", *STATUSES])
        raise NotAVisit(f"Status is {shown(status)}", fix=f"known: {known}")
    first_start, first_end = _moment(visit, "OriginalStartTime"), _moment(visit, "OriginalEndTime")
    start = _moment(visit, "StartTime") or first_start
    end = _moment(visit, "EndTime") or first_end
    starts_with, ends_with = _text(visit, "StartQuittanceType"), _text(visit, "EndQuittanceType")
    is_changed = status == "CompletedAndChangedTime" or bool(first_start or first_end)
    category = visit.get("ServiceCategory")
    return {
        "entry_id": _text(visit, "ExternalId") or _text(visit, "Id"),
        "provider_id": _text(visit, "ProviderUnitId") or NO_UNIT,
        "worker_id": _text(visit, "PersonnelPersonId") or _text(visit, "PersonnelUserId"),
        "client_id": _text(visit, "ClientPersonId"),
        "starts_at": start,
        "ends_at": end,
        "kind": "declined" if status == "Declined" else "visit",
        "service_area": AREAS.get(_text(visit, "Law"), "other"),
        "service_code": _text(category, "Code") if isinstance(category, Mapping) else "",
        "status": "replaced" if visit.get("Deleted") is True else STATUSES[status],
        "capture": CAPTURES.get(starts_with, "manual"),
        "receipt_starts_at": (first_start or start) if starts_with in CAPTURES else None,
        "receipt_ends_at": (first_end or end) if ends_with in CAPTURES else None,
        "planned_starts_at": first_start,
        "planned_ends_at": first_end,
        "reason_code": _text(visit, "CancelledReason"),
        "double_staffing": visit.get("IsDoubleManning") is True,
        "changed_at": _moment(visit, "LastUpdatedTime") if is_changed else None,
    }


def _text(part: Visit, key: str) -> str:
    value = part.get(key)
    return "" if value is None or isinstance(value, (list, dict, bool)) else str(value).strip()


def _moment(visit: Visit, key: str) -> datetime | None:
    given = _text(visit, key)
    if not given:
        return None
    try:
        return datetime.fromisoformat(given)
    except ValueError:
        raise NotAVisit(f"{key} is no point in time", fix="it is written YYYY-MM-DDTHH:MM") from None
