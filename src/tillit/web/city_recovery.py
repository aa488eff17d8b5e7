"""What the made-up city has told another authority and claims back, done by the same actions as people do it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tillit.web.actions.dispatch import register_dispatch
from tillit.web.actions.document import fill_in
from tillit.web.actions.matter import open_case
from tillit.web.actions.notification import answer_aid
from tillit.web.actions.recovery import MonthGiven, record_repayment, set_months
from tillit.web.models import Board, Case, Document, Matter
from tillit.web.rules.viewer import viewer_of

if TYPE_CHECKING:
    from tillit.web.city import City

Take = Callable[..., None]
"""Takes a step as someone does, a second person agreeing where one is named (city.py)."""

REPLIES = {"decided_elsewhere": "yes", "reason_to_assume": "yes", "already_known": "no", "special_reasons": "no"}


def notify(city: "City", board: Board, about: Case, take: Take) -> None:
    """A notice to the Social Insurance Agency, sent, that waits for what came of it."""
    at = city.ago(1.3)
    _said, case = answer_aid(
        "wrong_benefit",
        by=viewer_of(city.people["Asta"], at),
        now=at,
        board=board,
        replies=REPLIES,
        authority="fk",
        about=Matter.objects.get(pk=about.pk),
    )
    assert case is not None
    written = {
        "duty": "wrong_benefit",
        "authority": "fk",
        "whom": "person",
        "benefit": "assistance",
        "may_be_wrong": "amount",
        "period": "Januari 2026",
        "facts": "Två tidrapporter för januari har samma assistent under samma timmar. Vi såg det i en kontroll.",
        "person_told": "may_harm",
        "protected_data": "not_protected",
        "own_measures": ["investigation"],
    }
    take(city, case, "write", "Asta", at, written)
    sent = {"sent_on": at.date().isoformat(), "channel": "service", "person_written": True, "receipt": "FK 2026-117"}
    take(city, case, "send", "Asta", city.ago(1.2), sent)


def claim_back(city: "City", board: Board, take: Take) -> None:
    """Two claims: one in which the party is being heard, one decided, with a plan of which one part is paid."""
    heard = _calculated(city, board, "amounts", 12, take)
    take(city, heard, "hear", "Asta", city.ago(11), _letter(city, city.now + timedelta(days=10)))
    _sent(city, heard, 11)
    decided = _calculated(city, board, "hours", 60, take)
    take(city, decided, "hear", "Asta", city.ago(58), _letter(city, city.ago(40)))
    _sent(city, decided, 58)
    take(city, decided, "no_answer", "Asta", city.ago(39), {})
    why = {
        "reasons": "Rapporterna har fler timmar än de som utfördes. Det framgår av schemat och av anordnarens svar.",
        "answer_weighed": "Inget svar kom.",
    }
    take(city, decided, "decide", "Asta", city.ago(38), why, "Cilla")
    served = {"served_on": city.ago(37).date().isoformat(), "pay_by": city.ago(7).date().isoformat()}
    take(city, decided, "serve", "Asta", city.ago(37), served | {"appeal_told": True})
    plan = {"monthly": 500_000, "first_due": city.ago(3).date().isoformat()}
    take(city, decided, "agree_plan", "Asta", city.ago(20), plan)
    at, matter = city.ago(3), Matter.objects.get(pk=decided.pk)
    by = viewer_of(city.people["Asta"], at)
    record_repayment(matter, by=by, now=at, paid_on=at.date(), ore=500_000)


def _calculated(city: "City", board: Board, basis: str, days: int, take: Take) -> Case:
    at = city.ago(days)
    by = viewer_of(city.people["Asta"], at)
    case = open_case("recovery", by=by, now=at, board=board, given={"origin": "investigation"})
    ground = {"ground": "lss_12_caused", "debtor": "client", "granted_on": "2025-02-01", "basis": basis}
    take(city, case, "calculate", "Asta", at, ground)
    paid = (9_600, 7_500) if basis == "hours" else (2_400_000, 1_850_000)
    months = [MonthGiven(date(2025, month, 1), date(2025, month, 25), *paid) for month in (9, 10)]
    matter = Matter.objects.get(pk=case.pk)
    set_months(matter, months, by=by, now=at, version=matter.version)
    return case


def _sent(city: "City", case: Case, days: int) -> None:
    asta = viewer_of(city.people["Asta"], city.ago(days))
    letter = Document.objects.get(matter=case.pk, document="hearing_letter")
    given = {
        "enclosures": "Uträkningen, månad för månad",
        "may_lead_to": ["recovery", "nothing"],
        "has_representative": "none",
        "contact": "Norra stadsdelsnämndens växel",
    }
    fill_in(letter, by=asta, now=asta.now, times=letter.times, given=given)
    letter = Document.objects.get(pk=letter.pk)
    register_dispatch(
        letter, by=asta, now=asta.now, times=letter.times, recipient="party", channel="registered", sent_at=asta.now,
        kind="word",
    )  # fmt: skip


def _letter(city: "City", answer_by: Any) -> dict[str, Any]:
    return {
        "has_representative": "none",
        "heard_party": "client",
        "hearing_channel": "registered",
        "hearing_subject": "Ersättningen för september och oktober 2025, räknad månad för månad.",
        "answer_by": answer_by.date().isoformat(),
    }
