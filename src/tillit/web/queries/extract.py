"""What can be taken out of a matter: its parts one by one, who may take them, and what has been taken."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tillit.web.models import Exhibit, Extract, Matter
from tillit.web.queries.course import filled, notes, process_of, steps_taken
from tillit.web.queries.evidence import tables_of
from tillit.web.queries.exhibit import exhibits
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer

ASK = ""
"""No answer yet: whoever makes the copy decides."""

GIVE = "give"


@dataclass(frozen=True)
class PartOf:
    """A part of a matter that a party sees or does not: a field, a step, a note, a piece of evidence.

    `struck` is what stands if nobody decides: GIVE, ASK, or the code of a ground. `file` is the number of a piece of
    evidence whose file may come with it, which is asked for apart.
    """

    key: str
    kind: str
    title: str
    texts: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    struck: str = ASK
    file: int = 0


def parts(matter: Matter) -> list[PartOf]:
    """Every part of a matter, in the order in which a copy tells them."""
    found = [*_fields(matter), *_exhibits(matter), *_steps(matter), *_notes(matter)]
    if not matter.protected:
        return found
    # Whoever is protected is struck out everywhere, until someone has decided part by part.
    return [PartOf(**vars(one) | {"struck": "protected"}) for one in found]


def extracts(matter: Matter) -> list[Extract]:
    """What has been taken out of a matter, the newest first; never its bytes."""
    found = Extract.objects.filter(matter=matter).defer("content").select_related("by", "settled_by")
    return list(found.order_by("-number"))


def extract(matter: Matter, number: int) -> Extract | None:
    """An extract by its number in a matter."""
    return Extract.objects.filter(matter=matter, number=number).select_related("by", "settled_by", "matter").first()


def roles_for(kind: str, matter: Matter) -> tuple[list[str], list[str]]:
    """Who makes an extract of a kind, and who approves it where that is demanded."""
    if kind == "party_copy":
        return catalogue().masks.made_by, catalogue().masks.approved_by
    return process_of(matter).exported_by, []


def may_make(kind: str, matter: Matter, viewer: Viewer) -> bool:
    """Whether a viewer who reads the matter makes such extracts of it."""
    return viewer.has(roles_for(kind, matter)[0], board=matter.board_id, unit=matter.unit_id)


def may_settle(one: Extract, viewer: Viewer) -> bool:
    """Whether the viewer is the second person whom an extract waits for."""
    roles = roles_for(one.kind, one.matter)[1]
    waits = bool(roles) and one.settled_at is None and one.by_id != viewer.user.pk
    return waits and viewer.has(roles, board=one.matter.board_id, unit=one.matter.unit_id)


def _ground(**of: str) -> str:
    for code, ground in catalogue().masks.grounds.items():
        if any(name in getattr(ground, part) for part, name in of.items()):
            return code
    return ASK


def _fields(matter: Matter) -> Iterator[PartOf]:
    process = process_of(matter)
    for name, known in process.fields.items():
        told = filled(process, {name: matter.fields.get(name)}, in_swedish=True)
        if told:
            yield PartOf(f"field.{name}", "field", known.sv, [_said(told[0][1])], struck=_ground(fields=name) or GIVE)


def _said(value: object) -> str:
    return {True: "ja", False: "nej"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _steps(matter: Matter) -> Iterator[PartOf]:
    process = process_of(matter)
    for one in steps_taken(matter):
        step = process.steps.get(one.step)
        if step:
            at = f"{one.at:%Y-%m-%d}"
            yield PartOf(f"step.{one.pk}", "step", step.sv, [at], struck=_ground(steps=one.step) or GIVE)


def _notes(matter: Matter) -> Iterator[PartOf]:
    for one in reversed(notes(matter)):
        kind = "Kontakt" if one.kind == "contact" else "Anteckning"
        yield PartOf(f"note.{one.pk}", "note", f"{kind} {(one.happened_at or one.at):%Y-%m-%d}", [one.text])


def _rows(exhibit: Exhibit) -> Iterator[tuple[str, ...]]:
    for table in tables_of(exhibit.lines):
        for place, origin in enumerate(table.origins):
            said = [(label, cells[place]) for label, cells in table.lines] + table.same
            told = "; ".join(f"{label}: {cell.value}" for label, cell in said if cell.value is not None)
            yield f"{origin['file']}, rad {origin['line']}", f"{table.title}: {told}"


def _exhibits(matter: Matter) -> Iterator[PartOf]:
    for one in exhibits(matter):
        kept = one.size and not one.finding_id
        yield PartOf(
            f"exhibit.{one.number}", "exhibit", f"Handling {one.number}: {one.title}", [one.origin, one.remark],
            list(_rows(one)),
            struck=_ground(ways=one.way) or (GIVE if one.finding_id else ASK), file=one.number if kept else 0,
        )  # fmt: skip
