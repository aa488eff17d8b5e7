"""The matrix of responsibilities of a unit: each chain with its steps, who answers, and what is nobody's."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from tillit.catalogue import Chain, ChainStep
from tillit.web.models import Board, Grant, Responsibility, Unit, User
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer

CONTROLS = "controls"
"""The chain whose steps are the controls of the catalogue; it is kept for the whole board."""

MANAGERS = ("R02", "R24")


@dataclass(frozen=True)
class Cell:
    """A step of a chain at a place, and who answers for it; `of_board` where only the whole board has said so."""

    step: str
    word: ChainStep
    function: str
    person: User | None
    of_board: bool = False

    @property
    def empty(self) -> bool:
        """Whether nobody answers for it."""
        return not self.function and self.person is None


@dataclass(frozen=True)
class ChainHere:
    """A chain at a place: its cells, and steps that one person has all of though they should lie apart."""

    code: str
    word: Chain
    cells: list[Cell]
    together: list[list[ChainStep]]

    @property
    def left(self) -> int:
        """How many steps are nobody's."""
        return sum(cell.empty for cell in self.cells)


def chains() -> dict[str, Chain]:
    """Every chain of the content, and the controls as one."""
    asked = sorted(one for one, control in catalogue().controls.items() if control.status not in ("draft", "retired"))
    titles = {id: catalogue().controls[id] for id in asked}
    controls = {id: ChainStep(sv=f"{id} {one.title}", en=f"{id} {one.en or one.title}") for id, one in titles.items()}
    found = dict(catalogue().chains)
    if controls:
        found[CONTROLS] = Chain(sv="Kontroller och deras ägare", en="Controls and their owners", steps=controls)
    return found


def boards_of(viewer: Viewer) -> QuerySet[Board]:
    """The boards whose matrix the viewer reads: where any role is held."""
    return Board.objects.filter(pk__in=viewer.boards()).prefetch_related("units").order_by("name")


def board_of(viewer: Viewer, slug: str) -> Board | None:
    """One of those boards."""
    return boards_of(viewer).filter(slug=slug).first()


def may_name(viewer: Viewer, board: Board, unit: Unit | None) -> bool:
    """Whether the viewer is a manager there, who names who answers."""
    return viewer.has(MANAGERS, board=board.pk, unit=unit.pk if unit else None)


def matrix(board: Board, unit: Unit | None) -> list[ChainHere]:
    """Every chain at a unit, or at the whole board. Controls belong to the whole board alone.

    What a unit has not said itself is as the whole board has said.
    """
    named = Responsibility.objects.filter(Q(unit=unit) | Q(unit=None), board=board).select_related("person")
    known: dict[tuple[str, str], Responsibility] = {}
    for one in sorted(named, key=lambda one: one.unit_id is not None):
        if _says(one):
            known[one.chain, one.step] = one
    return [
        _here(unit, code, chain, {step: known.get((code, step)) for step in chain.steps})
        for code, chain in chains().items()
        if code != CONTROLS or unit is None
    ]


def left_empty(board: Board) -> dict[int | None, int]:
    """How many steps are nobody's, by unit; under None for the whole board, controls among them."""
    filled: dict[int | None, set[tuple[str, str]]] = {None: set()}
    for one in filter(_says, Responsibility.objects.filter(board=board)):
        filled.setdefault(one.unit_id, set()).add((one.chain, one.step))
    wanted = {(code, step) for code, chain in chains().items() for step in chain.steps}
    of_units = {(code, step) for code, step in wanted if code != CONTROLS}
    units = {unit.pk: of_units - filled[None] - filled.get(unit.pk, set()) for unit in board.units.all()}
    return {None: len(wanted - filled[None])} | {unit: len(left) for unit, left in units.items()}


def people_at(board: Board, viewer: Viewer) -> QuerySet[User]:
    """The people who can be named: those with a role at the board today."""
    held = Grant.objects.filter(board=board, valid_from__lte=viewer.day).exclude(valid_to__lt=viewer.day)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def _says(one: Responsibility) -> bool:
    return bool(one.function or one.person_id)


def _here(unit: Unit | None, code: str, chain: Chain, known: Mapping[str, Responsibility | None]) -> ChainHere:
    cells = [
        Cell(step, chain.steps[step], one.function, one.person, one.unit_id is None and unit is not None)
        if one
        else Cell(step, chain.steps[step], "", None)
        for step, one in known.items()
    ]
    person = {cell.step: cell.person.pk for cell in cells if cell.person}
    together = [
        [chain.steps[step] for step in apart]
        for apart in chain.apart
        if all(step in person for step in apart) and len({person[step] for step in apart}) == 1
    ]
    return ChainHere(code, chain, cells, together)
