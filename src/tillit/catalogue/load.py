"""Loads the content once, checks it against itself, and lays a municipality's own over it."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from tillit.catalogue.annual_wheel import AnnualWheel
from tillit.catalogue.catalogue import Catalogue, document_key, statistic_key
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
from tillit.catalogue.source import Source, template_source
from tillit.catalogue.statistic import Statistic, WaitingList
from tillit.catalogue.table import Table
from tillit.catalogue.yaml_file import ContentError, ContentErrors, YamlFile
from tillit.errors import TillitError


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
    kept = {"tables", "parameters", "plans", "prepared", "sources", "controls"}
    kept |= {"processes", "disclosures", "checklists", "duties", "grounds", "codes", "messages", "statistics"}
    texts = [path for path in (folder / "documents").rglob("*") if path.suffix in {".yaml", *TEXTS}]
    yield from sorted(folder.glob("*.yaml"))
    for name in sorted(kept):
        yield from sorted(
            path for path in (folder / name).rglob("*") if path.suffix in {".yaml", ".py"} and path.is_file()
            and not path.name.startswith("expected") and "__pycache__" not in path.parts
        )  # fmt: skip
    yield from sorted(texts)  # in each folder document.yaml comes before its text


def _add(catalogue: Catalogue, file: YamlFile, parts: tuple[str, ...], folder: Path, ours: Path) -> None:
    kind = parts[0]
    if kind == "acts.yaml":
        catalogue.acts.update(file.read(Acts).root)
    elif kind == "roles.yaml":
        catalogue.roles.update(file.read(Roles).root)
    elif kind == "cast.yaml":
        catalogue.cast.update(file.read(Cast).root)
    elif kind == "recipients.yaml":
        catalogue.recipients.update(file.read(Recipients).root)
    elif parts == ("plans", "follow_up.yaml"):
        catalogue.follow_up.update(file.read(FollowUps).root)
    elif parts == ("plans", "cooperation.yaml"):
        catalogue.end_reasons.update(file.read(EndReasons).root)
    elif parts == ("plans", "exhibits.yaml"):
        catalogue.ways.update(file.read(Ways).root)
        catalogue.files["plans/exhibits"] = file
    elif parts == ("plans", "masks.yaml"):
        new = file.read(Masks)
        # An overlay says who, and adds grounds: what law strikes out stays.
        grounds = new.grounds | catalogue.masks.grounds
        catalogue.masks = Masks(
            made_by=new.made_by or catalogue.masks.made_by,
            approved_by=new.approved_by or catalogue.masks.approved_by,
            grounds=grounds,
        )
        catalogue.files["plans/masks"] = file
    elif parts == ("plans", "measures.yaml"):
        catalogue.measures = file.read(Measures)
        catalogue.files["measures"] = file
    elif parts == ("plans", "annual_wheel.yaml"):
        catalogue.annual_wheel = file.read(AnnualWheel)
        catalogue.files["annual_wheel"] = file
    elif parts == ("plans", "responsibilities.yaml"):
        catalogue.chains.update(file.read(Chains).root)
    elif parts == ("plans", "routines.yaml"):
        catalogue.routines = file.read(Routines)
        catalogue.files["routines"] = file
    elif parts == ("statistics", "waiting.yaml"):
        catalogue.waiting_statistics = file.read(WaitingList).waiting
    elif kind == "statistics":
        statistic = file.read(Statistic)
        _named(file, "statistic", statistic.statistic, file.path.stem)
        catalogue.statistics[statistic.statistic] = statistic
        catalogue.files[statistic_key(statistic.statistic)] = file
    elif kind == "codes":
        codes = file.read(CodeList)
        _named(file, "id", codes.id, file.path.stem)
        catalogue.codes[codes.id] = codes
        catalogue.files[codes.id] = file
    elif kind == "messages":
        message = file.read(Message)
        _named(file, "id", message.id, file.path.stem)
        catalogue.messages[message.id] = message
        catalogue.files[message.id] = file
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
    elif kind == "disclosures":
        row = file.read(Disclosure)
        _named(file, "disclosure", row.disclosure, file.path.stem)
        if folder != ours:
            _never_laxer(catalogue, file, row)
        catalogue.disclosures[row.disclosure] = row
        catalogue.files[row.disclosure] = file
    elif kind == "grounds":
        ground = file.read(ClaimGround)
        _named(file, "ground", ground.ground, file.path.stem)
        catalogue.grounds[ground.ground] = ground
        catalogue.files[ground.ground] = file
    elif kind == "duties":
        duty = file.read(Duty)
        _named(file, "duty", duty.duty, file.path.stem)
        catalogue.duties[duty.duty] = duty
        catalogue.files[duty.duty] = file
    elif kind == "documents":
        document = file.read(Document)
        _named(file, "document", document.document, parts[-2])
        before = catalogue.documents.get(document.document)
        if before:  # an overlay that has other fields, and no text of its own, keeps ours
            document = document.model_copy(update={"text": before.text, "word": before.word})
        catalogue.documents[document.document] = document
        catalogue.files[document_key(document.document)] = file
    elif kind == "checklists":
        checklist = file.read(Checklist)
        _coded(catalogue, file, checklist.id, folder)
        catalogue.checklists[checklist.id] = checklist
        catalogue.files[checklist.id] = file
    elif kind == "controls":
        control = file.read(Control)
        _coded(catalogue, file, control.id, folder)
        catalogue.controls[control.id] = control
        catalogue.files[control.id] = file


def _coded(catalogue: Catalogue, file: YamlFile, id: str, folder: Path) -> None:
    """A file whose name begins with its code, which no other file of the same folder has."""
    if not re.match(rf"{id.lower()}(-|$)", file.path.stem):
        raise file.error(f"the file does not begin with '{id.lower()}-'", "name it after its id", "id")
    other = catalogue.files.get(id)
    if other and other.path.is_relative_to(folder):
        raise file.error(f"'{id}' is also the id of {other.shown_as}", "give it another id", "id")


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
