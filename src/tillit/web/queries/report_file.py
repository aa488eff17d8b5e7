"""The months that a provider can give a file for, and what its template holds: its reports and its assistants."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tillit.web.models import Board, PortalGrant, TimeReport
from tillit.web.queries.portal import as_what, called, own_reports
from tillit.web.rules.portal import Outsider

MONTHS = 400
"""So many reports back are offered."""


@dataclass(frozen=True)
class Months:
    """A provider's month at a board, with its reports that still can be written."""

    board: Board
    provider: str
    month: date
    reports: list[TimeReport] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the choice is called in an address."""
        return f"{self.board.slug}-{self.provider}-{self.month:%Y-%m}"


def months_of(outsider: Outsider) -> dict[str, Months]:
    """The months in which something is left to write, by key, the newest first."""
    found: dict[str, Months] = {}
    open_ones = own_reports(outsider).filter(state__in=WRITABLE)
    for one in open_ones[:MONTHS]:
        if not as_what(one, outsider).provider:
            continue
        month = Months(one.board, one.provider_number, one.month)
        found.setdefault(month.key, month).reports.append(one)
    return found


WRITABLE = ("expected", "draft", "late", "missing", "completion", "signed", "approved")


def people_of(month: Months) -> Mapping[str, str]:
    """The provider's assistants who have an account, by code: what each is called."""
    held = PortalGrant.objects.filter(board=month.board, provider_number=month.provider).exclude(worker_code="")
    return {one.worker_code: one.called for one in held.order_by("called", "worker_code")}


def client_names(month: Months) -> dict[str, str]:
    """What the client of each report is called, by the report's number."""
    return {one.number: called(one).get(one.client_code, one.client_code) for one in month.reports}
