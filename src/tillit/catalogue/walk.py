"""Walks: the stories that prove a process, each with where it begins, its steps, and its end or what is refused."""

from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from tillit.catalogue.yaml_file import Part


class WalkStep(Part):
    """One step of a walk: who takes it ('system' for what no person does), with what, and with whom."""

    do: str
    by: str
    answers: list[str] = Field(default=[], description="check lists that are answered with yes before the step")
    second: str | None = None
    with_: dict[str, Any] = Field(default={}, alias="with")


class Refuses(Part):
    """The step that is refused, and words that its reason holds."""

    step: str
    because: str


class Start(Part):
    """Where a walk begins: at the opening by someone, or further in, with some fields filled."""

    state: str | None = None
    by: str | None = None
    heard: bool = Field(False, description="the party has been heard before the walk begins")
    about: str | None = Field(None, description="whom the thing is about, where that is one of us (bias)")
    opened: dict[str, str] = Field(default={}, description="cases that were opened from it: process -> state")
    assigned: list[str] = Field(default=[], description="who already works on it, or on the matter it is about")
    fields: dict[str, Any] = {}
    claim: dict[str, Any] = Field(
        default={}, description="for a recovery: its ground, its total in öre, when it is due"
    )
    invoice: dict[str, str] = Field(
        default={}, description="for an invoice: confirmed_by, area, finding (its state), objection, file"
    )
    contract: str = Field("", description="the form of the board's contract with the provider; none where it is empty")
    marked: bool = Field(False, description="a signal about the provider stands")
    report: Literal["", "written", "overlapping", "signed", "signed_by_representative", "approved"] = Field(
        "", description="for a time report: how far its one assistant and the client have come"
    )
    reminded: int = Field(0, description="how many reminders have been sent")
    settled_by: str = Field("", description="who settled it")
    settled: int | None = Field(None, description="for a time report: what its settlement left to pay, in öre")
    examine: list[str] = Field(default=[], description="for a time report: what is open in its settlement")
    account: Literal["", "verified"] = Field("", description="for a payment file: how its payee's account is known now")
    fetched: bool = Field(False, description="for a payment file: it has left Tillit")
    verdict: str = Field("", description="for a payment file: what the bank has said of its payment")
    decided: bool = Field(True, description="for a time report: a decision is known, and the provider has a permit")


class Walk(Part):
    """A story: the steps that people of the cast take, and where it ends or what is refused."""

    name: str
    start: Start = Start()
    day: date = date(2026, 3, 2)
    steps: list[WalkStep]
    ends: str | None = None
    refuses: Refuses | None = None

    @model_validator(mode="after")
    def _ends_somehow(self) -> "Walk":
        if (self.ends is None) == (self.refuses is None):
            raise ValueError("a walk either 'ends' in a state or 'refuses' a step")
        return self
