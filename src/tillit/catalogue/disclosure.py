"""Who may tell whom what: one provision of law a file, what it demands, and how the municipality uses it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from pydantic import Field, RootModel, model_validator

from tillit.catalogue.law import Law
from tillit.catalogue.yaml_file import Part

About = Literal[
    "individual", "provider", "owner", "tipster", "method", "crime_case", "whistleblowing", "tender", "staff"
]
"""Whom or what the information is about. What can lead to an individual is about the individual."""

Gateway = Literal[
    "not_secret", "notification", "duty_2024", "weighed", "crime", "own_work", "party", "consent", "statute"
]
"""The legal ground, as it is chosen when a secrecy test is written."""

Policy = Literal["open", "counsel", "off"]
"""How the municipality uses what law allows, the laxest first: staff decide, a lawyer decides, not used."""

POLICIES: tuple[Policy, ...] = get_args(Policy)

Verdict = Literal["must", "may", "ask_counsel", "missing", "no"]


class Recipient(Part):
    """Someone outside the board whom it may tell, and how what is told gets there."""

    sv: str
    en: str
    channel: str = Field("", description="how it is sent there; a municipality fills in what it has agreed")
    contact: str = Field("", description="a function, never a person: address, telephone or service")


class Recipients(RootModel[dict[str, Recipient]]):
    """The file content/recipients.yaml: code -> recipient."""


class TellingExample(Part):
    """A telling, and what the table answers to it."""

    name: str
    to: str
    about: About
    day: date = date(2026, 3, 2)
    asked: bool = False
    met: bool = Field(True, description="whether the conditions of the provision are met")
    weighed: bool = False
    counsel: bool = False
    answer: Verdict


class Disclosure(Part):
    """One provision: who may be told what by it, when, and what must be true first. All of it is law but `policy`.

    Two lanes and no third: a notice free of individuals, which many may get, and a disclosure to a single recipient.
    """

    disclosure: str
    revision: int = Field(ge=1)
    title: str
    en: str
    way: Literal["tell", "ask"] = Field("tell", description="ask: it is we who ask, and they who tell")
    lane: Literal["free_of_individuals", "single_recipient"]
    recipients: list[str] = Field(min_length=1)
    about: list[About] = Field(min_length=1)
    gateway: Gateway
    mode: Literal["duty", "own_initiative", "on_request", "never"]
    law: list[Law] = Field(min_length=1)
    valid_from: date
    valid_to: date | None = None
    conditions: dict[str, str] = Field({}, description="what the officer must find to be true")
    weighing: bool = Field(False, description="the law demands a balance of interests: it is written down")
    policy: Policy = "open"
    policy_reason: str = ""
    may_be_opened: bool = Field(False, description="the law leaves it to the municipality, which says why it opens it")
    examples: list[TellingExample] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> "Disclosure":
        if self.lane == "free_of_individuals" and set(self.about) != {"provider"}:
            raise ValueError("a notice free of individuals is about providers alone: choose 'single_recipient'")
        if self.mode == "never" and (self.weighing or self.conditions or self.policy != "open"):
            raise ValueError("what is never told has no conditions, no weighing and no policy")
        if self.policy == "off" and not self.policy_reason:
            raise ValueError("it is off, and 'policy_reason' does not say why")
        if self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        answers = {one.answer for one in self.examples}
        if not answers - {"must", "may"}:
            raise ValueError("no example is refused or held back: add one")
        if self.mode == "never":
            if answers != {"no"}:
                raise ValueError("it is never told, and an example says otherwise")
        elif self.policy != "off" and not answers & {"must", "may"}:
            raise ValueError("no example is allowed: add one")
        return self

    def covers(self, telling: "Telling") -> bool:
        """Whether this is the provision that a telling rests on, on its day.

        A prohibition that rests on no particular ground holds whatever ground is named.
        """
        day = self.valid_from <= telling.on and (self.valid_to is None or telling.on <= self.valid_to)
        same = self.gateway == telling.gateway or (self.mode == "never" and self.gateway == "not_secret")
        return (
            day and same and self.way == telling.way and telling.to in self.recipients and telling.about in self.about
        )


@dataclass(frozen=True)
class Telling:
    """What someone wants to tell, or ask for: to whom, about what, on what ground, and what has been done first."""

    to: str
    about: str
    gateway: str
    on: date
    way: str = "tell"
    asked: bool = False
    met: bool = False
    weighed: bool = False
    counsel: bool = False


@dataclass(frozen=True)
class Answer:
    """What the table says of a telling: the verdict, the provision it rests on, and what is still missing."""

    verdict: Verdict
    row: Disclosure | None = None
    missing: tuple[str, ...] = ()


def answer(rows: Iterable[Disclosure], telling: Telling) -> Answer:
    """What a table of provisions says: no unless one of them opens, and no where one forbids.

    Of several that open, a duty goes first; of several that do not yet, the one that lacks the least.
    """
    covering = [row for row in rows if row.covers(telling)]
    forbidden = next((row for row in covering if row.mode == "never"), None)
    if forbidden or not covering:
        return Answer("no", forbidden)
    judged = [(_missing(row, telling), row) for row in covering]
    missing, row = min(judged, key=lambda one: (len(one[0]), one[1].mode != "duty", one[1].disclosure))
    if not missing:
        return Answer("must" if row.mode == "duty" else "may", row)
    if "off" in missing:
        return Answer("no", row, missing)
    return Answer("ask_counsel" if missing == ("counsel",) else "missing", row, missing)


def _missing(row: Disclosure, telling: Telling) -> tuple[str, ...]:
    lacks = {
        "off": row.policy == "off",
        "request": row.mode == "on_request" and row.way == "tell" and not telling.asked,
        "conditions": bool(row.conditions) and not telling.met,
        "weighing": row.weighing and not telling.weighed,
        "counsel": row.policy == "counsel" and not telling.counsel,
    }
    return tuple(name for name, lacking in lacks.items() if lacking)


def laxer(old: Disclosure, new: Disclosure) -> str | None:
    """In what a municipality's own row is laxer than ours, where it is. It may be stricter in everything."""
    if (new.way, new.lane, new.gateway, new.mode) != (old.way, old.lane, old.gateway, old.mode):
        return "way, lane, gateway and mode are law"
    if old.mode == "never":
        kept = set(old.recipients) <= set(new.recipients) and set(old.about) <= set(new.about)
        longer = new.valid_from <= old.valid_from and (new.valid_to is None or new.valid_to == old.valid_to)
        return None if kept and longer else "a prohibition may cover more, never less"
    if not (set(new.recipients) <= set(old.recipients) and set(new.about) <= set(old.about)):
        return "it opens for more recipients or more information"
    if new.valid_from < old.valid_from or (old.valid_to and (new.valid_to is None or new.valid_to > old.valid_to)):
        return "it holds on more days"
    if not set(old.conditions) <= set(new.conditions) or (old.weighing and not new.weighing):
        return "it leaves out a condition or the weighing"
    if POLICIES.index(new.policy) < POLICIES.index(old.policy) and not (old.may_be_opened and new.policy_reason):
        return "the policy is opened where the law does not leave that to the municipality, or without a reason"
    return None


def wrong_examples(row: Disclosure, prohibitions: Iterable[Disclosure]) -> Mapping[int, Answer]:
    """The examples of a row to which the table, of this row and all prohibitions, answers something else."""
    table = [row, *(one for one in prohibitions if one.disclosure != row.disclosure)]
    found = {}
    for index, one in enumerate(row.examples):
        told = Telling(one.to, one.about, row.gateway, one.day, row.way, one.asked, one.met, one.weighed, one.counsel)
        said = answer(table, told)
        if said.verdict != one.answer:
            found[index] = said
    return found
