"""A ground for claiming money back: under which act, from whom, how it is claimed, and until when."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from tillit.catalogue.law import Law
from tillit.catalogue.yaml_file import Part

Way = Literal["decision", "court", "civil"]
"""How it is claimed: by a decision that is appealed, by an action in court if it is not paid, as a civil claim."""

Debtor = Literal["client", "receiver", "provider", "association", "other"]


class GroundExample(Part):
    """A claim that the ground fits, or does not."""

    name: str
    debtor: Debtor
    granted_on: date
    fits: bool


class ClaimGround(Part):
    """One ground in law or contract, with the days of grant that it holds for: which act governs follows from them."""

    ground: str
    revision: int = Field(ge=1)
    title: str
    en: str
    about: str
    way: Way
    debtors: list[Debtor] = Field(min_length=1)
    granted_from: date | None = None
    granted_until: date | None = None
    law: list[Law] = Field(min_length=1)
    limitation: str = Field(description="the parameter, in years from each payment")
    court_by: list[str] = Field(min_length=1, description="the roles that may decide to go to court")
    interest: bool = Field(description="whether an act gives interest when it is not paid in time")
    examples: list[GroundExample]

    @model_validator(mode="after")
    def _examples_hold(self) -> "ClaimGround":
        if not any(example.fits for example in self.examples):
            raise ValueError("no example fits: add one")
        for example in self.examples:
            if self.fits(example.debtor, example.granted_on) != example.fits:
                raise ValueError(f"example '{example.name}' is answered otherwise")
        if self.way == "court" and self.court_by != ["R15"]:
            # 2025:400 30 kap. 6 §: the decision to sue is delegated to a committee alone, never to an official.
            raise ValueError("an action in court for support is decided by the board or its committee alone (R15)")
        return self

    def fits(self, debtor: str, granted_on: date) -> bool:
        """Whether it holds against a debtor for what was granted on a day."""
        begun = self.granted_from is None or granted_on >= self.granted_from
        return debtor in self.debtors and begun and (self.granted_until is None or granted_on <= self.granted_until)
