"""The town that is drawn at random: its sizes, its months, and how often what is unusual happens there."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from tillit.catalogue.yaml_file import Part


class TownSize(Part):
    """How large a town is."""

    inhabitants: int = Field(gt=0)
    about: str
    numbers: dict[str, float] = Field(default={}, description="numbers that are others in a town of this size")


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
        unknown = sorted({name for size in self.sizes.values() for name in size.numbers} - self.numbers.keys())
        if unknown:
            raise ValueError(f"there is no number '{unknown[0]}' to be another in a size")
        return self

    def number(self, name: str, *, size: str) -> float:
        """The value of a number in a town of the size."""
        return self.sizes[size].numbers.get(name, self.numbers[name].value)
