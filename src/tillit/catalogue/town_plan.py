"""The town that is drawn at random: its sizes, its months, and how often what is unusual happens there."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from tillit.catalogue.yaml_file import Part


class TownSize(Part):
    """How large a town is."""

    inhabitants: int = Field(gt=0)
    about: str


class TownNumber(Part):
    """A share, a mean or a spread that the town is drawn by, and where it comes from."""

    value: float = Field(ge=0)
    says: str = Field(description="what it is, in Swedish")
    source: str


class TownPlan(Part):
    """The file content/plans/town.yaml."""

    sizes: dict[str, TownSize] = {}
    district_inhabitants: int = Field(50_000, gt=0)
    months: list[date] = Field([], description="first days; the seed says which of them")
    numbers: dict[str, TownNumber] = {}

    @model_validator(mode="after")
    def _months_begin(self) -> Self:
        late = [day for day in self.months if day.day != 1]
        if late:
            raise ValueError(f"{late[0]} is not the first day of a month")
        return self

    def __getitem__(self, name: str) -> float:
        """The value of a number."""
        return self.numbers[name].value
