"""A duty to tell another authority, and the few questions that lead to whether it holds."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from tillit.catalogue.law import Law
from tillit.catalogue.yaml_file import Part

End = Literal["send", "do_not_send", "omit", "ask_counsel"]
"""Where the questions lead: it is to be sent; there is no duty; special reasons against it; a lawyer is asked."""

Reply = Literal["yes", "no", "unsure"]


class Leads(Part):
    """What an answer leads to: the next question, or an end with its reason."""

    to: str = Field("", description="the next question")
    ends: End | None = None
    because: str = ""

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "Leads":
        if bool(self.to) == bool(self.ends):
            raise ValueError("an answer leads 'to' a question, or 'ends'")
        if self.ends and not self.because:
            raise ValueError("an end says 'because'")
        return self


class Question(Part):
    """One question that is answered with yes, no or unsure."""

    sv: str
    en: str
    about: str = ""
    if_yes: Leads
    if_no: Leads
    if_unsure: Leads

    def leads(self, reply: str) -> Leads:
        """What a reply leads to."""
        return {"yes": self.if_yes, "no": self.if_no, "unsure": self.if_unsure}[reply]


class Threshold(Part):
    """The word of the act, which is a value in law and no synonym, and what it means in work."""

    word: str
    means: str


class DutyExample(Part):
    """Answers, and where they lead."""

    name: str
    replies: dict[str, Reply]
    ends: End


class Outcome(NamedTuple):
    """Where some answers lead: an end with its reason, or the question that is not answered yet."""

    ends: End | None
    because: str
    asked: tuple[str, ...]
    unanswered: str = ""


class Duty(Part):
    """A duty in law to tell, as content: to whom, from which threshold, and the questions that try it."""

    duty: str
    revision: int = Field(ge=1)
    title: str
    en: str
    about: str
    law: list[Law] = Field(min_length=1)
    threshold: Threshold
    disclosure: str = Field(description="the provision in disclosures/ that it is told by")
    process: str = Field(description="the process of the case that is opened")
    recipients: list[str] = Field(min_length=1)
    questions: dict[str, Question] = Field(min_length=2, max_length=6, description="the first one is asked first")
    examples: list[DutyExample]

    @model_validator(mode="after")
    def _can_be_answered(self) -> "Duty":
        names = list(self.questions)
        reached = {names[0]}
        for name, question in self.questions.items():
            for reply in ("yes", "no", "unsure"):
                to = question.leads(reply).to
                if to and (to not in self.questions or names.index(to) <= names.index(name)):
                    raise ValueError(f"questions.{name}: there is no later question '{to}'")
                reached |= {to} if to else set()
        if set(names) - reached:
            raise ValueError(f"questions.{min(set(names) - reached)}: no answer leads to it")
        ends = {self.questions[n].leads(r).ends for n in names for r in ("yes", "no", "unsure")} - {None}
        if not {"send", "do_not_send", "ask_counsel"} <= ends:
            raise ValueError("the questions must be able to end in send, do_not_send and ask_counsel")
        shown = {example.ends for example in self.examples}
        if ends - shown:
            raise ValueError(f"no example ends in {', '.join(sorted(str(one) for one in ends - shown))}: add one")
        for example in self.examples:
            said = self.outcome(example.replies)
            if said.ends != example.ends or set(example.replies) != set(said.asked):
                found = said.ends or f"'{said.unanswered}' unanswered"
                raise ValueError(f"example '{example.name}': it ends in {found}, by {', '.join(said.asked)}")
        return self

    def outcome(self, replies: Mapping[str, str]) -> Outcome:
        """Where replies lead, and which questions were asked on the way."""
        asked: list[str] = []
        name = next(iter(self.questions))
        while True:
            if name not in replies:
                return Outcome(None, "", tuple(asked), name)
            asked.append(name)
            leads = self.questions[name].leads(replies[name])
            if leads.ends:
                return Outcome(leads.ends, leads.because, tuple(asked))
            name = leads.to
