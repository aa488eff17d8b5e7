"""What the made-up city's boards have told each other of providers: one shared, one cleared, one counted, one new."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tillit.demo import organisation_number
from tillit.web.actions.form_link import make_link, report_by_link
from tillit.web.actions.stand_link import answer_by_link
from tillit.web.city_records import Hands
from tillit.web.models import Board, Case, StandLink, User

LUNDEN = {"provider": organisation_number("55999002"), "provider_name": "Omsorg i Lunden AB"}
LÄTTNAD = {"provider": organisation_number("55999008"), "provider_name": "Lättnad i Vardagen AB"}
RUM = {"provider": organisation_number("55999007"), "provider_name": "Trygga Rum i Lillköping AB"}
TO_IVO = {"reported_to": "ivo", "legal_basis": "lss_15_11_suitability", "target": "provider", "certified": True}


def make_signals(people: Mapping[str, User], now: datetime) -> None:
    """Every board is in scope: Järva reports by link, Norr and Syd take their stands, and Sara and Siri coordinate."""
    boards = {board.slug: board for board in Board.objects.all()}
    hands = Hands(people, now, boards["norr"])
    _shared(hands, boards["jarva"])
    _cleared(hands)
    _report(
        hands, "Rut", 4, reported_to="police", legal_basis="benefit_crime_6", target="individual", reasons=["hours"]
    )
    _report(hands, "Rut", 0.2, **TO_IVO, **RUM, reasons=["quality"])


def _shared(hands: Hands, jarva: Board) -> None:
    sara = hands.by("Sara", 9)
    link = make_link(jarva, by=sara, now=sara.now)
    given = {**TO_IVO, **LUNDEN, "reported_on": hands.day(10), "reasons": ["hours", "insight"]}
    report_by_link(link, given=given, now=hands.by("Sara", 8).now)
    signal = Case.objects.get(process="signal", board=jarva, closed_at=None)
    _share(hands, signal, 7)
    asked = Case.objects.filter(process="stand", fields__signal=signal.number).select_related("board")
    stands = {one.board.slug: one for one in asked}
    hands.take(
        stands["norr"], "look_deeper", "Rut", 2, controls=["compare_hours", "ask_schedule"],
        stand_reason="Vi anlitar anordnaren och granskar tre månader.",
    )  # fmt: skip
    hands.take(stands["syd"], "not_deeper", "Bo", 1, stand_reason="Vi granskade anordnaren i mars, utan avvikelse.")


def _cleared(hands: Hands) -> None:
    signal = _report(hands, "Rut", 90, **TO_IVO, **LÄTTNAD, reasons=["staff"])
    _share(hands, signal, 89)
    asked = StandLink.objects.get(matter__fields__signal=signal.number)
    answered = hands.by("Sara", 88).now
    answer_by_link(
        asked, "not_deeper", given={"stand_reason": "Vi anlitade anordnaren till och med i fjol."}, now=answered
    )
    hands.take(signal, "prepare_clearing", "Rut", 5, outcome="no_action", outcome_on=hands.day(5))
    hands.take(signal, "clear", "Siri", 4, "Sara")


def _report(hands: Hands, who: str, days: float, **given: Any) -> Case:
    return hands.open("signal", who, days, "", **{"certified": True, "reported_on": hands.day(days + 1), **given})


def _share(hands: Hands, signal: Case, days: float) -> None:
    # Weighed with a lawyer: what is delivered at Norr shows few clients behind the provider.
    weighed = {"traceless": True, "few_reason": "Anledningen gäller ledningen och inte någon brukare."}
    if signal.board.slug == "norr":
        hands.take(signal, "check_few", "Sara", days, "Jonna", **weighed)
    else:
        hands.take(signal, "check", "Sara", days, traceless=True)
    hands.take(signal, "share", "Sara", days, "Siri", traceless=True)
