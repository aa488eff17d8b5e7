"""Counts the figures of a paper, freezes it when the board has decided, and gives it out as a file."""

from datetime import date, datetime

from tillit.letters import pdf, word
from tillit.units import Period
from tillit.web.actions import log
from tillit.web.actions.effects import Taken, effect
from tillit.web.actions.refusal import HeldBackError, NotForYouError, one_press
from tillit.web.models import Annex, Matter
from tillit.web.queries.board_paper import PROCESS, counted_for_paper, frozen, paper
from tillit.web.queries.matter import matter_open_to
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer, viewer_of


@effect("count_figures")
def count_figures(taken: Taken) -> None:
    """Siffrorna räknas för perioden och läggs i bilagan."""
    first, last = (date.fromisoformat(taken.given[name]) for name in ("first", "last"))
    figures = counted_for_paper(viewer_of(taken.person, taken.now), Period(first, last))
    kept = {"first": first, "last": last, "figures": figures, "counted_at": taken.now, "by": taken.person}
    Annex.objects.update_or_create(matter=Matter.objects.get(pk=taken.matter.pk), defaults=kept)


@effect("freeze_paper")
def freeze_paper(taken: Taken) -> None:
    """Utlåtandet fryses som nämnden beslutade om det: ingen ändring i mallar eller siffror når det efteråt."""
    matter = Matter.objects.select_related("board").get(pk=taken.matter.pk)
    if not Annex.objects.filter(matter=matter).update(paper=frozen(paper(matter))):
        raise HeldBackError("Utlåtandet har inga siffror", where=matter.number, fix="räkna dem först")


def give_out(number: str, kind: str, *, by: Viewer, now: datetime) -> bytes:
    """The paper as word or pdf, with that in the log before it is given.

    Raises: NotForYouError, the same for another's matter and for what is no paper; NoPdfError.
    """
    with one_press("read paper", by=by, now=now, number=number):
        matter = matter_open_to(number, by)
        if matter is None or matter.process != PROCESS:
            raise NotForYouError("Det finns inget sådant utlåtande för dig")
        log.write("read", f"paper {kind}", by=by.user, at=now, matter=matter)
        filled = paper(matter).filled
    return pdf(filled) if kind == "pdf" else word(filled, catalogue().letterhead)
