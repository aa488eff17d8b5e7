"""Visits of home care as JSON, in the shape of Lifecare's reported visits."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from tillit.demo.town import Shift


def write_visits(path: Path, visits: Sequence[Shift]) -> None:
    """Visits as a list of objects, with local times; a visit that was changed keeps its first times."""
    objects = [
        _visit(place, visit) for place, visit in enumerate(sorted(visits, key=lambda one: (one.day, one.start)), 1)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in objects)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def _visit(place: int, visit: Shift) -> dict[str, Any]:
    changed = visit.receipt is not None and visit.receipt != (visit.start, visit.end)
    status = {"declined": "Declined"}.get(visit.status, "CompletedAndChangedTime" if changed else "Completed")
    made: dict[str, Any] = {
        "Id": place,
        "ExternalId": visit.entry or f"S{visit.day:%y%m}{place:05}",
        "ClientPersonId": visit.client.number,
        "PersonnelPersonId": visit.worker.number,
        "PersonnelUserId": f"{visit.worker.given[:2]}{visit.worker.family[:3]}".lower(),
        "ExecutionId": f"V-{visit.client.number[-4:]}",
        "ProviderUnitId": visit.provider.number,
        "ServiceCategory": {"Code": visit.service_code, "Text": "Omvårdnad"},
        "Law": "SoL",
        "StartTime": _at(visit, visit.start),
        "EndTime": _at(visit, visit.end),
        "Status": status,
        "LastUpdatedTime": f"{visit.day + timedelta(days=1)}T06:00:00",
        "IsDoubleManning": visit.double_staffing,
        "StartQuittanceType": "Nfc" if visit.receipt else "None",
        "EndQuittanceType": "Nfc" if visit.receipt else "None",
        "ReportingSystem": "Mobil omsorg",
        "Approved": True,
        "Deleted": False,
    }
    if changed and visit.receipt:
        made["OriginalStartTime"] = _at(visit, visit.receipt[0])
        made["OriginalEndTime"] = _at(visit, visit.receipt[1])
    if visit.reason:
        made["CancelledReason"] = visit.reason
    return made


def _at(visit: Shift, clock: str) -> str:
    day = visit.day + timedelta(days=int(clock < visit.start))
    return f"{day}T{clock}:00"
