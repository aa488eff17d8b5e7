"""What stands about providers, and for those who coordinate: how far each board has come."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from tillit.web.models import Board, Case, Matter, Signal, StandLink, Told
from tillit.web.queries.matter import readable
from tillit.web.rules.attention import ever_marked
from tillit.web.rules.clients_behind import clients_behind
from tillit.web.rules.deadline import whole
from tillit.web.rules.stand_link import OPEN_STANDS, token_of
from tillit.web.rules.standing import standing
from tillit.web.rules.viewer import Viewer

NOT_SHARED = ("received", "checked")


def watched(numbers: Iterable[str], viewer: Viewer) -> dict[str, list[Signal]]:
    """The signals that stand today about some providers, by provider number; one query for a whole page."""
    wanted = {number for number in numbers if number}
    found: dict[str, list[Signal]] = {}
    if wanted:
        found_on = standing(viewer.day).filter(provider_number__in=wanted).select_related("board")
        for one in found_on.order_by("expires_on", "pk"):
            found.setdefault(one.provider_number, []).append(one)
    return found


def marks(matter: Matter, viewer: Viewer) -> tuple[list[Signal], bool]:
    """The signals that stand today about the provider of a matter that is read, and whether there ever was one."""
    return ever_marked(matter, viewer.day)


def message(pk: int) -> Told | None:
    """One message about a signal. Whoever asks has been asked for the role of a coordinator."""
    return Told.objects.filter(pk=pk).select_related("signal", "board").first()


@dataclass(frozen=True)
class Reached:
    """A board and a signal: what it was told, and where its position stands."""

    board: Board
    stand: Case | None
    told: list[Told] = field(default_factory=list)
    link: StandLink | None = None

    @property
    def token(self) -> str:
        """What stands in the address by which a board that is not connected answers, while it can."""
        if self.link is None or self.link.used_at or self.answered or self.stand is None:
            return ""
        return token_of(self.board.pk, self.stand.pk)

    @property
    def answered(self) -> bool:
        """Whether the board has taken its position."""
        return self.stand is not None and self.stand.state not in OPEN_STANDS


@dataclass(frozen=True)
class Item:
    """A signal's matter as a coordinator follows it."""

    matter: Case
    signal: Signal | None
    reached: list[Reached]
    few_clients: bool | None = None
    counted_on: date | None = None

    @property
    def is_shared(self) -> bool:
        """Whether it has left the board that reported."""
        return self.matter.state not in NOT_SHARED

    @property
    def asked(self) -> int:
        """How many boards were asked for a position."""
        return sum(one.stand is not None for one in self.reached)

    @property
    def answered(self) -> int:
        """How many have taken one."""
        return sum(one.answered for one in self.reached)

    @property
    def bounced(self) -> int:
        """How many boards nobody has been reached at."""
        return sum(bool(one.told) and all(told.bounced_at for told in one.told) for one in self.reached)


def open_items(viewer: Viewer) -> list[Item]:
    """The signals that are not closed, of those the viewer may read, what is due first."""
    found = readable(Case, viewer).filter(process="signal", closed_at=None).select_related("board")
    return _items(list(found.order_by("due_on", "pk")[:200]), viewer)


def item(matter: Matter, viewer: Viewer) -> Item | None:
    """One signal with the boards it reached, where the viewer may read it."""
    found = readable(Case, viewer).filter(process="signal", pk=matter.pk).select_related("board").first()
    if found is None:
        return None
    behind = clients_behind(found.board_id, found.provider_number)
    few = behind.are_few(whole("signal.fewest_clients", viewer.day))
    return replace(_items([found], viewer)[0], few_clients=few, counted_on=behind.on)


def own_stands(viewer: Viewer) -> list[Case]:
    """What the viewer's boards are asked to take a position on, what is due first."""
    stands = readable(Case, viewer).filter(process="stand", state__in=OPEN_STANDS, board__in=viewer.boards())
    return list(stands.select_related("board").order_by("due_on", "pk")[:200])


def _items(matters: list[Case], viewer: Viewer) -> list[Item]:
    numbers = [one.number for one in matters]
    signals = {one.number: one for one in Signal.objects.filter(number__in=numbers)}
    stands: dict[tuple[str, int], Case] = {}
    for one in readable(Case, viewer).filter(process="stand", fields__signal__in=numbers).select_related("board"):
        stands[one.fields["signal"], one.board_id] = one
    links = {one.matter_id: one for one in StandLink.objects.filter(matter__in=[one.pk for one in stands.values()])}
    told: dict[tuple[str, int], list[Told]] = {}
    rows = Told.objects.filter(signal__number__in=numbers, what="shared").select_related("user", "signal")
    for row in rows.order_by("pk"):
        told.setdefault((row.signal.number, row.board_id), []).append(row)
    boards = list(Board.objects.order_by("name"))
    return [
        Item(
            one,
            signals.get(one.number),
            [
                _reached(board, stands.get((one.number, board.pk)), told.get((one.number, board.pk), []), links)
                for board in boards
                if (one.number, board.pk) in stands or (one.number, board.pk) in told
            ],
        )
        for one in matters
    ]


def _reached(board: Board, stand: Case | None, told: list[Told], links: dict[int, StandLink]) -> Reached:
    return Reached(board, stand, told, links.get(stand.pk) if stand else None)
