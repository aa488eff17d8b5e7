"""The paper to the board: its result in words, approvals in order, and frozen to the byte once it is decided."""

import hashlib
import io
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from tests.web.people import NOW, as_viewer
from tests.web.test_signal import press, report
from tillit.letters import plain
from tillit.units import Period
from tillit.web.actions.annual_wheel import open_what_is_due
from tillit.web.actions.board_paper import give_out
from tillit.web.actions.matter import open_case
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.step import WrongStepError
from tillit.web.city_statistics import make_statistics
from tillit.web.models import Annex, Board, Case, Grant, Matter
from tillit.web.queries.annual_wheel import wheel
from tillit.web.queries.board_paper import paper, result
from tillit.web.queries.statistic import figures
from tillit.web.queries.work import my_work
from tillit.web.rules.content import catalogue

PERIOD = {"first": "2025-07-01", "last": "2026-01-31"}
DAYS = {"meeting_on": "2026-03-17", "group_on": "2026-03-12", "council_on": "2026-03-13"}
SAID = {"department": "avdelningen för strategi", "phone": "08-000 00 00", "registry_number": "SN 2026/7"}


@pytest.fixture
def draft(city):
    norr = Board.objects.get(slug="norr")
    case = open_case("board_paper", by=as_viewer(city["Sara"]), now=NOW, board=norr, given=PERIOD)
    press(city, case, "write", "Sara", **PERIOD, **DAYS, **SAID)
    return case


def approved(city, case):
    press(city, case, "submit", "Sara")
    press(city, case, "approve_head", "Cilla")
    return press(city, case, "approve_director", "Hjalmar")


def text(case):
    return plain(paper(Matter.objects.select_related("board").get(pk=case.pk)).filled.blocks)


def test_the_made_up_city_tells_what_the_public_paper_told(city):
    """M006, M027: from July 2024 to January 2025 one report to IVO, about a coordinator of assistance, from Järva."""
    Grant.objects.update(valid_from=date(2024, 6, 1))
    make_statistics(city)
    case = Case.objects.get(process="board_paper")  # of Norr, which was in scope from the start
    said = text(case).replace("\u00a0", " ")
    assert (
        "Från och med 1 juli 2024 till och med 31 januari 2025 har en anmälan till IVO gjorts. Anmälan gäller en "
        "assistanssamordnare och har gjorts av Järva stadsdelsnämnd."
    ) in said
    assert "Under perioden har inga anmälningar till polisen" in said
    assert "Cilla | Enhetschef | 6 mars 2025\nHjalmar | Förvaltningschef | 7 mars 2025" in said
    assert "Förvaltningsgruppen behandlar ärendet den 12 mars 2025" in said
    assert "Järva Assistanssamordning" not in said
    assert "Friskriven" not in said  # that came after the paper
    assert (case.state, case.fields["paragraph"], case.fields["decision"]) == ("closed", "§ 12", "approved")
    assert [one.recipient for one in paper(case).sent] == ["Kommunfullmäktige"]  # M027


def test_a_period_without_reports_says_so(city, draft):
    """M006: zero is told in words."""
    assert "har inga anmälningar till IVO gjorts." in text(draft)


def test_the_numbers_of_the_paper_are_those_of_the_annex_and_of_the_page(city):
    """M001, M004: the sentence, the annex and the page of statistics tell the same."""
    for board, who in (("norr", "Rut"), ("norr", "Rut"), ("syd", "Bo")):
        report(city, by=who, board=board, reported_on="2026-01-12")
    norr = Board.objects.get(slug="norr")
    case = open_case("board_paper", by=as_viewer(city["Sara"]), now=NOW, board=norr, given=PERIOD)
    press(city, case, "write", "Sara", **PERIOD, **DAYS, **SAID)
    kept = Annex.objects.get(matter=case).figures
    period = Period(date(2025, 7, 1), date(2026, 1, 31))
    page = {one.statistic.statistic: one.total for one in figures(as_viewer(city["Sara"]), period)}
    assert {one["statistic"]: one["total"] for one in kept["figures"]} == {
        name: page[name] for name, one in catalogue().statistics.items() if one.in_board_paper
    }
    assert "har tre anmälningar till IVO gjorts. De gäller: anordnare 3. De har gjorts av: Norra stadsdelsnämnden 2, "\
        "Södra stadsdelsnämnden 1." in result(kept, period.first, period.last)  # fmt: skip


def test_it_is_not_ready_before_two_have_approved_in_order(city, draft):
    """M028: the director is not first, one person is not both, and both are printed with their days."""
    with pytest.raises(NotYourStepError):
        press(city, draft, "submit", "Cilla")
    press(city, draft, "submit", "Sara")
    with pytest.raises(WrongStepError):
        press(city, draft, "approve_director", "Hjalmar")
    Grant.objects.create(user=city["Cilla"], role="R24", board=draft.board, valid_from=date(2024, 1, 1))
    press(city, draft, "approve_head", "Cilla")
    with pytest.raises(HeldBackError, match="redan godkänt"):
        press(city, draft, "approve_director", "Cilla")
    assert press(city, draft, "approve_director", "Hjalmar").state == "ready"
    assert [one["name"] for one in paper(draft).approvals] == ["Cilla", "Hjalmar"]


def test_what_is_sent_back_has_no_approval_left(city, draft):
    approved(city, draft)
    press(city, draft, "send_back", "Hjalmar", reason="Fel period")
    assert paper(draft).approvals == []
    assert "Inget godkännande finns än." in text(draft)


def test_the_group_and_the_council_come_first(city, draft):
    """M026: the board decides on what has been prepared, and the days are printed."""
    approved(city, draft)
    decided = {"decided_on": "2026-03-02", "paragraph": "§ 12", "decision": "approved"}
    press(city, draft, "group_met", "Sara", group_met_on="2026-03-01")
    with pytest.raises(HeldBackError, match="Rådet har inte"):
        press(city, draft, "decide", "Nils", **decided)
    press(city, draft, "council_met", "Sara", council_met_on="2026-03-01")
    assert press(city, draft, "decide", "Nils", **decided).state == "decided"


def test_the_files_are_the_same_bytes_each_time_and_nothing_changes_after_the_meeting(city, draft, monkeypatch):
    """M001: made again after the meeting, with other content and other reports, it is what the board decided on."""
    approved(city, draft)
    press(city, draft, "group_met", "Sara", group_met_on="2026-03-01")
    press(city, draft, "council_met", "Sara", council_met_on="2026-03-01")
    press(city, draft, "decide", "Nils", decided_on="2026-03-02", paragraph="§ 12", decision="approved")

    def made(kind):
        return hashlib.sha256(give_out(draft.number, kind, by=as_viewer(city["Sara"]), now=NOW)).hexdigest()

    before = {kind: made(kind) for kind in ("word", "pdf")}
    report(city, reported_on="2026-01-12")
    document = catalogue().documents["board_paper"]
    monkeypatch.setitem(catalogue().documents, "board_paper", document.model_copy(update={"text": "# Annat"}))
    assert {kind: made(kind) for kind in ("word", "pdf")} == before
    for change in ({"figures": {}}, {"paper": {}}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Annex.objects.filter(matter=draft).update(**change)


def test_the_head_of_the_file_says_who_answers_for_it(city, draft):
    """M029: handler, telephone, receiver, day and registry number stand in it."""
    import docx

    made = docx.Document(io.BytesIO(give_out(draft.number, "word", by=as_viewer(city["Sara"]), now=NOW)))
    head = "\n".join(one.text for section in made.sections for one in section.header.paragraphs)
    assert ("Handläggare: Sara" in head, "SN 2026/7" in head) == (True, True)
    facts = {row.cells[0].text: row.cells[1].text.replace("\u00a0", " ") for row in made.tables[0].rows}
    assert facts == {
        "Handläggare": "Sara", "Telefon": "08-000 00 00",
        "Till": "Norra stadsdelsnämnden, sammanträdet 17 mars 2026",
        "Period": "1 juli 2025 till och med 31 januari 2026",
    }  # fmt: skip


def test_another_board_has_no_such_paper(city, draft):
    for name in ("Bo", "Hanna", "Elin"):
        with pytest.raises(NotForYouError):
            give_out(draft.number, "word", by=as_viewer(city[name]), now=NOW)


def test_the_annual_wheel_opens_it_in_time_once_and_tells_when_it_is_late(city):
    """M005: the task of March is there with its lead times, for the coordinator, and is late when nobody has begun."""
    assert open_what_is_due(now=datetime(2026, 1, 19, 9, tzinfo=UTC)) == []
    at = datetime(2026, 1, 20, 9, tzinfo=UTC)
    (case,) = open_what_is_due(now=at)
    assert open_what_is_due(now=at) == []
    assert (case.title, case.due_on, case.fields["last"]) == (
        "Statistik till nämnd 2026",
        date(2026, 2, 24),
        "2026-01-31",
    )
    assert (case.fields["first"], case.fields["meeting_on"], case.fields["group_on"]) == (
        "2025-02-01", "2026-03-17", "2026-03-12",
    )  # fmt: skip
    late = my_work(as_viewer(city["Sara"], datetime(2026, 2, 25, 9, tzinfo=UTC)))
    assert [one.number for one in late.overdue] == [case.number]
    assert list(my_work(as_viewer(city["Bo"], at)).overdue) == []
    march = next(month for month in wheel(as_viewer(city["Sara"])) if month.word == "mars")
    assert [(one.meeting_on, one.case) for one in march.planned] == [(date(2026, 3, 17), case)]
