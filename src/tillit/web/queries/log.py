"""The log, for those whose role is to review it, and the proof that it is whole."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tillit.store import chain
from tillit.web.models import Board, Entry, Head, Matter, Review
from tillit.web.queries.matter import visible
from tillit.web.rules.viewer import Viewer

OFFICER, MANAGER, WHISTLEBLOWING = "R26", "R02", "R22"


def lines_for(viewer: Viewer) -> QuerySet[Entry]:
    """The lines that a viewer may review, the newest first; none for one who has no such role.

    The data protection officer sees every line but those of whistleblowing; a manager those of matters that the
    manager sees; the whistleblowing function its own. Whoever bias shuts out of a matter is shut out of its lines.
    """
    allowed = _officer(viewer)
    for role, zone in ((MANAGER, ~Q(zone="whistleblowing")), (WHISTLEBLOWING, Q(zone="whistleblowing"))):
        if role in viewer.roles():
            allowed |= zone & Q(Exists(visible(Matter, viewer).filter(number=OuterRef("matter"))))
    blocked = Matter.objects.filter(blocks__user=viewer.user, blocks__lifted_at=None)
    found = Entry.objects.filter(allowed).exclude(matter__in=blocked.values("number"))
    return found.select_related("by").order_by("-at", "-count")


def _officer(viewer: Viewer) -> Q:
    held = [one for one in viewer.held if one.role == OFFICER]
    open_to = ~Q(zone="whistleblowing")
    if any(one.board is None for one in held):
        return open_to
    boards = Board.objects.filter(pk__in=[one.board for one in held if one.board])
    return open_to & Q(board__in=boards.values("slug"))


def reviews_for(viewer: Viewer) -> QuerySet[Review]:
    """The lines that the viewer has been asked to look at and has not yet answered."""
    open_to = lines_for(viewer).filter(pk=OuterRef("entry"))
    asked = Review.objects.filter(Exists(open_to), reviewer=viewer.user, answered_at=None)
    return asked.select_related("entry", "entry__by").order_by("due_on", "pk")


def line_of(entry: Entry) -> dict[str, Any]:
    """A line as it is hashed and exported."""
    return {
        "count": entry.count,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by_id,
        "kind": entry.kind,
        "what": entry.what,
        "board": entry.board,
        "matter": entry.matter,
        "zone": entry.zone,
        "purpose": entry.purpose,
        "details": entry.details,
        "previous": entry.previous,
        "hash": entry.hash,
    }


def all_lines() -> Iterator[dict[str, Any]]:
    """Every line from the first to the last. For the proof and the operator's copy, never for a page."""
    for entry in Entry.objects.order_by("count").iterator(chunk_size=5000):
        yield line_of(entry)


def head() -> tuple[int, str]:
    """How many lines there are and the hash of the last: to be written down where the municipality cannot change it."""
    found = Head.objects.filter(pk=1).first()
    return (found.count, found.hash) if found else (0, chain.FIRST)


def faults(heads: dict[int, str] | None = None) -> list[chain.Fault]:
    """Every place where the log does not hold together, against its own head and those written down elsewhere."""
    count, hash_ = head()
    return chain.faults(all_lines(), {count: hash_, **(heads or {})} if count else heads)
