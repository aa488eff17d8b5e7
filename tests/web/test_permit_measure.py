"""What a missing permit concerns at a board: its decisions and payments, who was told, and how long is paid."""

from datetime import date, timedelta

import pytest

from tests.web.delivered import deliver, work_off
from tests.web.matters import give
from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.dispatch import register_dispatch
from tillit.web.actions.document import fill_in
from tillit.web.actions.permit_measure import follow_check
from tillit.web.actions.permit_notice import register_notice, take_notice
from tillit.web.actions.permit_watch import watch_permits
from tillit.web.actions.step import take_step
from tillit.web.models import Board, Case, Contract, Document, PermitCheck, Provider, Upload, Use
from tillit.web.queries.permit_measure import affected
from tillit.web.rules.scope import within

BJORKEN = "5599900197"
DECISIONS = (
    "Beslut;Brukare;Insats;Anordnare;Beviljad tid (timmar);Per;Gäller från;Gäller till\n"
    "LSS-1;20000131-2388;Personlig assistans;559990-0197;40;Vecka;2025-01-01;\n"
    "LSS-2;20000229-2399;Personlig assistans;559990-0197;20;Vecka;2025-01-01;2026-02-01\n"
    "LSS-3;19860511-2385;Personlig assistans;559990-0296;20;Vecka;2025-01-01;\n"
)
PAYMENTS = (
    "Utbetalning;Mottagarens organisationsnummer;Belopp (kr);Betaldag;Status;Brukare;Beslut;Avser månad\n"
    "U-1;559990-0197;100,00;2026-01-20;Betald;20000131-2388;LSS-1;2026-01-01\n"
    "U-2;559990-0197;200,50;2026-02-20;Betald;20000131-2388;LSS-1;2026-02-01\n"
    "U-3;559990-0296;300,00;2026-02-20;Betald;19860511-2385;LSS-3;2026-02-01\n"
)
LETTER = {
    "support": "Personlig assistans", "change_how": "Ring oss.", "social_insurance": "without",
    "has_representative": "none", "contact": "08-000 00 00",
}  # fmt: skip


@pytest.fixture
def measure(city, installation):
    """Norr uses Björken, and has been told of a revocation from the 15th of February."""
    norr = Board.objects.get(slug="norr")
    deliver(city["Klas"], name="beslut.csv", text=DECISIONS)
    deliver(city["Klas"], name="utbetalningar.csv", text=PAYMENTS)
    work_off()
    assert [one.delivery["status"] for one in Upload.objects.all()] == ["accepted", "accepted"]
    provider = Provider.objects.get(number=BJORKEN)
    Provider.objects.filter(pk=provider.pk).update(name="Björken AB", service_areas=["personal_assistance"])
    provider.refresh_from_db()
    Use.objects.get_or_create(provider=provider, board=norr, until=None, defaults={"since": DAY})
    Contract.objects.create(provider=provider, board=norr, service_area="personal_assistance", valid_from=DAY)
    syd = Board.objects.get(slug="syd")
    Contract.objects.create(provider=provider, board=syd, service_area="personal_assistance", valid_from=DAY)
    watch_permits(now=NOW)
    notice = register_notice(
        provider, service="personal_assistance", kind="revoked", decided_on=date(2026, 2, 15), medium="letter",
        applies_from=date(2026, 2, 15), received_on=DAY, board=norr, by=as_viewer(city["Nils"]), now=NOW,
    )  # fmt: skip
    take_notice(notice.pk, now=NOW)
    follow_check(PermitCheck.objects.get(provider=provider).number, now=NOW)
    return Case.objects.get(process="permit_measure")


def test_it_lists_the_boards_own_decisions_payments_and_contracts(measure):
    """M068, M118: in force that day, of that provider, paid for that month or later; nothing of another board."""
    with within([measure.board_id]):
        found = affected(measure, DAY)
    assert [(one.decision, one.told_on, one.paid_until) for one in found.decisions] == [("LSS-1", None, None)]
    assert [(one.payment, one.amount_ore) for one in found.payments] == [("U-2", 20050)]
    assert (found.total_ore, [one.board.slug for one in found.contracts], found.protected) == (20050, ["norr"], 0)
    assert (found.since, found.grace) == (date(2026, 2, 15), 14)


def test_the_two_weeks_run_from_the_day_that_very_person_was_told(city, measure):
    """9 d § LSS: not from IVO's decision, and not before the letter is sent."""
    client = affected(measure, DAY).decisions[0].client
    give(measure, city["Hanna"], now=NOW)
    hanna = as_viewer(city["Hanna"])
    version = Case.objects.get(pk=measure.pk).version
    take_step(measure, "letter", by=hanna, now=NOW, version=version, given={"client": client})
    paper = Document.objects.get(matter=measure)
    unsent = affected(measure, DAY).decisions[0]
    assert (unsent.letter, unsent.told_on, unsent.paid_until) == (paper.number, None, None)
    fill_in(paper, by=hanna, now=NOW, times=paper.times, given=LETTER, recipient="Den enskilde")
    paper.refresh_from_db()
    register_dispatch(
        paper, by=hanna, now=NOW, times=paper.times, recipient="party", channel="letter", sent_at=NOW, kind="word"
    )
    sent = affected(measure, DAY).decisions[0]
    assert (sent.told_on, sent.paid_until) == (DAY, DAY + timedelta(days=14))


def test_a_withdrawn_file_says_nothing(measure):
    Upload.objects.filter(name="utbetalningar.csv").update(withdrawn_at=NOW)
    assert affected(measure, DAY).payments == []
