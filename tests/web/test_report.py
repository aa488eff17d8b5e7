"""Reports to IVO and the police: several from one finding, each with its own ground and outcome, asked for in time."""

from datetime import date

import pytest

from tests.web.matters import make
from tests.web.people import NOW, as_viewer
from tests.web.test_signal import NORRVIK, press
from tillit.web.actions.refusal import HeldBackError
from tillit.web.actions.step import take_step
from tillit.web.models import Case, Finding, Matter, StepTaken
from tillit.web.queries.work import my_work
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError

WRITTEN = {
    "legal_basis": "lss_15_11_suitability", "target": "provider", "provider": NORRVIK,
    "provider_name": "Norrviks Assistans AB", "reasons": ["hours"], "facts": "Handling 1",
    "assessment": "Rapporterna stämmer inte", "individuals": "none",
}  # fmt: skip


def test_one_finding_gives_several_reports_and_stands_where_it_stood(city):
    """M115, M180: each report is a matter of its own, with its own number, ground and outcome."""
    finding = make(catalogue().processes["finding"], now=NOW, number="NORR-F-1", state="assessed")
    for _ in range(2):
        press(city, finding, "report_to_ivo", "Klas")
    reports = Case.objects.filter(process="ivo_report").order_by("pk")
    assert [one.number for one in reports] == ["NORR-IV-2026-1", "NORR-IV-2026-2"]
    assert Finding.objects.get(pk=finding.pk).state == "assessed"
    for one, ground in zip(reports, ("lss_15_11_suitability", "sol_27_7_deficiency"), strict=True):
        press(city, one, "write", "Cilla", **WRITTEN | {"legal_basis": ground})
    assert [Matter.objects.get(pk=one.pk).fields["legal_basis"] for one in reports] == [
        "lss_15_11_suitability", "sol_27_7_deficiency",
    ]  # fmt: skip


def test_one_finding_is_told_to_ivo_the_police_the_payer_and_the_tax_agency_each_by_itself(city):
    """M180: four matters, each with its own basis, content, state and outcome, that know nothing of each other."""
    finding = make(catalogue().processes["finding"], now=NOW, number="NORR-F-1", state="assessed")
    press(city, finding, "report_to_ivo", "Klas")
    press(city, finding, "report_to_police", "Cilla")
    press(city, finding, "notify_population", "Cilla")
    press(city, finding, "notify", "Cilla", authority="fk", duty="wrong_benefit")
    press(city, finding, "report_to_ivo", "Cilla")
    opened = [one.process for one in Case.objects.order_by("pk")]
    assert opened == ["ivo_report", "police_report", "population_notice", "notification", "ivo_report"]
    assert Finding.objects.get(pk=finding.pk).state == "notified"
    processes = [catalogue().processes[name] for name in dict.fromkeys(opened)]
    assert all(len(one.law) > 0 for one in processes)
    assert len({one.law[0].sfs for one in processes if one.process != "ivo_report"}) == 3
    taken = StepTaken.objects.filter(matter=finding, opened__isnull=False).values_list("opened__number", flat=True)
    assert len(set(taken)) == 5


def test_the_key_lies_with_the_finding_and_never_with_what_others_see(city):
    """IS3: from the report to the signal one way leads, for those who read the report."""
    fields = {**WRITTEN, "sent_on": "2026-03-02"}
    case = make(catalogue().processes["ivo_report"], now=NOW, number="NORR-IV-1", state="sent", fields=fields)
    press(city, case, "report_centrally", "Cilla", certified=True)
    signal = StepTaken.objects.get(matter=case).opened
    assert (signal.findings.count(), "NORR-IV-1" in f"{signal.fields}{signal.title}") == (0, False)
    assert set(signal.fields) == {
        "reported_to", "legal_basis", "reported_on", "target", "provider", "provider_name", "reasons", "certified",
    }  # fmt: skip


def test_what_it_led_to_is_asked_every_sixty_days(city):
    """M018: due in sixty days, and again from the day when there was no answer yet; a row of its own in my work."""
    fields = {**WRITTEN, "sent_on": "2026-03-02"}
    case = make(catalogue().processes["ivo_report"], now=NOW, number="NORR-IV-1", state="sent", fields=fields)
    press(city, case, "report_centrally", "Rut", certified=True)
    assert Matter.objects.get(pk=case.pk).due_on == date(2026, 5, 1)
    assert case.pk in my_work(as_viewer(city["Rut"])).later.values_list("pk", flat=True)
    later = NOW.replace(month=5)
    press(city, case, "no_answer_yet", "Rut", now=later, reason="IVO handlägger")
    assert Matter.objects.get(pk=case.pk).due_on == date(2026, 7, 1)


def test_a_report_to_the_police_says_whom_it_is_about_and_what_it_concerns(city):
    """M024: provider, individual or someone close, always; and benefits, grants and procurement are kept apart."""
    fields = catalogue().processes["police_report"].fields
    assert list(fields["target"].one_of) == [
        "provider",
        "service_company",
        "coordinator",
        "individual",
        "representative",
    ]
    assert list(fields["concerns"].one_of) == ["benefit", "grant", "procurement", "other"]
    assert {"target", "concerns"} <= set(catalogue().processes["police_report"].steps["write"].asks)
    case = make(catalogue().processes["police_report"], now=NOW, number="NORR-P-1")
    with pytest.raises(WrongValueError, match="Vad gäller anmälan"):
        take_step(case, "write", by=as_viewer(city["Cilla"]), now=NOW, version=1, given={})


def test_a_ground_for_the_police_is_none_for_ivo(city):
    """M002."""
    fields = {**WRITTEN, "legal_basis": "benefit_crime_6"}
    case = make(catalogue().processes["ivo_report"], now=NOW, number="NORR-IV-1", state="ready", fields=fields)
    sent = {"channel": "portal", "sent_on": "2026-03-02", "registry_number": "SN 1"}
    with pytest.raises(HeldBackError, match="hör inte till"):
        press(city, case, "send", "Cilla", **sent)
