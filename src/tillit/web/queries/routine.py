"""The start page on welfare crime: what there is, what holds today, and what holds a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from tillit.catalogue import Contact, Entry, News, Routine
from tillit.web.rules.content import catalogue

E = TypeVar("E", bound=Entry)
SOON = timedelta(days=60)
NEW_FOR = timedelta(days=365)


@dataclass(frozen=True)
class StartPage:
    """The parts of the page; each routine with 'holds', 'soon' (to be looked over) or 'ended'."""

    routines: list[tuple[Routine, str]]
    forms: list[Entry]
    contacts: list[Contact]
    news: list[News]

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.routines or self.forms or self.contacts or self.news)


def start_page(day: date, text: str = "") -> StartPage:
    """What the page shows on a day; with a text only what holds it. News are those of a year, the newest first."""
    content = catalogue().routines
    new = [one for one in content.news if one.day <= day < one.day + NEW_FOR]
    return StartPage(
        [(one, _stands(one, day)) for one in _holding(content.routines, text)],
        _holding(content.forms, text),
        _holding(content.contacts, text),
        sorted(_news(new, text), key=lambda one: one.day, reverse=True),
    )


def governing(process: str, day: date) -> list[tuple[Routine, bool]]:
    """The documents that govern a kind of matter, each with whether it held on a day: then it was mandatory (M003)."""
    return [(one, one.holds(day)) for one in catalogue().routines.routines if process in one.governs]


def _holding(entries: Sequence[E], text: str) -> list[E]:
    wanted = text.casefold()
    return [one for one in entries if wanted in f"{one.sv} {one.en} {one.about} {_more(one)}".casefold()]


def _more(one: Entry) -> str:
    if isinstance(one, Routine):
        return f"{one.registry_number} {one.owner}"
    return f"{one.mailbox} {one.phone}" if isinstance(one, Contact) else ""


def _news(news: Sequence[News], text: str) -> list[News]:
    wanted = text.casefold()
    return [one for one in news if wanted in f"{one.sv} {one.en} {one.about}".casefold()]


def _stands(one: Routine, day: date) -> str:
    if one.valid_to < day:
        return "ended"
    return "soon" if one.valid_to <= day + SOON else "holds"
