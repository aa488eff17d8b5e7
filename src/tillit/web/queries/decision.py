"""What is known of a client's decisions on assistance, beside a report or a typed decision whose reader reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from tillit.catalogue import Code
from tillit.web.models import Decision, Matter, TimeReport
from tillit.web.rules.content import codes
from tillit.web.rules.decision import Overlap, overlaps
from tillit.web.rules.time_report import last_day

PROCESS = "decision"


@dataclass(frozen=True)
class Known:
    """A decision as it is known: `typed` is the matter in which a person wrote it."""

    decision: Decision
    cover: Code
    typed: str

    @property
    def stands(self) -> bool:
        """Whether it is what is known now, or what was known before."""
        return self.decision.known_to is None


@dataclass(frozen=True)
class Decisions:
    """A client's decisions, the newest knowledge first, and the days on which two should not hold at once (M109)."""

    known: Sequence[Known]
    overlaps: Sequence[Overlap]


def decisions_of_month(report: TimeReport, now: datetime) -> Decisions:
    """The decisions that a report's month is settled with as known now, and what overlaps in that month."""
    found = _of_client(report.board_id, report.client_code, report.month, last_day(report.month))
    return _shown([one for one in found if one.known_from <= now and one.known_to is None])


def decisions_beside(matter: Matter) -> Decisions:
    """Every decision of the client of a typed decision, also as it was known before."""
    return _shown(_of_client(matter.board_id, matter.fields.get("client", ""), date.min, date.max))


def _of_client(board: int, client: str, first: date, last: date) -> list[Decision]:
    if not client:
        return []
    held = Decision.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=first), board=board, client_code=client, valid_from__lte=last
    )
    return list(held.order_by("-known_from", "number", "valid_from"))


def _shown(found: list[Decision]) -> Decisions:
    covers = codes("decision_covers")
    known = [Known(one, covers[one.cover], one.source if one.by_id else "") for one in found]
    return Decisions(known, overlaps((one for one in found if one.known_to is None), covers))
