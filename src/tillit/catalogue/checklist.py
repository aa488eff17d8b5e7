"""A check list: questions that a person answers in a control, each with its source and what a 'no' means.

Every question is put so that 'yes' is as it should be: a 'no' is a deviation, and weighs as the question says.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, cast

from pydantic import BeforeValidator, Field, model_validator

from tillit.catalogue.law import Law
from tillit.catalogue.yaml_file import Part

Phase = Literal["investigation", "documentation", "execution", "payment", "follow_up"]
"""The five phases of support, as municipal guidelines divide it: a control point belongs to one or more."""


def _said(value: Any) -> Any:
    # YAML reads a bare yes as true: whoever writes an example need not know that.
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


Reply = Annotated[Literal["yes", "no", "not_applicable"], BeforeValidator(_said)]

Deviation = Literal["none", "minor", "serious"]
WEIGHT: Mapping[str, int] = {"none": 0, "minor": 1, "serious": 2}

Target = Literal[
    "provider", "time_report", "decision", "invoice", "placement", "individual", "procurement", "contract",
    "association", "permit_holder", "recruitment", "address",
]  # fmt: skip


class Question(Part):
    """A question, where its answer is found, and what is done where the answer is no."""

    sv: str
    en: str
    source: str = Field(description="where the answer is found")
    law: Law | None = None
    if_no: str = Field(description="what a 'no' means, and what is done then")
    weighs: Deviation = Field("minor", description="the deviation that a 'no' is; none: something to ask about")


class ChecklistExample(Part):
    """Some answers, and what they come to."""

    name: str
    answers: dict[str, Reply] = {}
    rest: Reply | None = Field(None, description="what every other question is answered; none: it is left")
    left: list[str] = Field(default=[], description="the questions that are still to be answered")
    deviation: Deviation


class Checklist(Part):
    """A check list as content. A run of it keeps the questions as they were asked."""

    id: str = Field(pattern="^CL[1-9][0-9]?$", description="CL1-CL17 of the process analysis, and our own after them")
    revision: int = Field(ge=1, description="+1 when a question is added, taken away or changed")
    title: str
    en: str
    about: str
    of: Target
    who: list[str] = Field(description="roles whose work it is")
    when: str = Field(description="the step at which it is filled in, in words")
    every: str = Field("", description="a parameter in days or months: how often it is done again")
    phases: list[Phase] = Field(min_length=1)
    only_for: dict[str, list[str]] = Field(
        default={}, description="field -> values: in a process that has the field, only where it has one of them"
    )
    for_marked: bool = Field(
        False, description="belongs to a matter only while its provider is under increased attention"
    )
    law: list[Law] = Field(min_length=1)
    questions: dict[str, Question] = Field(min_length=1)
    examples: list[ChecklistExample] = Field(min_length=1)

    def fits(self, fields: Mapping[str, Any], known: Iterable[str]) -> bool:
        """Whether it belongs to a matter with these fields, of a process that knows these."""
        return all(fields.get(name) in values for name, values in self.only_for.items() if name in set(known))

    @model_validator(mode="after")
    def _examples_hold(self) -> "Checklist":
        weighs = {name: question.weighs for name, question in self.questions.items()}
        for example in self.examples:
            unknown = sorted(example.answers.keys() - self.questions.keys())
            if unknown:
                raise ValueError(f"example '{example.name}': there is no question '{unknown[0]}'")
            replies = (dict.fromkeys(self.questions, example.rest) if example.rest else {}) | example.answers
            left = [name for name in self.questions if name not in replies]
            found = deviation(weighs, replies)
            if (left, found) != (example.left, example.deviation):
                told = ", ".join(left) or "nothing"
                raise ValueError(f"example '{example.name}': it comes to '{found}', and {told} is left")
        if not any(not example.left for example in self.examples):
            raise ValueError("no example answers every question: add one")
        return self


def deviation(weighs: Mapping[str, str], replies: Mapping[str, str]) -> Deviation:
    """What answers come to: as much as the heaviest 'no' weighs.

    >>> deviation({"permit": "serious", "copy": "minor"}, {"permit": "yes", "copy": "no"})
    'minor'
    """
    return heaviest(weighs[name] for name, reply in replies.items() if reply == "no" and name in weighs)


def heaviest(deviations: Iterable[str]) -> Deviation:
    """The heaviest of some deviations; none of none.

    >>> heaviest(["minor", "serious", "none"])
    'serious'
    """
    found: str = max(deviations, key=WEIGHT.__getitem__, default="none")
    return cast(Deviation, found)
