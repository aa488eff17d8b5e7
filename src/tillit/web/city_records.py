"""What the made-up city has of control records, check lists, follow-ups and home visits, done as people would do it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tillit.web.actions.checklist import Given, answer_checklist, begin_checklist, change_questions
from tillit.web.actions.matter import open_case
from tillit.web.actions.step import agree, take_step
from tillit.web.models import Board, Case, Finding, Matter, Proposal, User
from tillit.web.queries.checklist import last_version
from tillit.web.rules.viewer import Viewer, viewer_of


class Hands:
    """The people of the city at a time, and what they do."""

    def __init__(self, people: Mapping[str, User], now: datetime, board: Board) -> None:
        self.people, self.now, self.board = people, now, board

    def by(self, name: str, days: float) -> Viewer:
        """Someone, some days before the end."""
        return viewer_of(self.people[name], self.now - timedelta(days=days))

    def open(self, process: str, who: str, days: float, title: str, **given: Any) -> Case:
        """A matter that someone opens."""
        by = self.by(who, days)
        return open_case(process, by=by, now=by.now, board=self.board, given=given, title=title)

    def fill(self, matter: Matter, checklist: str, who: str, days: float, *, but: int = 0, **replies: Given) -> None:
        """A check list with yes to every question but those given, and the last ones left."""
        by = self.by(who, days)
        run = begin_checklist(matter, checklist, by=by, now=by.now)
        asked = list(run.asked)[: len(run.asked) - but]
        given = {name: replies.get(name, Given("yes", source=run.asked[name]["source"])) for name in asked}
        answer_checklist(run, given, by=by, now=by.now)

    def take(self, matter: Matter, step: str, who: str, days: float, second: str = "", **given: Any) -> None:
        """A step, and the second person where one is needed; without one the proposal waits."""
        by, now = self.by(who, days), Matter.objects.get(pk=matter.pk)
        done = take_step(now, step, by=by, now=by.now, version=now.version, given=given)
        if isinstance(done, Proposal) and second:
            second_by = self.by(second, days)
            agree(done, by=second_by, now=second_by.now)

    def day(self, days: float) -> str:
        """A day before the end (or after it), as a form gives it."""
        return (self.now - timedelta(days=days)).date().isoformat()


def make_records(people: Mapping[str, User], now: datetime, board: Board) -> None:
    """One of each: signed with a correction, waiting to be signed, half filled in, planned, and agreed to."""
    hands = Hands(people, now, board)
    _own_question(hands)
    _signed_record(hands)
    _deeper_record(hands)
    _support(hands)
    _follow_up(hands)
    _home_visit(hands)


def _own_question(hands: Hands) -> None:
    by = hands.by("Cilla", 4)
    question = {
        "sv": "Är fakturan märkt med beställningens nummer?",
        "source": "Fakturan",
        "if_no": "Skicka tillbaka den.",
    }
    last = last_version("CL5", board=hands.board, unit=None)
    revision = last.revision if last else 0
    change_questions("CL5", {"own_norr_1": question}, by=by, now=by.now, board=hands.board, revision=revision)


def _signed_record(hands: Hands) -> None:
    record = hands.open(
        "control_record", "Klas", 3, "Hemtjänstfakturor i februari", why="random", control_kind="invoice"
    )
    log = Given("no", source="Utförarens tidsystem", comment="Fyra timmar saknas i loggen. Begärd samma dag.")
    hands.fill(record, "CL5", "Klas", 3, log=log)
    hands.take(
        record, "write", "Klas", 3, object_kind="company", object="Faktura 4711", done_on=hands.day(3),
        method=["documents"], sources="Fakturan, beställningen och loggen.", found="Fyra timmar saknas i loggen.",
        deviation="minor", deviation_kind="overbilled", amount=185000, contact="Utföraren skickar en kreditfaktura.",
    )  # fmt: skip
    hands.take(
        record, "sign", "Klas", 2.9, placement="provider_file", measure=["correct", "dialogue"], next_on=hands.day(-90)
    )
    hands.take(record, "correct", "Klas", 1, correction="Fakturans nummer är 4712, inte 4711.")


def _deeper_record(hands: Hands) -> None:
    finding = Finding.objects.filter(control="ASS-06", state="deeper").order_by("pk")[0]
    hands.take(finding, "record", "Klas", 2, control_why="rule")
    record = Case.objects.filter(process="control_record", findings=finding).order_by("-pk")[0]
    hands.fill(record, "CL3", "Klas", 1, but=7)


def _support(hands: Hands) -> None:
    given = {"decision_kind": "assistance", "reference": "LSS 2026-17"}
    support = hands.open("support", "Hanna", 3, "Ansökan om personlig assistans", **given)
    hands.fill(support, "CL4", "Hanna", 2, but=4)


def _follow_up(hands: Hands) -> None:
    given = {"service": "home_care", "planned_on": hands.day(-7), "planned_kind": "periodic"}
    hands.open("individual_follow_up", "Hanna", 2, "Uppföljning av hemtjänst", **given)


def _home_visit(hands: Hands) -> None:
    purpose = "Se hur hjälpmedlen används i hemmet. Ett samtal räcker inte."
    visit = hands.open("home_visit", "Hanna", 2, "Hembesök om hjälpmedel", purpose=purpose, legal_basis="23 § FL")
    hands.take(
        visit, "agree_to_visit", "Hanna", 1, consent_by="person", consent_how="spoken", consent_on=hands.day(1),
        consent_told=True, planned_on=hands.day(-3),
    )  # fmt: skip
