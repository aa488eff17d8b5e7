"""Permits as every board sees them: where each check stands, what is due, and the inquiries that were not needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet, Sum

from tillit.web.models import Board, Case, Matter, PermitAnswer, PermitCheck, PermitMeasure, PermitNotice, Provider, Use
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.permit import BAD
from tillit.web.rules.viewer import Viewer

MOST = 300
"""As many checks as a page shows: whoever wants more chooses a state."""


@dataclass(frozen=True)
class Line:
    """One check as a list shows it: `whole` is the matter, where the viewer may read it."""

    check: PermitCheck
    matter: Matter | None
    boards: list[Board]

    @property
    def is_bad(self) -> bool:
        """Whether the last answer says that there is no permit."""
        return self.check.answer in BAD and self.check.state not in ("required", "closed")


def register(viewer: Viewer, *, state: str = "", text: str = "") -> list[Line]:
    """The checks of the city, what is due first; of all boards, for the answers are every board's."""
    found = (
        PermitCheck.objects.filter(ended_on=None) if state != "closed" else PermitCheck.objects.exclude(ended_on=None)
    )
    if state and state != "closed":
        found = found.filter(state=state)
    if text:
        found = found.filter(Q(provider__name__icontains=text) | Q(provider__number__startswith=text.replace("-", "")))
    return _lines(found.select_related("provider", "board").order_by("due_on", "pk")[:MOST], viewer)


def can_be_asked(viewer: Viewer) -> list[Case]:
    """The checks that are due and that the viewer may move, the longest overdue first."""
    steps = catalogue().processes["permit_check"].steps["ask"]
    found = readable(Case, viewer).filter(process="permit_check", state__in=steps.from_).exclude(state="measures")
    return [one for one in found.order_by("due_on", "pk") if viewer.has(steps.who, board=one.board_id)]


def can_be_answered(viewer: Viewer) -> list[Case]:
    """The checks that wait for an answer and that the viewer may move."""
    steps = catalogue().processes["permit_check"].steps["valid"]
    found = readable(Case, viewer).filter(process="permit_check", state__in=["asked", "reminded"])
    return [one for one in found.order_by("due_on", "pk") if viewer.has(steps.who, board=one.board_id)]


def checks_of(found: Provider) -> list[PermitCheck]:
    """What is known of a provider's permits, for its page."""
    return list(
        PermitCheck.objects.filter(provider=found, ended_on=None).select_related("board").order_by("service", "unit")
    )


def asked_in(inquiry: Matter) -> list[Matter]:
    """The checks that an inquiry asks about, in the order of its lines."""
    found = Matter.objects.filter(process="permit_check", steps__step="ask", steps__given__inquiry=inquiry.number)
    return list(found.distinct().order_by("pk"))


def saved(first: date, last: date) -> int:
    """The inquiries that were not needed in a period, both days included: an answer serves every board."""
    answers = PermitAnswer.objects.filter(answered_on__gte=first, answered_on__lte=last)
    return answers.aggregate(saved=Sum(F("boards") - 1))["saved"] or 0


def notices(day: date) -> QuerySet[PermitNotice]:
    """IVO's notices of the last month, the newest first."""
    found = PermitNotice.objects.filter(received_on__gte=date.fromordinal(day.toordinal() - 30))
    return found.select_related("provider", "board").order_by("-received_on", "-pk")


def measures_of(number: str) -> QuerySet[PermitMeasure]:
    """The boards that got a list because of a check, and whether each is done."""
    return PermitMeasure.objects.filter(check_number=number).select_related("board").order_by("board__name", "pk")


def boards_using(found: Provider, day: date) -> list[int]:
    """The boards that use a provider on a day."""
    uses = Use.objects.filter(Q(until=None) | Q(until__gte=day), provider=found, since__lte=day)
    return sorted(set(uses.values_list("board", flat=True)))


def _lines(found: Iterable[PermitCheck], viewer: Viewer) -> list[Line]:
    checks = list(found)
    whole = {one.number: one for one in readable(Matter, viewer).filter(number__in=[one.number for one in checks])}
    uses = Use.objects.filter(
        Q(until=None) | Q(until__gte=viewer.day), provider__in=[one.provider_id for one in checks]
    ).select_related("board")
    using: dict[int, dict[int, Board]] = {}
    for use in uses.order_by("board__name"):
        using.setdefault(use.provider_id, {})[use.board_id] = use.board
    return [Line(one, whole.get(one.number), list(using.get(one.provider_id, {}).values())) for one in checks]
