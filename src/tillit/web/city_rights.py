"""What the made-up city has of accounts, roles on their way and requests, done as people would do it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tillit.store import pseudonym_of
from tillit.web.actions.log_request import ask_for_log
from tillit.web.actions.role import give_role
from tillit.web.actions.subject_request import open_subject_request
from tillit.web.models import Board, Case, Finding, User
from tillit.web.rules.board_store import store_of
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import viewer_of


def make_rights(people: Mapping[str, User], now: datetime) -> None:
    """A second archivist waits for the head of administration, Elin stands in for Hanna next week, and two ask."""
    norr, at = Board.objects.get(slug="norr"), now - timedelta(hours=5)
    by = viewer_of(people["Berit"], at)
    give_role(people["Nils"], "R34", board=norr, ordered_by=people["Cilla"], by=by, now=at)
    give_role(
        people["Elin"], "R01", board=norr, since=by.day + timedelta(days=7), until=by.day + timedelta(days=21),
        substitute_for=people["Hanna"], ordered_by=people["Cilla"], by=by, now=at,
    )  # fmt: skip
    with within([norr.pk]):
        _person_asks(people, norr, at)
        case = Case.objects.filter(process="investigation").order_by("pk")[0]
        doris = viewer_of(people["Doris"], at)
        ask_for_log(matter=case.number, why="Granskning av utredningarna 2026", by=doris, now=at)


def _person_asks(people: Mapping[str, User], norr: Board, at: datetime) -> None:
    client = pseudonym_of(Finding.objects.filter(control="ASS-01").order_by("pk")[0].client_code)
    number = store_of(norr).persons.identities([client], why="made-up city", at=at)[client]
    arvid = viewer_of(people["Arvid"], at)
    open_subject_request(
        number,
        board=norr,
        registry_number="SDN 2026/41",
        purpose="Personen har frågat",
        by=arvid,
        now=at,
    )
