"""Holds every process to the rest of the catalogue: its roles, deadlines, documents, and who may see how far."""

from collections.abc import Iterable, Iterator, Mapping

from tillit.catalogue.catalogue import Catalogue, key_of
from tillit.catalogue.checklist import Checklist
from tillit.catalogue.process import REACHES, Process, Reach, Reader, Zone
from tillit.errors import TillitError

SYSTEM, ALL = "system", "all"

FARTHEST: Mapping[Zone, Reach] = {
    "open": "municipality",
    "internal": "municipality",
    "individual": "board",
    "provider": "municipality",
    "investigation": "unit",
    "tipster": "board",
    "whistleblowing": "municipality",
    "staff": "board",
    "procurement": "board",
}
"""How far anyone may see in a zone; each board is an authority of its own in secrecy law."""

ONLY: Mapping[Zone, frozenset[str]] = {"tipster": frozenset({"R21"}), "whistleblowing": frozenset({"R22"})}
"""Zones that belong to one function alone."""

NEVER: Mapping[Zone, frozenset[str]] = {
    # The coordinators join the boards, so they never hold a person (IS5); who gives rights or runs the
    # system sees no case at all.
    "individual": frozenset({"R10", "R11", "R27", "R28"}),
    "investigation": frozenset({"R10", "R11", "R27", "R28"}),
    "staff": frozenset({"R10", "R11", "R27", "R28"}),
    "procurement": frozenset({"R27", "R28"}),
    "provider": frozenset({"R27", "R28"}),
}


def check_processes(catalogue: Catalogue) -> list[TillitError]:
    """Every fault of the processes that one file alone cannot show, each with its file and line.

    That guards and audiences exist is checked in web/rules/content.py, which knows them.
    """
    errors: list[TillitError] = []
    series: dict[str, str] = {}
    for process in catalogue.processes.values():
        other = series.setdefault(process.series, process.process)
        if other != process.process:
            told = f"'{process.series}' also begins the numbers of {other}"
            errors.append(_fault(catalogue, process, told, "choose other letters", "series"))
        for check in (
            _acts,
            _roles,
            _readers,
            _takers_see,
            _measures,
            _codes,
            _dues,
            _opens,
            _documents,
            _also_due,
            _checklists,
            _walkers,
        ):
            errors += check(catalogue, process)
    return errors


def checklists_of(catalogue: Catalogue, process: Process) -> list[Checklist]:
    """The check lists that can be filled in a process, by their number."""
    known = catalogue.checklists if ALL in process.checklists else process.checklists
    found = [catalogue.checklists[id] for id in known if id in catalogue.checklists]
    return sorted(found, key=lambda one: int(one.id.removeprefix("CL")))


def _fault(catalogue: Catalogue, process: Process, what: str, fix: str, *place: str | int) -> TillitError:
    return catalogue.files[key_of("processes", process.process)].error(what, fix, *place)


def _acts(catalogue: Catalogue, process: Process) -> Iterator[TillitError]:
    for index, law in enumerate(process.law):
        if law.sfs not in catalogue.acts:
            yield _fault(catalogue, process, f"act '{law.sfs}' is not known", "add it to acts.yaml", "law", index)


def _roles(catalogue: Catalogue, process: Process) -> Iterator[TillitError]:
    named: list[tuple[Iterable[str], tuple[str, ...], bool]] = [
        (process.opened_by, ("opened_by",), True),
        (process.assigned_by, ("assigned_by",), False),
        (process.exported_by, ("exported_by",), False),
        ([reader.role for reader in process.readers], ("readers",), False),
    ]
    for name, step in process.steps.items():
        named.append((step.who, ("steps", name, "who"), True))
        named.append((step.second_person, ("steps", name, "second_person"), False))
    for roles, place, system in named:
        for role in roles:
            if role not in catalogue.roles and not (system and role == SYSTEM):
                yield _fault(catalogue, process, f"there is no role '{role}'", "see roles.yaml", *place)


def _readers(catalogue: Catalogue, process: Process) -> Iterator[TillitError]:
    for index, reader in enumerate(process.readers):
        why_not = _too_far(catalogue, process.zone, reader)
        if why_not:
            yield _fault(catalogue, process, why_not, "see less far, or change the zone", "readers", index)


def _too_far(catalogue: Catalogue, zone: Zone, reader: Reader) -> str | None:
    farthest = FARTHEST[zone]
    if zone in ONLY and reader.role not in ONLY[zone]:
        return f"zone {zone} is for {', '.join(sorted(ONLY[zone]))} alone, not {reader.role}"
    if reader.role in NEVER.get(zone, ()):
        return f"{reader.role} never sees zone {zone}"
    if REACHES.index(reader.reach) > REACHES.index(farthest):
        return f"{reader.role} reaches {reader.reach}, and zone {zone} goes no farther than {farthest}"
    role = catalogue.roles.get(reader.role)
    if role and role.external and reader.reach != "own":
        return f"{reader.role} is outside the municipality and sees no more than its own"
    return None


def _takers_see(catalogue: Catalogue, process: Process) -> Iterator[TillitError]:
    see = {reader.role for reader in process.readers if not reader.only_status} | {SYSTEM}
    for name, step in process.steps.items():
        for key, roles in (("who", step.who), ("second_person", step.second_person)):
            for role in roles:
                if role not in see:
                    told = f"{role} takes the step and cannot read the matter"
                    yield _fault(catalogue, process, told, "add it to readers", "steps", name, key)


def _codes(catalogue: Catalogue, process: Process) -> Iterator[TillitError]:
    for name, field in process.fields.items():
        if field.codes and field.codes not in catalogue.codes:
            told = f"there is no list of codes '{field.codes}'"
            yield _fault(catalogue, process, told, f"known: {', '.join(sorted(catalogue.codes))}", "fields", name)


def _measures(catalogue: Catalogue, process: Process) -> Iterator[TillitError]:
    known = catalogue.measures
    for name, field in process.fields.items():
        if not field.offered_in:
            continue
        relation = process.fields.get(field.offered_in)
        if relation is None or set(relation.one_of) != set(known.relations):
            told = f"'{field.offered_in}' does not say a relation of plans/measures.yaml"
            fix = f"its choices are {', '.join(known.relations)}"
            yield _fault(catalogue, process, told, fix, "fields", name, "offered_in")
        for code in sorted(set(field.one_of) - set(known.measures)):
            told = f"'{code}' is no measure of plans/measures.yaml"
            yield _fault(catalogue, process, told, "add it there, with its law", "fields", name, "one_of")


def _dues(catalogue: Catalogue, process: Process) -> Iterator[TillitError]:
    for place, due in process.dues():
        for id in filter(None, (due.parameter, due.urgent)):
            parameter = catalogue.parameters.get(id)
            if parameter is None:
                yield _fault(catalogue, process, f"there is no parameter '{id}'", "add its file", *place)
            elif parameter.unit not in {"days", "months"}:
                told = f"'{id}' is in {parameter.unit}: a deadline is in days or months"
                yield _fault(catalogue, process, told, "choose another", *place)


def _opens(catalogue: Catalogue, process: Process) -> Iterator[TillitError]:
    for name, step in process.steps.items():
        if step.opens is None:
            continue
        opened = catalogue.processes.get(step.opens)
        if opened is None:
            told = f"there is no process '{step.opens}'"
            yield _fault(catalogue, process, told, "add its file, or open none", "steps", name, "opens")
            continue
        given = {*step.opens_with, *step.passes_on}
        if missing := sorted({*opened.opening.asks} - given):
            told = f"'{step.opens}' asks for {', '.join(missing)}"
            yield _fault(catalogue, process, told, "give it in 'opens_with' or 'passes_on'", "steps", name, "opens")
        if unknown := sorted(given - {*opened.opening.asks, *opened.opening.may_give}):
            told = f"'{step.opens}' is not given {', '.join(unknown)} when it is opened"
            yield _fault(catalogue, process, told, "see its 'opening'", "steps", name, "opens")
        if opened.zone != process.zone:
            for to, of in step.passes_on.items():
                if not _may_leave(process, of):
                    told = f"'{of}' is written in zone {process.zone} and passed on to zone {opened.zone}"
                    fix = "let people write it anew there, or give the field 'leaves_zone: true'"
                    yield _fault(catalogue, process, told, fix, "steps", name, "passes_on", to)


def _may_leave(process: Process, of: str) -> bool:
    """Whether a field may go to another zone: a chosen word may, a free text only past the personal-data guard."""
    field = process.fields.get(of)
    return field is None or field.leaves_zone or not field.is_free_text


def _documents(catalogue: Catalogue, process: Process) -> Iterator[TillitError]:
    # An installation without documents is a whole one: processes then name them for later.
    for name, step in process.steps.items():
        for one in step.documents if catalogue.documents else ():
            if one not in catalogue.documents:
                told = f"there is no document '{one}'"
                yield _fault(catalogue, process, told, "add its folder under documents/", "steps", name, "document")
        if step.document_by:
            by = process.fields.get(step.document_by.field)
            unknown = [code for code in step.document_by.gives if by is None or code not in by.one_of]
            if unknown:
                told = f"'{step.document_by.field}' is never '{unknown[0]}'"
                yield _fault(catalogue, process, told, "see its one_of", "steps", name, "document_by")


def _also_due(catalogue: Catalogue, process: Process) -> Iterator[TillitError]:
    for index, name in enumerate(process.also_due):
        if name not in process.fields or process.fields[name].type != "date":
            yield _fault(catalogue, process, f"'{name}' is no date field of it", "see 'fields'", "also_due", index)


def _checklists(catalogue: Catalogue, process: Process) -> Iterator[TillitError]:
    for index, id in enumerate(process.checklists):
        if id != ALL and id not in catalogue.checklists:
            told = f"there is no check list '{id}'"
            yield _fault(catalogue, process, told, "see checklists/", "checklists", index)
    for checklist in checklists_of(catalogue, process):
        for name, values in checklist.only_for.items():
            field = process.fields.get(name)
            unknown = [value for value in values if field and value not in field.one_of]
            if unknown:
                told = f"'{name}' of {process.process} is never '{unknown[0]}'"
                yield catalogue.files[checklist.id].error(told, "see its one_of", "only_for", name)


def _walkers(catalogue: Catalogue, process: Process) -> Iterator[TillitError]:
    for index, walk in enumerate(process.walks):
        people = {person for step in walk.steps for person in (step.by, step.second)}
        people |= {walk.start.by, walk.start.about, *walk.start.assigned}
        people.discard(SYSTEM)
        for person in sorted(person for person in people if person and person not in catalogue.cast):
            yield _fault(catalogue, process, f"there is no '{person}'", "see cast.yaml", "walks", index)
        unknown = sorted({*walk.start.fields} - {*process.fields})
        if unknown or (walk.start.state or process.start) not in process.states:
            told = f"the walk starts with what is not there: {', '.join(unknown) or walk.start.state}"
            yield _fault(catalogue, process, told, "see fields and states", "walks", index)
