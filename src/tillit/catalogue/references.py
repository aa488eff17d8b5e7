"""Whether what content names is there: acts, parameters, tables, columns and codes."""

import difflib
from collections.abc import Iterable, Iterator, Mapping

from tillit.catalogue.catalogue import Catalogue
from tillit.catalogue.checklist import Checklist
from tillit.catalogue.control import Control, DatedUse
from tillit.catalogue.law import Law
from tillit.catalogue.table import PROVENANCE, Column
from tillit.catalogue.yaml_file import ContentError, Place


def broken_references(catalogue: Catalogue) -> Iterator[ContentError]:
    """Every name in the content that leads nowhere, with its file and line."""
    for parameter in catalogue.parameters.values():
        yield from _unknown_acts(catalogue, parameter.id, parameter.law)
    for source in catalogue.sources.values():
        yield from _unknown_acts(catalogue, source.id, source.law)
        yield from _unknown_names(catalogue, source.id, "writes", source.writes, catalogue.tables, "table")
    for prepared in catalogue.prepared.values():
        yield from _unknown_inputs(catalogue, prepared.prepared, prepared.reads, prepared.helped_by)
        yield from _unknown_names(catalogue, prepared.prepared, "either", prepared.either, catalogue.tables, "table")
        yield from _unknown_quantities(catalogue, prepared.prepared, prepared.parameters, prepared.dated)
    for id, chosen in (("plans/exhibits", catalogue.ways), ("plans/masks", catalogue.masks.grounds)):
        for one in chosen.values():
            yield from _unknown_acts(catalogue, id, one.law)
    for way in catalogue.beginnings.values():
        for person in way.people.values():
            yield from _unknown_names(catalogue, "plans/beginnings", "people", person.roles, catalogue.roles, "role")
    for routine in catalogue.routines.routines:
        yield from _unknown_names(
            catalogue, "plans/routines", "routines", routine.governs, catalogue.processes, "process"
        )
    fields = {name for process in catalogue.processes.values() for name in process.fields}
    steps = {name for process in catalogue.processes.values() for name in process.steps}
    for ground in catalogue.masks.grounds.values():
        yield from _unknown_names(catalogue, "plans/masks", "grounds", ground.steps, steps, "step of a process")
        yield from _unknown_names(catalogue, "plans/masks", "grounds", ground.fields, fields, "field of a process")
        yield from _unknown_names(catalogue, "plans/masks", "grounds", ground.ways, catalogue.ways, "way")
    for code, measure in catalogue.measures.measures.items():
        for index, law in enumerate(measure.law):
            if law.sfs not in catalogue.acts:
                where = catalogue.where("plans/measures", "measures", code, "law", index)
                yield ContentError(f"act '{law.sfs}' is not known", where=where, fix="add it to content/acts.yaml")
    for control in catalogue.controls.values():
        yield from _of_control(catalogue, control)
    for checklist in catalogue.checklists.values():
        yield from _of_checklist(catalogue, checklist)


def _of_checklist(catalogue: Catalogue, checklist: Checklist) -> Iterator[ContentError]:
    yield from _unknown_acts(catalogue, checklist.id, checklist.law)
    yield from _unknown_names(catalogue, checklist.id, "who", checklist.who, catalogue.roles, "role")
    if checklist.every and checklist.every not in catalogue.parameters:
        yield _unknown(catalogue, checklist.id, ("every",), "parameter", checklist.every, catalogue.parameters)
    for name, question in checklist.questions.items():
        if question.law and question.law.sfs not in catalogue.acts:
            place = ("questions", name, "law")
            yield _unknown(catalogue, checklist.id, place, "act", question.law.sfs, catalogue.acts)


def _of_control(catalogue: Catalogue, control: Control) -> Iterator[ContentError]:
    yield from _unknown_acts(catalogue, control.id, control.law)
    yield from _unknown_names(catalogue, control.id, "follow_up", control.follow_up, catalogue.follow_up, "code")
    yield from _unknown_inputs(catalogue, control.id, control.reads, control.helped_by)
    yield from _unknown_quantities(catalogue, control.id, control.parameters, control.dated)
    known = {*control.parameters, *control.dated}
    for number, example in enumerate(control.examples):
        place: Place = ("examples", number)
        for name in example.edge_of:
            if name not in known:
                yield _unknown(catalogue, control.id, (*place, "edge_of"), "parameter of the control", name, known)
        for table, rows in example.given.items():
            if table not in catalogue.tables:
                yield _unknown(catalogue, control.id, (*place, "given", table), "table", table, catalogue.tables)
                continue
            columns = {*catalogue.tables[table].columns, "row", "local", "times"}
            for index, row in enumerate(rows):
                for column in sorted(row.keys() - columns):
                    spot = (*place, "given", table, index, column)
                    yield _unknown(catalogue, control.id, spot, f"column of table {table}", column, columns)


def _unknown_acts(catalogue: Catalogue, id: str, law: list[Law]) -> Iterator[ContentError]:
    for index, one in enumerate(law):
        if one.sfs not in catalogue.acts:
            fix = "add it to content/acts.yaml, with its title and short name"
            yield ContentError(f"act '{one.sfs}' is not known", where=catalogue.where(id, "law", index), fix=fix)


def _unknown_names(
    catalogue: Catalogue, id: str, part: str, names: list[str], known: Iterable[str], what: str
) -> Iterator[ContentError]:
    for index, name in enumerate(names):
        if name not in known:
            yield _unknown(catalogue, id, (part, index), what, name, known)


def _unknown_inputs(
    catalogue: Catalogue, id: str, reads: list[str], helped_by: dict[str, str]
) -> Iterator[ContentError]:
    known = {*catalogue.tables, *catalogue.prepared}
    yield from _unknown_names(catalogue, id, "reads", reads, known, "table")
    for name in helped_by:
        if name not in known:
            yield _unknown(catalogue, id, ("helped_by", name), "table", name, known)


def _unknown_quantities(
    catalogue: Catalogue, id: str, parameters: dict[str, str], dated: dict[str, DatedUse]
) -> Iterator[ContentError]:
    for name, parameter in parameters.items():
        if not _is_quantity(catalogue, parameter):
            yield _unknown(catalogue, id, ("parameters", name), "parameter", parameter, catalogue.parameters)
    for name, use in dated.items():
        if use.parameter not in catalogue.parameters:
            yield _unknown(catalogue, id, ("dated", name), "parameter", use.parameter, catalogue.parameters)
        table, _, column = use.by.partition(".")
        columns = _columns(catalogue, table)
        if column not in columns:
            yield _unknown(
                catalogue, id, ("dated", name, "by"), "column", use.by, [f"{table}.{each}" for each in columns]
            )


def _is_quantity(catalogue: Catalogue, id: str) -> bool:
    """Whether it is a parameter, or one key of a parameter that has a number for each key."""
    start, _, key = id.rpartition(".")
    if id in catalogue.parameters or start not in catalogue.parameters:
        return id in catalogue.parameters
    values = catalogue.parameters[start].values.values()
    return any(isinstance(value.value, dict) and key in value.value for value in values)


def _columns(catalogue: Catalogue, table: str) -> set[str]:
    columns: Mapping[str, Column] = {}
    if table in catalogue.tables:
        columns = catalogue.tables[table].columns
    elif table in catalogue.prepared:
        columns = catalogue.prepared[table].columns
    return {*columns, *PROVENANCE}


def _unknown(catalogue: Catalogue, id: str, place: Place, what: str, name: str, known: Iterable[str]) -> ContentError:
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        fix = f"did you mean '{near[0]}'?"
    else:
        fix = f"known: {', '.join(names)}" if len(names) <= 12 else f"add it, or see the {len(names)} that are known"
    return ContentError(f"there is no {what} '{name}'", where=catalogue.where(id, *place), fix=fix)
