"""What the made-up city has of statistics: the report of 2024 that was told in March 2025, and the paper about it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tillit.web.actions.authority_contact import write_contact
from tillit.web.actions.form_link import make_link, report_by_link
from tillit.web.actions.matter import open_case
from tillit.web.actions.step import agree, take_step
from tillit.web.models import Board, Case, Matter, Proposal, User
from tillit.web.rules.scope import within_all
from tillit.web.rules.viewer import Viewer, viewer_of

PERIOD = {"first": "2024-07-01", "last": "2025-01-31"}
REPORT = {
    "reported_to": "ivo", "legal_basis": "lss_15_11_suitability", "reported_on": "2024-10-14", "target": "coordinator",
    "provider": "5599990917", "provider_name": "Järva Assistanssamordning AB", "reasons": ["leadership"],
    "certified": True,
}  # fmt: skip


POLICE = {
    "function": "Mottagningen för anmälningar", "mailbox": "mottagning@polisen.example", "phone": "114 14",
    "agreed": "En anmälan per anordnare, med bevisförteckningen först. Ring innan om det brådskar.",
}  # fmt: skip


def make_statistics(people: Mapping[str, User]) -> None:
    """Järva, which is not connected, reports one coordinator of assistance; it is shared and cleared, and told to Norr.

    The days are those of the public paper that this is made after.
    """
    board = Board.objects.create(
        slug="jarva",
        name="Järva stadsdelsnämnd",
        kind="district",
        mailbox="jarva.sdn@provstad.example",
        connected=False,
    )
    with within_all():
        by = _at(people, "Sara", "2024-10-15")
        write_contact("police", **POLICE, by=by, now=by.now)
        report_by_link(make_link(board, by=by, now=by.now), given=REPORT, now=_at(people, "Sara", "2024-10-16").now)
        signal = Case.objects.get(process="signal", board=board)
        _take(people, signal, "check", "Sara", "2024-10-16", traceless=True)
        _take(people, signal, "share", "Sara", "2024-10-17", "Siri", traceless=True)
        _paper(people)
        _take(people, signal, "prepare_clearing", "Sara", "2025-06-02", outcome="no_action", outcome_on="2025-05-30")
        _take(people, signal, "clear", "Siri", "2025-06-03", "Sara")


def _paper(people: Mapping[str, User]) -> None:
    by, norr = _at(people, "Sara", "2025-02-03"), Board.objects.get(slug="norr")
    paper = open_case("board_paper", by=by, now=by.now, board=norr, given=PERIOD, title="Statistik till nämnd 2025")
    days = {"meeting_on": "2025-03-25", "group_on": "2025-03-12", "council_on": "2025-03-13"}
    said = {"department": "avdelningen för strategi och utveckling", "phone": "08-000 00 00"}
    _take(people, paper, "write", "Sara", "2025-03-04", **PERIOD, **days, **said, registry_number="PS 2025/0117")
    _take(people, paper, "submit", "Sara", "2025-03-05")
    _take(people, paper, "approve_head", "Cilla", "2025-03-06")
    _take(people, paper, "approve_director", "Hjalmar", "2025-03-07")
    _take(people, paper, "group_met", "Sara", "2025-03-12", group_met_on="2025-03-12")
    _take(people, paper, "council_met", "Sara", "2025-03-13", council_met_on="2025-03-13")
    _take(people, paper, "decide", "Nils", "2025-03-26", decided_on="2025-03-25", paragraph="§ 12", decision="approved")
    _take(people, paper, "dispatch", "Nils", "2025-03-28", recipient="council", sent_on="2025-03-28")
    _take(people, paper, "close", "Nils", "2025-03-28")


def _at(people: Mapping[str, User], who: str, day: str) -> Viewer:
    return viewer_of(people[who], datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC))


def _take(
    people: Mapping[str, User], matter: Matter, step: str, who: str, day: str, second: str = "", **given: Any
) -> None:
    by, now = _at(people, who, day), Matter.objects.get(pk=matter.pk)
    done = take_step(now, step, by=by, now=by.now, version=now.version, given=given)
    if isinstance(done, Proposal):
        other = _at(people, second, day)
        agree(done, by=other, now=other.now)
