"""A YAML file of content, read so that every fault can be told with its file and line."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from tillit.errors import TillitError

Place = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


class ContentError(TillitError):
    """A content file says something that Tillit cannot work with."""


class ContentErrors(TillitError):
    """All faults of the content at once, so that they can be mended at once."""

    def __init__(self, errors: Iterable[TillitError]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


class Part(BaseModel):
    """A part of a content file: every field known, nothing extra, nothing changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


# The same loader written in C reads all content in a fifth of the time; it is in the wheel, not in every build.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc]  # which of the two is known only when it runs
    """The safe loader, which also refuses a key that is given twice."""


def _no_double_keys(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"'{key}' is given twice", key_node.start_mark)
        seen.add(key)
    return dict(loader.construct_mapping(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _no_double_keys)


class YamlFile:
    """The data of one YAML file, and the line on which each part of it stands."""

    def __init__(self, path: Path, shown_as: str | None = None) -> None:
        self.path = path
        self.shown_as = shown_as or path.name
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as fault:
            raise ContentError("this is not UTF-8", where=self.shown_as, fix="save the file as UTF-8") from fault
        try:
            loader = _Loader(text)
            node = loader.get_single_node()
            self.data: Any = loader.construct_document(node) if node is not None else {}
        except yaml.MarkedYAMLError as fault:
            line = fault.problem_mark.line + 1 if fault.problem_mark else 1
            what = fault.problem or "this is not YAML"
            raise ContentError(what, where=f"{self.shown_as}:{line}", fix="mend the line") from fault
        self._lines: dict[Place, int] = {}
        if node is not None:
            self._note(node, ())

    def _note(self, node: yaml.Node, place: Place) -> None:
        self._lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._note(value, (*place, str(key.value)))
                self._lines[(*place, str(key.value))] = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self._note(value, (*place, index))

    def where(self, *place: str | int) -> str:
        """`file:line` of a part, or of the nearest part around it."""
        parts = tuple(str(part) if not isinstance(part, int) else part for part in place)
        while parts and parts not in self._lines:
            parts = parts[:-1]
        return f"{self.shown_as}:{self._lines.get(parts, 1)}"

    def error(self, what: str, fix: str, *place: str | int) -> ContentError:
        """An error about a part of this file."""
        return ContentError(what, where=self.where(*place), fix=fix)

    def read(self, model: type[M]) -> M:
        """The file as a model; every fault of it in one ContentErrors."""
        if not isinstance(self.data, dict):
            raise ContentErrors([self.error("the file is not a set of named parts", "see a neighbour")])
        try:
            return model.model_validate(self.data)
        except ValidationError as fault:
            raise ContentErrors(self._told(fault)) from fault

    def _told(self, fault: ValidationError) -> list[ContentError]:
        errors = []
        for one in fault.errors():
            place = tuple(part for part in one["loc"] if (str(part) if not isinstance(part, int) else part))
            name = ".".join(str(part) for part in place) or "the file"
            if one["type"] == "missing":
                what, fix = f"'{name}' is missing", "add it"
            elif one["type"] == "extra_forbidden":
                what, fix = f"'{name}' is not known here", "take it away, or see the spelling in a neighbour"
            else:
                what = f"'{name}': {one['msg'].removeprefix('Value error, ')}"
                fix = "mend the value" if one["type"] != "value_error" else ""
            errors.append(self.error(what, fix, *place))
        return errors
