"""Loads the content once, checks it against itself, and lays a municipality's own over it."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tillit.catalogue.annual_wheel import AnnualWheel
from tillit.catalogue.beginning import Beginnings
from tillit.catalogue.catalogue import Catalogue, key_of
from tillit.catalogue.checklist import Checklist
from tillit.catalogue.claim_ground import ClaimGround
from tillit.catalogue.code_list import CodeList
from tillit.catalogue.control import Control
from tillit.catalogue.cooperation import EndReasons
from tillit.catalogue.disclosure import Disclosure, Recipients, laxer
from tillit.catalogue.document import Document
from tillit.catalogue.document_load import TEXTS, add_text
from tillit.catalogue.duty import Duty
from tillit.catalogue.exhibit import Masks, Ways
from tillit.catalogue.follow_up import FollowUps
from tillit.catalogue.law import Acts
from tillit.catalogue.measure import Measures
from tillit.catalogue.message import Message
from tillit.catalogue.parameter import Parameter
from tillit.catalogue.prepared import Prepared
from tillit.catalogue.process import Cast, Process, Roles
from tillit.catalogue.references import broken_references
from tillit.catalogue.responsibility import Chains
from tillit.catalogue.routine import Routines
from tillit.catalogue.sample_frame import SampleFrame
from tillit.catalogue.sharing import Sharing
from tillit.catalogue.source import Source, template_source
from tillit.catalogue.statistic import Statistic, WaitingList
from tillit.catalogue.table import Table
from tillit.catalogue.town_plan import TownPlan
from tillit.catalogue.waiting_control import WaitingControls
from tillit.catalogue.yaml_file import ContentError, ContentErrors, YamlFile
from tillit.errors import TillitError

SORTS: Final[dict[str, tuple[type[Any], str]]] = {
    "checklists": (Checklist, "id"),
    "codes": (CodeList, "id"),
    "controls": (Control, "id"),
    "disclosures": (Disclosure, "disclosure"),
    "documents": (Document, "document"),
    "duties": (Duty, "duty"),
    "frames": (SampleFrame, "frame"),
    "grounds": (ClaimGround, "ground"),
    "messages": (Message, "id"),
    "parameters": (Parameter, "id"),
    "prepared": (Prepared, "prepared"),
    "processes": (Process, "process"),
    "sources": (Source, "id"),
    "statistics": (Statistic, "statistic"),
    "tables": (Table, "table"),
}
"""A folder, which the catalogue has by the same name -> what each of its files holds, and the key that says its id."""

LISTS: Final[dict[str, tuple[type[Any], str]]] = {
    "acts.yaml": (Acts, "acts"),
    "cast.yaml": (Cast, "cast"),
    "recipients.yaml": (Recipients, "recipients"),
    "roles.yaml": (Roles, "roles"),
    "plans/beginnings.yaml": (Beginnings, "beginnings"),
    "plans/cooperation.yaml": (EndReasons, "end_reasons"),
    "plans/exhibits.yaml": (Ways, "ways"),
    "plans/follow_up.yaml": (FollowUps, "follow_up"),
    "plans/responsibilities.yaml": (Chains, "chains"),
}
"""One file of many: an overlay adds to them, or puts its own in the place of ours."""

WHOLE: Final[dict[str, tuple[type[Any], str]]] = {
    "plans/annual_wheel.yaml": (AnnualWheel, "annual_wheel"),
    "plans/masks.yaml": (Masks, "masks"),
    "plans/measures.yaml": (Measures, "measures"),
    "plans/routines.yaml": (Routines, "routines"),
    "plans/sharing.yaml": (Sharing, "sharing"),
    "plans/town.yaml": (TownPlan, "town_plan"),
    "plans/waiting_controls.yaml": (WaitingControls, "waiting_controls"),
    "statistics/waiting.yaml": (WaitingList, "waiting_statistics"),
}
"""One file that is one thing."""


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
    ours = base or content_folder()
    for folder in (ours, *overlays):
        if not folder.is_dir():
            raise ContentError("there is no such folder", where=str(folder), fix="give a folder of content")
        for path in _files(folder):
            shown = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            digest.update(shown.encode() + b"\0" + path.read_bytes() + b"\0")
            parts = path.relative_to(folder).parts
            if path.suffix != ".yaml" and parts[0] != "documents":
                continue
            try:
                if path.suffix == ".yaml":
                    _add(catalogue, YamlFile(path, shown), parts, folder, ours)
                else:
                    add_text(catalogue, path, shown)
            except ContentErrors as fault:
                errors += fault.errors
            except TillitError as fault:
                errors.append(fault)
    for table in catalogue.tables.values():
        source = template_source(table)
        catalogue.sources.setdefault(source.id, source)
    for process in catalogue.processes.values():
        for known in process.fields.values():
            if known.codes in catalogue.codes:  # which list there is not is told in process_check.py
                codes = catalogue.codes[known.codes].codes
                known.one_of.update({code: one.sv for code, one in codes.items()})
                known.one_of_en.update({code: one.en for code, one in codes.items()})
    catalogue.digest = digest.hexdigest()
    if not errors:  # what a broken file would have brought is not told as missing too
        errors += broken_references(catalogue)
    if errors:
        raise ContentErrors(errors)
    return catalogue


def _files(folder: Path) -> Iterator[Path]:
    texts = [path for path in (folder / "documents").rglob("*") if path.suffix in {".yaml", *TEXTS}]
    yield from sorted(folder.glob("*.yaml"))
    for name in sorted({"plans", *SORTS} - {"documents"}):
        yield from sorted(
            path for path in (folder / name).rglob("*") if path.suffix in {".yaml", ".py"} and path.is_file()
            and not path.name.startswith("expected") and "__pycache__" not in path.parts
        )  # fmt: skip
    yield from sorted(texts)  # in each folder document.yaml comes before its text


def _add(catalogue: Catalogue, file: YamlFile, parts: tuple[str, ...], folder: Path, ours: Path) -> None:
    place = "/".join(parts)
    if place in LISTS:
        model, name = LISTS[place]
        getattr(catalogue, name).update(file.read(model).root)
    elif place in WHOLE:
        model, name = WHOLE[place]
        new = file.read(model)
        setattr(catalogue, name, _masks(catalogue, new) if isinstance(new, Masks) else new)
    elif parts[0] in SORTS:
        _add_one(catalogue, file, parts, folder, ours)
        return
    catalogue.files[place.removesuffix(".yaml")] = file


def _add_one(catalogue: Catalogue, file: YamlFile, parts: tuple[str, ...], folder: Path, ours: Path) -> None:
    kind = parts[0]
    model, name = SORTS[kind]
    one: Any = file.read(model)
    id = getattr(one, name)
    if kind in {"controls", "checklists"}:
        _coded(file, id)
    else:
        stem = {"parameters": ".".join((*parts[1:-1], file.path.stem)), "sources": parts[-2], "documents": parts[-2]}
        _named(file, name, id, stem.get(kind, file.path.stem))
    known = getattr(catalogue, kind)
    key = key_of(kind, id)
    other = catalogue.files.get(key)
    if other and (id not in known or other.path.is_relative_to(folder)):
        raise file.error(f"'{id}' is also the id of {other.shown_as}", "give it another id", name)
    if isinstance(one, Parameter):
        _law_stands(catalogue, file, one)
    elif isinstance(one, Disclosure) and folder != ours:
        _never_laxer(catalogue, file, one)
    elif isinstance(one, Document) and id in known:
        # An overlay that has other fields, and no text of its own, keeps ours.
        one = one.model_copy(update={"text": known[id].text, "word": known[id].word})
    known[id] = one
    catalogue.files[key] = file


def _masks(catalogue: Catalogue, new: Masks) -> Masks:
    """An overlay says who, and adds grounds: what law strikes out stays."""
    old = catalogue.masks
    return Masks(
        made_by=new.made_by or old.made_by,
        approved_by=new.approved_by or old.approved_by,
        grounds=new.grounds | old.grounds,
    )


def _coded(file: YamlFile, id: str) -> None:
    """A file whose name begins with its code."""
    if not re.match(rf"{id.lower()}(-|$)", file.path.stem):
        raise file.error(f"the file does not begin with '{id.lower()}-'", "name it after its id", "id")


def _named(file: YamlFile, key: str, id: str, expected: str) -> None:
    if id != expected:
        raise file.error(f"'{key}' is '{id}', and the file says '{expected}'", "give both the same name", key)


def _law_stands(catalogue: Catalogue, file: YamlFile, new: Parameter) -> None:
    """Refuses an overlay that changes what law has set, or puts a value into the time that ours covers."""
    old = catalogue.parameters.get(new.id)
    if old is None or old.set_by != "law":
        return
    fix = "an overlay may add later values, not change those that law has set"
    if (new.set_by, new.unit) != (old.set_by, old.unit):
        raise file.error(f"'{new.id}' is set by law in {old.unit}, and this says otherwise", fix, "set_by")
    for day, value in old.values.items():
        if day not in new.values or new.values[day].value != value.value:
            raise file.error(f"'{new.id}' is set by law, and the value from {day} differs from ours", fix, "values")
    covered = old.known_until or max(old.values)
    for day in new.values.keys() - old.values.keys():
        if day <= covered:
            raise file.error(f"'{new.id}' is set by law, and ours holds on {day} already", fix, "values")


def _never_laxer(catalogue: Catalogue, file: YamlFile, new: Disclosure) -> None:
    """Refuses an overlay that tells more, or to more, than the provisions that come with Tillit allow."""
    fix = "a municipality may be stricter than the table, never laxer"
    old = catalogue.disclosures.get(new.disclosure)
    if old is None and new.mode != "never":
        raise file.error(f"'{new.disclosure}' opens what no provision of ours opens", fix, "mode")
    why = laxer(old, new) if old else None
    if why:
        raise file.error(f"'{new.disclosure}' is laxer than ours: {why}", fix, "disclosure")
