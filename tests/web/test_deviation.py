"""A deviation at a provider: facts of the operation alone, seen where the provider is used, gone where it was none."""

from datetime import timedelta

import pytest

from tests.web.matters import give, make
from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.clearance import PersonalDataError
from tillit.web.actions.matter import open_case
from tillit.web.actions.note import write_contact
from tillit.web.actions.refusal import HeldBackError, NotYourStepError
from tillit.web.actions.step import take_step
from tillit.web.models import Board, Case, Deviation, Matter, Provider, StepTaken, Use
from tillit.web.queries.course import rests_on
from tillit.web.queries.deviation import deviations_of
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.scope import within

NUMBER = "5569999999"
FACTS = {"provider": NUMBER, "area": "home_care", "kind": "reporting", "facts": "Fakturorna har fler besök än beställt"}
DEMAND = {
    "term": "Avtalet punkt 7", "demand": "Kreditera besöken", "heard_party": "provider", "hearing_channel": "secure",
    "answer_by": "2026-03-20", "remedy_by": "2026-04-02",
}  # fmt: skip


@pytest.fixture
def provider(city):
    found = Provider.objects.create(number=NUMBER, name="Anordnaren AB")
    for board in Board.objects.all():
        Use.objects.create(provider=found, board=board, since=DAY - timedelta(days=100))
    return found


def report(city, by="Klas", **facts):
    norr = Board.objects.get(slug="norr")
    return open_case("provider_deviation", by=as_viewer(city[by]), now=NOW, board=norr, given={**FACTS, **facts})


def take(city, matter, step, by="Klas", now=NOW, **given):
    matter = Matter.objects.get(pk=matter.pk)
    return take_step(matter, step, by=as_viewer(city[by], now), now=now, version=matter.version, given=given)


def seen(city, provider, name, now=NOW):
    viewer = as_viewer(city[name], now)
    with within(viewer.boards()):
        return [(one.kind, one.state) for one in deviations_of(provider, viewer)]


def test_a_deviation_raised_from_a_finding_holds_the_operation_and_nothing_that_leads_back(city, provider):
    """M256: the key lies on the finding's side, and only one who may read the finding can follow it."""
    process = catalogue().processes["finding"]
    finding = make(
        process, now=NOW, number="NORR-F-2026-1", state="assessed", client_code="0000-0000-0000K", protected=True
    )
    give(finding, city["Cilla"], now=NOW, special=True)
    told = {"operation_facts": "Timpriset är högre än i avtalet", "deviation_area": "home_care"}
    taken = take(city, finding, "to_supplier", "Cilla", **told, deviation_kind="reporting")
    case = Case.objects.get(process="provider_deviation")
    assert (case.zone, case.provider_number, case.protected, case.findings.count()) == ("provider", NUMBER, False, 0)
    assert case.fields == {
        "provider": NUMBER, "area": "home_care", "kind": "reporting", "facts": "Timpriset är högre än i avtalet"
    }  # fmt: skip
    assert StepTaken.objects.get(opened=case) == taken
    assert [one.number for one in rests_on(case, as_viewer(city["Cilla"])).opened_from] == ["NORR-F-2026-1"]
    for name in ("Klas", "Hanna", "Jonna"):
        assert readable(Matter, as_viewer(city[name])).filter(pk=case.pk).exists()
        assert rests_on(case, as_viewer(city[name])).opened_from == []


@pytest.mark.parametrize("name", ["Hanna", "Cilla", "Mats", "Klas", "Jonna", "Rut"])
def test_every_unit_of_the_board_that_works_with_providers_reads_it(city, provider, name):
    """M254: what one has seen does not stay with one."""
    case = report(city)
    assert readable(Matter, as_viewer(city[name])).filter(pk=case.pk).exists()


@pytest.mark.parametrize("name", ["Elin", "Asta", "Doris"])
def test_those_who_do_not_work_with_providers_do_not(city, provider, name):
    case = report(city)
    assert not readable(Matter, as_viewer(city[name])).filter(pk=case.pk).exists()


def test_another_board_sees_that_it_is_there_once_a_person_has_demanded_remedy(city, provider):
    case = report(city)
    assert seen(city, provider, "Bo") == []
    take(city, case, "demand", **DEMAND)
    assert seen(city, provider, "Bo") == [("reporting", "hearing")]
    assert seen(city, provider, "Klas") == []  # a matter of the own board, which is listed as such
    one = Deviation.objects.get()
    texts = [getattr(one, field.name) for field in Deviation._meta.fields if field.name != "number"]
    assert not any("besök" in str(text) for text in texts)


def test_a_board_that_does_not_use_the_provider_sees_nothing(city, provider):
    take(city, report(city), "demand", **DEMAND)
    Use.objects.filter(board__slug="syd").update(until=DAY - timedelta(days=1))
    assert seen(city, provider, "Bo") == []


def test_what_was_no_deviation_is_gone_everywhere_the_same_moment(city, provider):
    case = report(city)
    take(city, case, "demand", **DEMAND)
    take(city, case, "reject", "Cilla", reason="Besöken var beställda muntligt")
    assert seen(city, provider, "Bo") == []
    assert Deviation.objects.count() == 0


def test_the_providers_answer_and_a_correction_go_with_it(city, provider):
    """M290: the reply is attached where the deviation is shown, and what was wrong is put right there too."""
    case = report(city)
    take(city, case, "demand", **DEMAND)
    take(city, case, "answer", answered_on="2026-03-02", answer="Det är krediterat")
    take(city, case, "correct", "Cilla", correction="Det gällde en månad, inte två", kind="other")
    one = Deviation.objects.get()
    assert (one.answer, one.correction, one.kind, one.state) == (
        "Det är krediterat", "Det gällde en månad, inte två", "other", "answered",
    )  # fmt: skip


def test_what_is_remedied_is_shown_as_that_and_only_for_a_time(city, provider):
    """M252: time to remedy, follow-up and its result."""
    case = report(city)
    take(city, case, "demand", **DEMAND)
    assert Case.objects.get(pk=case.pk).due_on.isoformat() == "2026-03-20"
    take(city, case, "answer", answered_on="2026-03-02", answer="Krediterat")
    assert Case.objects.get(pk=case.pk).due_on.isoformat() == "2026-04-02"
    take(city, case, "remedied", followed_on="2026-03-02", follow_up="Kreditfakturan har kommit")
    assert seen(city, provider, "Bo") == [("reporting", "remedied")]
    assert seen(city, provider, "Bo", NOW + timedelta(days=180)) == [("reporting", "remedied")]
    assert seen(city, provider, "Bo", NOW + timedelta(days=181)) == []


def test_a_sole_traders_deviation_stays_at_the_board(city, provider):
    Provider.objects.filter(pk=provider.pk).update(is_person=True)
    take(city, report(city), "demand", **DEMAND)
    assert Deviation.objects.count() == 0


def test_a_text_that_may_lead_to_a_person_opens_nothing_until_a_person_has_said_why_it_stands(city, provider):
    with pytest.raises(PersonalDataError) as told:
        report(city, facts="Ring anhörig på 070-174 06 05")
    assert Case.objects.filter(process="provider_deviation").count() == 0
    clears = {one.hit.key: "Anordnarens växel" for one in told.value.open}
    norr, by = Board.objects.get(slug="norr"), as_viewer(city["Klas"])
    given = {**FACTS, "facts": "Ring anhörig på 070-174 06 05"}
    assert open_case("provider_deviation", by=by, now=NOW, board=norr, given=given, clears=clears).state == "reported"


def test_nobody_opens_one_about_a_provider_that_is_not_known_or_without_the_role(city, provider):
    with pytest.raises(HeldBackError, match="ingen anordnare med det numret"):
        report(city, provider="5599900197")
    for name in ("Elin", "Asta", "Bo"):
        with pytest.raises(NotYourStepError):
            report(city, name)


def test_silence_about_a_demand_counts_from_when_the_contacts_say_that_it_was_sent(city, provider):
    """No letter of ours belongs to a demand: how and when it was sent is written among the contacts."""
    case, late = report(city), NOW + timedelta(days=200)
    take(city, case, "demand", **DEMAND)
    with pytest.raises(HeldBackError, match="Skriv först i kontakterna"):
        take(city, case, "no_answer", now=late)
    told = {"text": "Krav på rättelse skickat", "happened_at": NOW, "contact_with": "provider", "channel": "letter"}
    write_contact(case, by=as_viewer(city["Klas"]), now=NOW, **told)
    take(city, case, "no_answer", now=late)
    case.refresh_from_db()
    assert case.state == "answered"
