"""Settles a report's month, and settles it anew when something has changed: each calculation is kept as it was made."""

import hashlib
import json
from typing import Any

from tillit.settlement import Line, Settled, Terms
from tillit.units import format_minutes, format_money, minutes_from28
from tillit.web.actions import log
from tillit.web.actions.effects import Taken, effect
from tillit.web.models import Settlement, TimeReport
from tillit.web.rules.content import catalogue, codes
from tillit.web.rules.settlement import as_kept, basis_of, latest, settled, used_of


@effect("settle_month")
def settle_month(taken: Taken) -> None:
    """Månaden räknas av. Har den räknats av förut görs en ny beräkning som pekar på den förra."""
    report = TimeReport.objects.get(pk=taken.matter.pk)
    before, basis = latest(report.pk), basis_of(report, taken.now)
    if before:
        # What the client has had for the month, when the earlier calculation was paid.
        advance, source = before.advance_ore + before.difference_ore - before.carry_over_ore, before.number
    else:
        advance, source = int(taken.given.get("advance_paid") or 0), "step"
    terms = Terms.of(catalogue().parameters)
    found = settled(report, basis, terms=terms, advance=advance, advance_from=source)
    given, lines = as_kept(basis) | {"advance": [source, advance]}, [_kept(one) for one in found.lines]
    number = Settlement.objects.filter(matter=report.pk).count() + 1
    made: Settlement = Settlement.objects.create(
        matter=report,
        number=f"{report.number}-A{number}",
        follows=before,
        carries=basis.surplus,
        at=taken.now,
        by=taken.person,
        given=given,
        lines=lines,
        carried=used_of(found.carried),
        due_ore=found.due,
        carry_over_ore=found.carry_over,
        advance_ore=found.advance,
        difference_ore=found.difference,
        action=found.action,
        examine=list(found.examine),
        content=catalogue().digest,
        sha256=_hash({"given": given, "lines": lines}),
    )
    said = {"settlement": made.number, "settled": _told(found), "settled_action": found.action}
    taken.matter.fields |= said | {"to_pay": found.difference}
    details = {"settlement": made.number, "ore": found.difference}
    log.write("change", "settle month", by=taken.by, at=taken.now, matter=taken.matter, details=details)


def _kept(line: Line) -> dict[str, Any]:
    said = {name: value for name, value in vars(line).items() if value not in ("", 0, None, ())}
    if line.rate is not None:
        said["rate"] = str(line.rate)
    return said | {"rows": list(line.rows)}


def _told(found: Settled) -> str:
    """The lines as a document says them."""
    names, whys = codes("settlement_lines"), codes("not_approved")
    said = []
    for line in found.lines:
        name = names[line.code].sv
        if line.code == "not_approved":
            name = f"{name}: {whys[line.of].sv[:1].lower()}{whys[line.of].sv[1:]}"
        time = line.minutes or (minutes_from28(line.weighted28) if line.weighted28 else 0)
        told = [format_minutes(time)] if time else []
        if line.rate is not None:
            told.append(f"à {format_money(round(line.rate))}")
        if line.ore or line.code in ("difference", "advance"):
            told.append(format_money(line.ore))
        if told:
            said.append(f"{name}: {', '.join(told)}")
    return "\n".join(said)


def _hash(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
