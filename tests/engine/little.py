"""A little content of its own for tests of the engine: two tables, a parameter, a prepared table, one control."""

from pathlib import Path
from typing import Any

import yaml

from tillit.catalogue import Catalogue, content_folder, load

CONTROL: dict[str, Any] = {
    "id": "ASS-90",
    "revision": 1,
    "status": "trial",
    "title": "Långt pass",
    "question": "Är något pass längre än gränsen?",
    "area": "assistance",
    "type": "deviation",
    "severity": 2,
    "when": ["after_payment"],
    "law": [{"sfs": "1993:387", "at": "11 a §"}],
    "may": "Fråga anordnaren.",
    "may_not": "Kräva något tillbaka.",
    "follow_up": ["U1"],
    "reads": ["time_entry"],
    "parameters": {"most": "controls.longest"},
    "measures": "minutes",
    "same_when": ["worker_id", "from_at"],
    "sql": (
        "SELECT worker_id, client_id, provider_id, starts_at AS from_at, ends_at AS to_at, minutes AS measured,\n"
        "  $most AS limit_value, [row_id] AS evidence, minutes - $most AS minutes_at_risk\n"
        "FROM time_entry\nWHERE minutes > $most"
    ),
    "legitimate": [{"reason": "Passet är inte längre än gränsen", "example": "på gränsen"}],
    "next_step": "Fråga.",
    "examples": [
        {
            "name": "för långt",
            "given": {"time_entry": [{"row": "e1", "starts_at": "2025-03-03 08:00", "ends_at": "2025-03-03 18:01"}]},
            "finds": [{"worker_id": "A", "measured": 601, "evidence": ["e1"], "from_at": "2025-03-03 08:00"}],
        },
        {
            "name": "på gränsen",
            "given": {"time_entry": [{"starts_at": "2025-03-03 08:00", "ends_at": "2025-03-03 18:00"}]},
            "finds": [],
            "edge_of": ["most"],
        },
    ],
}
PARAMETER: dict[str, Any] = {
    "id": "controls.longest",
    "title": "Längsta pass",
    "unit": "minutes",
    "set_by": "municipality",
    "known_until": None,
    "values": {"2020-01-01": {"value": 600, "source": "påhittat"}},
}


def little_content(
    folder: Path,
    *controls: dict[str, Any],
    parameters: tuple[dict[str, Any], ...] = (PARAMETER,),
    prepared: tuple[dict[str, Any], ...] = (),
) -> Catalogue:
    """The real tables and acts with only these controls, parameters and prepared tables."""
    base = folder / "content"
    base.mkdir(parents=True)
    for part in ("tables", "acts.yaml"):
        (base / part).symlink_to(content_folder() / part)
    _write(base / "plans" / "follow_up.yaml", {"U1": {"sv": "Fråga", "about": "Fråga anordnaren."}})
    for control in controls or (CONTROL,):
        _write(base / "controls" / f"{control['id'].lower()}-test.yaml", control)
    for parameter in parameters:
        _write(base / "parameters" / f"{parameter['id'].replace('.', '/')}.yaml", parameter)
    for one in prepared:
        _write(base / "prepared" / f"{one['prepared']}.yaml", one)
    return load(base=base)


def _write(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
