"""How evidence comes to a matter, and what is struck out of a copy for a party: each with its law and its days."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from pydantic import Field, RootModel

from tillit.catalogue.law import Law
from tillit.catalogue.yaml_file import Part


class Dated(Part):
    """A choice that stands in law, and so has a first day and may have a last."""

    sv: str
    en: str
    law: list[Law] = Field(min_length=1)
    valid_from: date
    valid_to: date | None = None


class Way(Dated):
    """How evidence was obtained, and on what legal ground."""


class Ways(RootModel[dict[str, Way]]):
    """The file content/plans/exhibits.yaml: code -> way."""


class Ground(Dated):
    """Why something is struck out of a party's copy."""

    says: str = Field(description="what stands in the copy where something was struck out")
    fields: list[str] = Field(default=[], description="fields of processes that are struck out unless someone decides")
    steps: list[str] = Field(default=[], description="steps of processes that are not told of")
    ways: list[str] = Field(default=[], description="evidence that came in these ways is struck out the same")


class Masks(Part):
    """The file content/plans/masks.yaml: who makes a party's copy, who approves it, and the grounds."""

    made_by: list[str] = []
    approved_by: list[str] = []
    grounds: dict[str, Ground] = {}


D = TypeVar("D", bound=Dated)


def in_force(choices: Iterable[tuple[str, D]], day: date) -> dict[str, D]:
    """Those that hold on a day, by code."""
    return {code: one for code, one in choices if one.valid_from <= day <= (one.valid_to or date.max)}
