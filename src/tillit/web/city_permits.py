"""What the made-up city's boards have asked IVO about permits, what IVO has said, and a permit that is no more."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from tillit.demo import organisation_number
from tillit.web.actions.permit import ask_ivo
from tillit.web.actions.permit_answer import register_typed
from tillit.web.actions.permit_notice import register_notice
from tillit.web.actions.permit_watch import watch_permits
from tillit.web.city_records import Hands
from tillit.web.jobs import work
from tillit.web.models import Board, Case, Provider, User
from tillit.web.queries.permit import can_be_answered
from tillit.web.rules.scope import within, within_all

LUNDEN = organisation_number("55999002")
REVOKED = date(2026, 4, 13)
"""Within the months that are delivered, so that the lists hold what they would hold."""


def make_permits(people: Mapping[str, User], now: datetime) -> None:
    """Klas asks about all, most answers come, one by telephone; and IVO writes that one permit is revoked."""
    norr = Board.objects.get(slug="norr")
    hands = Hands(people, now, norr)
    with within_all():
        watch_permits(now=now - timedelta(days=4.6))
    with within([norr.pk]):
        klas = hands.by("Klas", 4.5)
        inquiry = ask_ivo([], board=norr, by=klas, now=klas.now)
        hands.take(inquiry, "send", "Nils", 4, sent_on=hands.day(4), channel="mail")
        _answer(hands, "valid", "mail", leave=3)
        _answer(hands, "valid", "phone", leave=2)
        nils = hands.by("Nils", 0.8)
        register_notice(
            Provider.objects.get(number=LUNDEN), service="personal_assistance", kind="revoked",
            decided_on=REVOKED, applies_from=REVOKED,
            received_on=nils.day, medium="letter", board=norr, by=nils, now=nils.now,
        )  # fmt: skip
    work(once=True, clock=lambda: hands.by("Nils", 0.7).now)
    with within([norr.pk]):
        _propose_hold(hands)


def _answer(hands: Hands, answer: str, medium: str, *, leave: int) -> None:
    """Answers to those that wait, but for the last ones."""
    klas = hands.by("Klas", 2)
    waiting = [one for one in can_be_answered(klas) if one.fields["provider"] != LUNDEN]
    chosen = waiting[: max(len(waiting) - leave, 0)]
    said = {"answer": answer, "answered_on": klas.day.isoformat(), "medium": medium}
    register_typed({one.number: said for one in chosen}, by=klas, now=klas.now)


def _propose_hold(hands: Hands) -> None:
    """Someone proposes to hold a payment, and a manager has not yet agreed: nothing is held."""
    measure = Case.objects.get(process="permit_measure", board=hands.board)
    hands.take(
        measure, "hold", "Klas", 0.6, hold_reason="Månadens ersättning, tills det är klart vilka dagar som ersätts.",
        review_on=hands.day(-10), hearing_exception="harder",
    )  # fmt: skip
