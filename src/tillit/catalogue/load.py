"""The catalogue: all content, loaded once and checked against itself, with a municipality's own laid over it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tillit.catalogue.control import Control
from tillit.catalogue.law import Act
from tillit.catalogue.parameter import Parameter
from tillit.catalogue.prepared import Prepared
from tillit.catalogue.process import Member, Process, Role
from tillit.catalogue.source import Source, template_source
from tillit.catalogue.table import Table
from tillit.catalogue.yaml_file import ContentError, ContentErrors, YamlFile
from tillit.errors import TillitError


@dataclass
class Catalogue:
    """Everything under content/, by id. `files` leads from an id back to its file; `digest` names this very content."""

    acts: dict[str, Act] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    prepared: dict[str, Prepared] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    controls: dict[str, Control] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    cast: dict[str, Member] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    files: dict[str, YamlFile] = field(default_factory=dict)
    digest: str = ""

    def control(self, id: str) -> Control:
        """A control by its id, in any case. Raises ContentError that names those there are."""
        found = self.controls.get(id.upper())
        if found is None:
            known = ", ".join(sorted(self.controls))
            raise ContentError(f"there is no control '{id}'", fix=f"known: {known}")
        return found

    def where(self, id: str, *place: str | int) -> str:
        """`file:line` of a part of what has this id."""
        file = self.files.get(id)
        return file.where(*place) if file else id


def content_folder() -> Path:
    """Where the content that comes with Tillit lies: in the installed package, else in the checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "content"
    return inside if inside.is_dir() else package.parents[1] / "content"


def load(*overlays: Path, base: Path | None = None) -> Catalogue:
    """The content with overlays laid over it, the last one winning.

    An overlay has the same folders. A file of the same id takes the place of ours, except that
    what is `set_by: law` can only be added to, and reader.py is never taken from an overlay.
    Raises: ContentErrors with every fault, each with its file and line.
    """
    catalogue = Catalogue()
    errors: list[TillitError] = []
    digest = hashlib.sha256()
    for folder in (base or content_folder(), *overlays):
        if not folder.is_dir():
            raise ContentError("there is no such folder", where=str(folder), fix="give a folder of content")
        for path in _files(folder):
            shown = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            digest.update(shown.encode() + b"\0" + path.read_bytes() + b"\0")
            if path.suffix != ".yaml":
                continue
            try:
                _add(catalogue, YamlFile(path, shown), path.relative_to(folder).parts, first=folder)
            except ContentErrors as fault:
                errors += fault.errors
            except TillitError as fault:
                errors.append(fault)
    for table in catalogue.tables.values():
        source = template_source(table)
        catalogue.sources.setdefault(source.id, source)
    catalogue.digest = digest.hexdigest()
    if errors:
        raise ContentErrors(errors)
    return catalogue


def _files(folder: Path) -> Iterator[Path]:
    kept = {"tables", "parameters", "prepared", "sources", "controls", "processes"}
    yield from sorted(folder.glob("*.yaml"))
    for name in sorted(kept):
        yield from sorted(
            path for path in (folder / name).rglob("*") if path.suffix in {".yaml", ".py"} and path.is_file()
            and not path.name.startswith("expected") and "__pycache__" not in path.parts
        )  # fmt: skip


def _add(catalogue: Catalogue, file: YamlFile, parts: tuple[str, ...], first: Path) -> None:
    kind = parts[0]
    if kind == "acts.yaml":
        acts = file.data if isinstance(file.data, dict) else {}
        catalogue.acts.update({str(sfs): Act.model_validate(act) for sfs, act in acts.items()})
    elif kind == "roles.yaml":
        roles = file.data if isinstance(file.data, dict) else {}
        catalogue.roles.update({str(code): Role.model_validate(role) for code, role in roles.items()})
    elif kind == "cast.yaml":
        cast = file.data if isinstance(file.data, dict) else {}
        catalogue.cast.update({str(name): Member.model_validate(member) for name, member in cast.items()})
    elif kind == "tables":
        table = file.read(Table)
        _named(file, "table", table.table, file.path.stem)
        catalogue.tables[table.table] = table
        catalogue.files[table.table] = file
    elif kind == "prepared":
        prepared = file.read(Prepared)
        _named(file, "prepared", prepared.prepared, file.path.stem)
        catalogue.prepared[prepared.prepared] = prepared
        catalogue.files[prepared.prepared] = file
    elif kind == "parameters":
        parameter = file.read(Parameter)
        _named(file, "id", parameter.id, ".".join((*parts[1:-1], file.path.stem)))
        _law_stands(catalogue, file, parameter)
        catalogue.parameters[parameter.id] = parameter
        catalogue.files[parameter.id] = file
    elif kind == "sources":
        source = file.read(Source)
        _named(file, "id", source.id, parts[-2])
        catalogue.sources[source.id] = source
        catalogue.files[source.id] = file
    elif kind == "processes":
        process = file.read(Process)
        _named(file, "process", process.process, file.path.stem)
        catalogue.processes[process.process] = process
        catalogue.files[process.process] = file
    elif kind == "controls":
        control = file.read(Control)
        if not re.match(rf"{control.id.lower()}(-|$)", file.path.stem):
            raise file.error(f"the file does not begin with '{control.id.lower()}-'", "name it after its id", "id")
        other = catalogue.files.get(control.id)
        if other and other.path.is_relative_to(first):
            raise file.error(f"'{control.id}' is also the id of {other.shown_as}", "give it another id", "id")
        catalogue.controls[control.id] = control
        catalogue.files[control.id] = file


def _named(file: YamlFile, key: str, id: str, expected: str) -> None:
    if id != expected:
        raise file.error(f"'{key}' is '{id}', and the file says '{expected}'", "give both the same name", key)


def _law_stands(catalogue: Catalogue, file: YamlFile, new: Parameter) -> None:
    old = catalogue.parameters.get(new.id)
    if old is None or old.set_by != "law":
        return
    for day, value in old.values.items():
        if day not in new.values or new.values[day].value != value.value:
            raise file.error(
                f"'{new.id}' is set by law, and the value from {day} differs from ours",
                "an overlay may add later values, not change those that law has set",
                "values",
            )
