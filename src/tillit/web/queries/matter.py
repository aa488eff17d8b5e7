"""The matters that a viewer may see. There is no other way to a matter from a page."""

from collections import defaultdict
from datetime import datetime
from typing import TypeVar

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from tillit.web.models import Assignment, Block, Case, Finding, Matter
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Held, Viewer

M = TypeVar("M", bound=Matter)
Place = tuple[str, int | None, int | None]
"""How far a role sees: the reach, the board, and the unit (or, for what is assigned, whom one stands in for)."""


def visible(model: type[M], viewer: Viewer, *, of: str = "") -> QuerySet[M]:
    """The matters of a kind that the viewer may know of, and where they stand; empty for one who may see none.

    A role sees as far as the process says (content/processes, `readers`): what it opened, what it
    is assigned, its unit, its board or every board. Bias (jäv) shuts a person out whatever the role.
    Needs an active scope of boards: a query without one raises.
    Takes: `of` 'finding' or 'case' for those alone, told by their process, so that one table answers a list.
    """
    return _not_blocked(model, viewer, _allowed(viewer, only_whole=False, of=of or _OF.get(model, "")))


def readable(model: type[M], viewer: Viewer, *, of: str = "") -> QuerySet[M]:
    """The matters whose content the viewer may read: not those where a role sees the status alone.

    What concerns someone with protected personal data is read by those who have a special assignment to it.
    """
    return _not_blocked(model, viewer, _whole(viewer, of or _OF.get(model, "")))


def is_whole(viewer: Viewer, *, of: str = "") -> "ExpressionWrapper[Q]":
    """Whether the viewer may read what a matter says: a column for a query of `visible`, which says the rest."""
    return ExpressionWrapper(_whole(viewer, of), output_field=BooleanField())


def few_first(found: QuerySet[Matter], viewer: Viewer) -> QuerySet[Matter]:
    """The same findings; for who sees only what is assigned or opened by oneself, found by those few keys.

    Along an index of all that is open, nearly every row would be passed over.
    """
    held = viewer.roles()
    readers = [
        one for process in catalogue().processes.values() if process.model == "finding" for one in process.readers
    ]
    if any(one.role in held and one.reach not in {"assigned", "own"} for one in readers):
        return found
    people = {viewer.user.pk} | {one.substitute_for for one in viewer.held if one.substitute_for}
    keys = set(assigned_now(viewer.now).filter(user__in=people).values_list("matter", flat=True))
    return found.filter(pk__in=keys | set(Matter.objects.filter(opened_by=viewer.user).values_list("pk", flat=True)))


def matter_known_to(number: str, viewer: Viewer) -> Matter | None:
    """The matter of this number, where the viewer may know of it."""
    return visible(Matter, viewer).filter(number=number).select_related("board", "unit").first()


def matter_open_to(number: str, viewer: Viewer) -> Matter | None:
    """The matter of this number, where the viewer may read what it says."""
    return readable(Matter, viewer).filter(number=number).select_related("board", "unit").first()


def counts(model: type[M], viewer: Viewer) -> dict[tuple[str, str], int]:
    """How many matters the viewer may see, by process and state."""
    rows = visible(model, viewer).order_by().values_list("process", "state").annotate(number=Count("pk"))
    return {(process, state): number for process, state, number in rows}


def assigned_now(now: datetime) -> QuerySet[Assignment]:
    """The assignments that hold at a time."""
    return Assignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=now), valid_from__lte=now)


def can_be_asked_for(viewer: Viewer, number: str) -> QuerySet[Matter]:
    """The matter of exactly this number, where the viewer's role could be assigned it (IS1, IS2).

    It lets a deputy ask for access, or take it in an emergency. Nothing but its number may be shown.
    """
    asked = Q(pk__in=[])
    for process in catalogue().processes.values():
        for reader in process.readers:
            for held in viewer.held:
                if held.role == reader.role and reader.reach == "assigned":
                    asked |= Q(process=process.process) & at_place(held)
    return _not_blocked(Matter, viewer, asked).filter(number=number, closed_at=None, protected=False)


def at_place(held: Held, through: str = "") -> Q:
    """What lies where a role is held: its board and unit. `through` leads to the matter, as 'matter__'.

    Everywhere is said too, and not left empty: nothing "or" what is empty is nothing.
    """
    board = Q(**{f"{through}board_id__isnull": False} if held.board is None else {f"{through}board_id": held.board})
    return board if held.unit is None else board & Q(**{f"{through}unit_id": held.unit})


def place_of(held: Held) -> Held:
    """Where a role is held, whatever the role: what several roles at one place see is asked for once."""
    return Held("", held.board, held.unit)


def _not_blocked(model: type[M], viewer: Viewer, allowed: Q) -> QuerySet[M]:
    if viewer.account is None:
        return model.objects.none()
    # Not asked of each row: the few that someone is shut out of are read once.
    blocked = Block.objects.filter(user=viewer.user, lifted_at=None)
    return model.objects.filter(allowed).exclude(pk__in=blocked.values("matter"))


_OF: dict[type[Matter], str] = {Finding: "finding", Case: "case"}


def _whole(viewer: Viewer, of: str) -> Q:
    if viewer.account is None:
        return _NOTHING
    special = assigned_now(viewer.now).filter(user=viewer.user, special=True)
    return _allowed(viewer, only_whole=True, of=of) & (Q(protected=False) | Q(pk__in=special.values("matter")))


def _allowed(viewer: Viewer, *, only_whole: bool, of: str) -> Q:
    parts: dict[Place, set[str]] = defaultdict(set)
    for process in catalogue().processes.values():
        for reader in process.readers if of in ("", process.model) else ():
            for held in viewer.held:
                if held.role == reader.role and not (only_whole and reader.only_status):
                    parts[_place(reader.reach, held)].add(process.process)
    # Where a role sees the whole board, another's unit or assignments there add nothing but time.
    wide = {place: processes for place, processes in parts.items() if place[0] in _WIDE}
    allowed = _NOTHING
    for place, processes in sorted(parts.items(), key=str):
        seen = [wide[one] for one in _wider(place) if one in wide]
        left = processes.difference(*seen)
        if left:
            allowed |= Q(process__in=sorted(left)) & _reached(place, viewer)
    # Said once for all as well, where every place has its board: an index that begins with the board is then used.
    boards: set[int | None] = {board for _reach, board, _other in parts}
    if None not in boards:
        allowed = Q(board__in=sorted(boards)) & allowed
    return Q(process__in=sorted(set().union(*parts.values()))) & allowed if of else allowed


_NOTHING = Q(pk__in=[])
_WIDE = {"municipality", "board"}


def _wider(place: Place) -> list[Place]:
    # Only what is wider still: two that both see everything would else each leave it to the other.
    _reach, board, _unit = place
    wider: list[Place] = [("municipality", None, None), ("board", None, None), ("board", board, None)]
    return wider[: wider.index(place)] if place in wider else wider


def _place(reach: str, held: Held) -> Place:
    match reach:
        case "municipality":
            return reach, None, None
        case "unit" if held.unit is not None:
            return reach, held.board, held.unit
        case "unit":
            return "board", held.board, None
        case "assigned":
            return reach, held.board, held.substitute_for
        case _:
            return reach, held.board, None


def _reached(place: Place, viewer: Viewer) -> Q:
    reach, board, other = place
    match reach:
        case "municipality":
            return Q()
        case "board":
            return _at(board)
        case "unit":
            return _at(board) & Q(unit_id=other)
        case "own":
            return _at(board) & Q(opened_by=viewer.user)
        case "assigned":
            # A substitute sees what the one away is assigned, in the role that was lent.
            people = [viewer.user.pk] if other is None else [viewer.user.pk, other]
            return _at(board) & Q(pk__in=assigned_now(viewer.now).filter(user__in=people).values("matter"))
        case _:
            raise AssertionError(reach)


def _at(board: int | None) -> Q:
    return Q() if board is None else Q(board_id=board)
