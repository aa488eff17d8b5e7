"""Increased attention forces the extra check list before something is approved or closed, and stops nothing itself."""

from datetime import timedelta

import pytest

from tests.web.matters import answer_all, bill, make, mark
from tests.web.payments import batch, ready
from tests.web.people import DAY, NOW, as_viewer
from tests.web.reports import make_report, settlement
from tillit.web.actions.checklist import Given, answer_checklist, begin_checklist
from tillit.web.actions.refusal import HeldBackError, NotForYouError
from tillit.web.actions.step import take_step
from tillit.web.models import Matter, Signal
from tillit.web.queries.checklist import points
from tillit.web.queries.signal import marks
from tillit.web.rules.attention import extra_checks_are_done
from tillit.web.rules.content import catalogue
from tillit.web.rules.guards import Asked

PROVIDER, LIST = "5569999999", "CL22"
LATER = NOW + timedelta(hours=1)


def of_finding(cast):
    finding = make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-1", state="assessed")
    return finding, "close", "Klas", {"reason": "Stämmer"}


def of_invoice(cast):
    invoice = make(catalogue().processes["invoice"], now=NOW, number="NORR-FA-2026-1", state="confirmed")
    bill(invoice, cast, {"confirmed_by": "Hanna"}, now=NOW)
    return invoice, "attest", "Tyra", {}


def of_time_report(cast):
    report = make_report(now=NOW, number="NORR-T-2026-1", state="settled")
    settlement(report, 100, by=cast["Fredrik"], at=NOW)
    return Matter.objects.get(pk=report.pk), "attest", "Tyra", {}


def of_payment(cast):
    made = batch(now=NOW, made_by=cast["Fredrik"], report=ready(by=cast["Klas"], at=NOW))
    return made, "attest", "Tyra", {}


def shown_to(matter, viewer):
    stand, ever_marked = marks(matter, viewer)
    return points(matter, stand, ever_marked=ever_marked)


def asked(matter, viewer, **given):
    return extra_checks_are_done(
        Asked(matter, "x", viewer, given, number=lambda _id: 1, readable=Matter.objects.all(), content=catalogue())
    )


@pytest.mark.parametrize("handled", [of_finding, of_invoice, of_time_report, of_payment])
def test_what_a_marked_provider_is_paid_or_asked_for_waits_for_the_list_or_for_a_reason(city, handled):
    """M009: with mark, reason and expiry, a finding, invoice, time report and payment demand the extra list first."""
    matter, step, name, given = handled(city)
    person = as_viewer(city[name])
    assert asked(matter, person) is None
    mark(PROVIDER, board="syd")
    why = asked(matter, person)
    assert why == (
        "Norrviks Assistans AB har ökad uppmärksamhet till och med 2027-03-02: IVO fick en anmälan den 2026-03-02. "
        "Besvara ”Extra kontroller vid ökad uppmärksamhet” under Kontrollpunkter, eller skriv varför den inte besvaras."
    )
    assert asked(matter, person, checks_not_made="Raderna är kontrollerade i fyndet") is None
    with pytest.raises(HeldBackError, match=why[:60]) if handled is not of_payment else pytest.raises(HeldBackError):
        take_step(matter, step, by=person, now=NOW, version=matter.version, given=given)
    with pytest.raises(NotForYouError):
        begin_checklist(matter, LIST, by=as_viewer(city["Bo"]), now=NOW)
    run = begin_checklist(matter, LIST, by=person, now=NOW)
    assert asked(matter, person) == why  # begun is not answered
    answer_checklist(run, {one: Given("yes", "handlingen") for one in run.asked}, by=person, now=NOW)
    assert asked(matter, person) is None


def test_the_list_is_asked_for_only_while_the_mark_stands_and_anew_for_a_new_mark(city):
    finding, _step, _name, _given = of_finding(city)
    klas = as_viewer(city["Klas"])
    assert shown_to(finding, klas) is None
    first = mark(PROVIDER, board="syd")
    shown = shown_to(finding, klas)
    assert ([one.id for one in shown.now], shown.other) == ([LIST], [])
    answer_all(finding, LIST, by=klas, now=NOW)
    assert shown_to(finding, klas).now == []
    Signal.objects.filter(pk=first.pk).update(ended_at=LATER, ended_as="cleared")
    shown = shown_to(finding, klas)
    assert (len(shown.begun), shown.now, asked(finding, klas)) == (1, [], None)
    mark(PROVIDER, board="syd", number="SYD-D-2026-901", shared_at=LATER)
    assert [one.id for one in shown_to(finding, klas).now] == [LIST]
    assert asked(finding, klas) is not None
    assert asked(finding, as_viewer(city["Klas"], NOW + timedelta(days=366))) is None  # past its last day


def test_the_answer_in_every_report_that_a_file_pays_is_enough_for_the_file(city):
    report = ready(by=city["Klas"], at=NOW)
    made, tyra = batch(now=NOW, made_by=city["Fredrik"], report=report), as_viewer(city["Tyra"])
    mark(PROVIDER, board="syd")
    assert asked(made, tyra) is not None
    answer_all(report, LIST, by=as_viewer(city["Fredrik"]), now=NOW)
    assert asked(made, tyra) is None
    mark(PROVIDER, board="syd", number="SYD-D-2026-901", shared_at=LATER)
    assert asked(made, tyra) is not None


def test_a_mark_on_another_provider_asks_for_nothing(city):
    finding, _step, _name, _given = of_finding(city)
    mark("5599990008", board="syd", day=DAY)
    assert asked(finding, as_viewer(city["Klas"])) is None
