"""Signals: shared by two, asked of every board, cleared everywhere at once; and nothing about a person, by any way."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.web.matters import make, mark
from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.matter import open_case
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.signal_watch import watch
from tillit.web.actions.step import WrongStepError, agree, take_as_system, take_step
from tillit.web.models import Board, Case, Finding, Grant, Matter, Notice, Signal, StepTaken, Told, User
from tillit.web.queries.matter import readable, visible
from tillit.web.queries.signal import item, open_items, own_stands, watched
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import may_enter
from tillit.web.rules.fields import WrongValueError
from tillit.web.rules.scope import within
from tillit.web.rules.standing import is_marked, standing

NORRVIK = "5599990008"
REPORT = {
    "reported_to": "ivo", "legal_basis": "lss_15_11_suitability", "reported_on": "2026-03-01", "target": "provider",
    "provider": NORRVIK, "provider_name": "Norrviks Assistans AB", "reasons": ["hours"], "certified": True,
}  # fmt: skip
PERSON = {
    "reported_to": "police", "legal_basis": "benefit_crime_6", "reported_on": "2026-03-01", "target": "individual",
    "reasons": ["hours"], "certified": True,
}  # fmt: skip


def report(city, *, by="Rut", board="norr", now=NOW, **more):
    given = {**REPORT, **more}
    return open_case(
        "signal", by=as_viewer(city[by], now), now=now, board=Board.objects.get(slug=board),
        given={name: value for name, value in given.items() if value is not None},
    )  # fmt: skip


def press(city, matter, step, by, second="", now=NOW, **given):
    found = Matter.objects.get(pk=matter.pk)
    done = take_step(found, step, by=as_viewer(city[by], now), now=now, version=found.version, given=given)
    if second:
        agree(done, by=as_viewer(city[second], now), now=now)
    return Matter.objects.get(pk=matter.pk)


def shared(city, now=NOW, **more):
    signal = report(city, now=now, **more)
    press(city, signal, "check", "Sara", now=now, traceless=True)
    return press(city, signal, "share", "Sara", "Siri", now=now, traceless=True)


def cleared(city, signal, now=NOW):
    press(city, signal, "prepare_clearing", "Rut", now=now, outcome="no_action", outcome_on="2026-03-02")
    return press(city, signal, "clear", "Siri", "Sara", now=now)


def stand(board="syd"):
    return Case.objects.get(process="stand", board__slug=board)


def test_it_is_shared_with_every_board_as_a_copy_of_a_few_facts(city):
    """M007, M008, M014: another board gets which provider, when, why, whom to ask and until when; nothing else."""
    Board.objects.filter(slug="norr").update(mailbox="norr@kommun.example")
    signal = shared(city)
    row = Signal.objects.get()
    assert (row.number, row.provider_number, row.target, row.reasons) == (signal.number, NORRVIK, "provider", ["hours"])
    assert (row.reported_to, row.reported_on, row.expires_on) == ("ivo", date(2026, 3, 1), date(2027, 3, 2))
    assert stand().fields == {
        "signal": signal.number, "reported_to": "ivo", "reported_on": "2026-03-01", "target": "provider",
        "provider": NORRVIK, "provider_name": "Norrviks Assistans AB", "reasons": ["hours"],
        "contact": "norr@kommun.example", "expires_on": "2027-03-02",
    }  # fmt: skip
    assert not Case.objects.filter(process="stand", board__slug="norr").exists()


def test_the_board_that_reported_is_told_what_was_decided(city):
    """P07: its commissioning manager and control function, not the coordinators alone; another board keeps its mark."""
    signal = shared(city)
    before = set(Notice.objects.values_list("pk", flat=True))
    press(city, signal, "confirm", "Sara", "Siri", confirmed_as="revoked", outcome_on="2026-03-02")
    told = Notice.objects.exclude(pk__in=before).filter(what="step.confirm")
    assert {one.user.name for one in told} >= {"Rut", "Klas", "Siri"}
    assert not told.filter(user__name="Bo").exists()
    assert {one.board.slug for one in Told.objects.filter(what="confirmed")} == {"norr"}


def test_a_commissioning_manager_of_another_board_sees_the_copy_and_never_the_report(city):
    """M010: the stand is the board's own, due in ten working days; what Norr wrote is not there for Syd."""
    signal = shared(city)
    bo, rut = as_viewer(city["Bo"]), as_viewer(city["Rut"])
    assert [one.pk for one in readable(Matter, bo).filter(zone="provider")] == [stand().pk]
    assert not visible(Matter, rut).filter(process="stand").exists()
    assert readable(Matter, rut).filter(pk=signal.pk).exists()
    assert stand().due_on == date(2026, 3, 16)
    with pytest.raises(NotForYouError):
        take_step(signal, "prepare_clearing", by=bo, now=NOW, version=signal.version, given={})


def test_one_who_coordinates_alone_cannot_share(city):
    """M015, SD6: two persons stand behind it, and the second is not the first."""
    signal = report(city)
    press(city, signal, "check", "Sara", traceless=True)
    proposal = take_step(
        Matter.objects.get(pk=signal.pk), "share", by=as_viewer(city["Sara"]), now=NOW, version=2,
        given={"traceless": True},
    )  # fmt: skip
    with pytest.raises(HeldBackError, match="inte godkänna det du själv"):
        agree(proposal, by=as_viewer(city["Sara"]), now=NOW)
    with pytest.raises(NotYourStepError):
        agree(proposal, by=as_viewer(city["Rut"]), now=NOW)
    assert list(Signal.objects.all()) == []


def test_a_report_about_a_person_is_counted_at_once_and_never_shared(city):
    """M020: it stands nowhere from where a step could lead, not even for the time of a press."""
    counted = report(city, **PERSON, provider=None, provider_name=None)
    assert (counted.state, counted.closed_at, counted.provider_number) == ("statistics", NOW, "")
    assert counted.title == "Uppgift om anordnare till övriga nämnder"
    for step in catalogue().processes["signal"].steps:
        with pytest.raises(WrongStepError):
            take_as_system(counted, step, now=NOW)
    assert (list(Signal.objects.all()), Case.objects.filter(process="stand").count()) == ([], 0)


@pytest.mark.parametrize("target", ["individual", "representative"])
def test_a_person_is_reported_without_any_name_or_number(city, target):
    """M025: a name beside a person is refused, by the guard and not by the form alone."""
    with pytest.raises(HeldBackError, match="Anmälan gäller en enskild"):
        report(city, **{**PERSON, "target": target, "provider": NORRVIK, "provider_name": None})


@pytest.mark.parametrize("number", ["121212-1212", "19121212-1212", "5599990009", "556", ""])
def test_only_an_organisation_number_that_is_right_is_taken(city, number):
    """M023: a person's number, one with a wrong check digit, and none at all."""
    with pytest.raises(HeldBackError):
        report(city, provider=number)


@pytest.mark.parametrize("target", ["individual", "representative", ""])
def test_the_database_refuses_a_signal_about_a_person(city, target):
    """M020: no sharing path by hand either: the constraint says no."""
    with pytest.raises(DatabaseError), transaction.atomic():
        mark(NORRVIK, target=target)


@pytest.mark.parametrize("number", ["1212121212", "121212121", "0000-00001"])
def test_the_database_refuses_a_signal_with_the_number_of_a_person(city, number):
    with pytest.raises(DatabaseError), transaction.atomic():
        mark(number)
    made = mark(NORRVIK)
    with pytest.raises(DatabaseError), transaction.atomic():
        Signal.objects.filter(pk=made.pk).update(provider_number=number)


def test_the_database_keeps_what_is_counted_only_where_it_is(city):
    counted = report(city, **PERSON, provider=None, provider_name=None)
    for change in ({"state": "received"}, {"state": "shared"}, {"process": "stand"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Matter.objects.filter(pk=counted.pk).update(**change)


def test_the_database_lets_no_ended_signal_come_back(city):
    made = mark(NORRVIK, ended_at=NOW, ended_as="cleared")
    with pytest.raises(DatabaseError), transaction.atomic():
        Signal.objects.filter(pk=made.pk).update(ended_at=None, ended_as="")


def test_no_column_of_what_is_shared_can_hold_a_person():
    """M014: the columns of a signal, one by one: a new one is thought over here."""
    assert [field.name for field in Signal._meta.fields] == [
        "id", "number", "board", "target", "provider_number", "provider_name", "reported_to", "reported_on", "reasons",
        "shared_at", "expires_on", "ended_at", "ended_as",
    ]  # fmt: skip
    assert Signal._meta.many_to_many == ()
    assert {one.related_model.__name__ for one in Signal._meta.related_objects} == {"Told"}


def test_a_name_with_an_identity_number_in_it_is_refused(city):
    with pytest.raises(HeldBackError, match="Namnet innehåller"):
        report(city, provider_name="Omsorg 121212-1212 AB")


def test_the_ground_is_one_that_held_on_the_day(city):
    """M002: a code of its time; what was written as point 7 stays as it was written and is not used anew."""
    grounds = catalogue().codes["report_grounds"].codes
    assert grounds["lss_15_7"].remark.startswith("Punkt 7 gäller samverkan")
    assert report(city, legal_basis="lss_15_7", reported_on="2025-01-10").fields["legal_basis"] == "lss_15_7"
    for wrong in ({"legal_basis": "lss_15_7"}, {"legal_basis": "sol_27_7_permit", "reported_on": "2025-12-31"}):
        with pytest.raises(HeldBackError, match="kunde inte användas"):
            report(city, **wrong)
    with pytest.raises(HeldBackError, match="hör inte till"):
        report(city, legal_basis="benefit_crime_6")


def test_a_report_that_is_not_yet_made_is_not_told(city):
    with pytest.raises(HeldBackError, match="inte varit än"):
        report(city, reported_on="2026-03-03")


def test_it_is_certified_that_no_person_is_in_it(city):
    """M025: without the certificate nothing is sent."""
    with pytest.raises(HeldBackError, match="Intyga"):
        report(city, certified=False)
    with pytest.raises(WrongValueError):
        report(city, certified=None)


def test_the_mark_is_there_for_every_board_and_gone_for_all_in_the_same_moment(city):
    """M009, M019: marked from the sharing to the clearing, at every board; and not a moment longer."""
    rut, bo = as_viewer(city["Rut"]), as_viewer(city["Bo"])
    assert [watched({NORRVIK}, viewer) for viewer in (rut, bo)] == [{}, {}]
    signal = shared(city)
    row = Signal.objects.get()
    assert [watched({NORRVIK}, viewer) for viewer in (rut, bo)] == [{NORRVIK: [row]}] * 2
    cleared(city, signal)
    assert [watched({NORRVIK}, viewer) for viewer in (rut, bo)] == [{}, {}]
    assert (stand().state, stand().closed_at) == ("ended", NOW)
    assert open_items(as_viewer(city["Sara"])) == []


def test_after_its_last_day_nothing_is_marked_whether_a_job_has_run_or_not(city):
    """M019: the mark is asked of the dates, never of a job."""
    shared(city)
    last = date(2027, 3, 2)
    assert [is_marked(NORRVIK, day) for day in (last, last + timedelta(days=1))] == [True, False]


def test_the_job_ends_what_is_past_its_last_day_and_tells_the_same_people(city):
    signal = shared(city)
    later = NOW + timedelta(days=366)
    assert watch(now=later) == 1  # and the board that never answered is not reminded of what has ended
    signal.refresh_from_db()
    row = Signal.objects.get()
    assert (signal.state, row.ended_as, row.ended_at, stand().state) == ("expired", "expired", later, "ended")
    told = set(Told.objects.filter(what="shared").values_list("user", "address"))
    assert set(Told.objects.filter(what="expired").values_list("user", "address")) == told
    assert watch(now=later) == 0


def test_everyone_who_was_told_is_told_that_it_is_cleared_and_those_in_their_place(city):
    """M016, M019: the same recipients, and the one who has the role now."""
    signal = shared(city)
    assert {one.user.name for one in Told.objects.filter(what="shared")} == {"Rut", "Bo"}
    Grant.objects.filter(user=city["Rut"], role="R03").update(valid_to=DAY - timedelta(days=1))
    heir = User.objects.create(username="ny", name="Ny")
    Grant.objects.create(user=heir, role="R03", board=Board.objects.get(slug="norr"), valid_from=DAY)
    press(city, signal, "prepare_clearing", "Sara", outcome="no_action", outcome_on="2026-03-02")
    press(city, signal, "clear", "Siri", "Sara")
    assert {one.user.name for one in Told.objects.filter(what="cleared")} == {"Rut", "Bo", "Ny"}


def test_a_board_that_is_silent_is_reminded_and_then_raised_to_its_head(city):
    """M010: five working days, ten, and the head of administration is told (R24)."""
    head = User.objects.create(username="chef", name="Chef")
    Grant.objects.create(user=head, role="R24", board=Board.objects.get(slug="syd"), valid_from=DAY)
    shared(city)
    states = []
    for days in (7, 8, 13, 14, 15):
        watch(now=NOW + timedelta(days=days))
        states.append((days, stand().state))
    assert states == [(7, "waiting"), (8, "reminded"), (13, "reminded"), (14, "reminded"), (15, "escalated")]
    assert Notice.objects.filter(user=head).values_list("what", flat=True).get() == "step.escalate"
    assert stand().due_on == date(2026, 3, 23)


def test_a_correction_reaches_every_copy_and_everyone_who_was_told(city):
    """M290: what was wrong is right at every board, and the provider's reply is kept."""
    signal = shared(city)
    press(city, signal, "reply", "Rut", reply_on="2026-03-02", reply="Schemat var fel")
    press(city, signal, "correct", "Sara", "Siri", reason="För vid", reasons=["staff"])
    assert (Signal.objects.get().reasons, stand().fields["reasons"]) == (["staff"], ["staff"])
    assert {one.user.name for one in Told.objects.filter(what="corrected")} == {"Rut", "Bo"}
    assert Matter.objects.get(pk=signal.pk).fields["reply"] == "Schemat var fel"


def test_a_renewal_moves_the_last_day_everywhere(city):
    """M019: only with new reasons, and told to all."""
    signal = shared(city)
    later = NOW + timedelta(days=200)
    press(
        city, signal, "renew", "Sara", "Siri", now=later, news_on="2026-09-01", new_reasons=["economy"],
        expires_on="2027-09-01",
    )  # fmt: skip
    assert (Signal.objects.get().expires_on, Signal.objects.get().reasons) == (date(2027, 9, 1), ["economy", "hours"])
    assert (stand().fields["expires_on"], Matter.objects.get(pk=signal.pk).due_on) == ("2027-09-01", date(2027, 9, 1))


def test_it_never_stops_a_payment_or_moves_a_finding_by_itself(city):
    """M009: nothing that anyone works on is changed by a sharing or a clearing; no person acted on it."""
    process = catalogue().processes
    for board in ("norr", "syd"):
        make(process["finding"], now=NOW, number=f"{board}-F", board=board, provider_number=NORRVIK)
        make(process["investigation"], now=NOW, number=f"{board}-U", board=board, provider_number=NORRVIK)
    about = Matter.objects.filter(provider_number=NORRVIK).exclude(zone="provider")
    before = list(about.order_by("pk").values())
    cleared(city, shared(city))
    assert list(about.order_by("pk").values()) == before
    assert not StepTaken.objects.filter(matter__in=about).exists()


def test_of_a_report_about_a_person_the_signal_holds_nothing_but_codes_and_days(city):
    """M105, IS3: what is opened from a matter about a person carries nothing of it, and nothing leads back."""
    case = make(
        catalogue().processes["police_report"], now=NOW, number="NORR-P-1", title="Eva Hemlig", protected=True,
        urgent=True, state="sent", provider_number=NORRVIK, fields={
            "target": "individual", "legal_basis": "benefit_crime_6", "sent_on": "2026-03-02", "reasons": ["hours"],
            "act": "Eva Hemlig på Storgatan 1", "concerns": "benefit",
        },
    )  # fmt: skip
    press_by = as_viewer(city["Cilla"])
    Matter.objects.filter(pk=case.pk).update(protected=False)
    taken = take_step(case, "report_centrally", by=press_by, now=NOW, version=1, given={"certified": True})
    made = Matter.objects.get(pk=taken.opened_id)
    assert made.fields == {
        "reported_to": "police", "target": "individual", "legal_basis": "benefit_crime_6", "reported_on": "2026-03-02",
        "reasons": ["hours"], "certified": True,
    }  # fmt: skip
    assert (made.state, made.provider_number, made.protected, made.urgent) == ("statistics", "", False, False)
    assert made.title == "Uppgift om anordnare till övriga nämnder"
    assert list(made.case.findings.all()) == []


def test_when_the_report_does_not_go_on_the_clearing_begins_by_itself(city):
    """M018: the board presses once; what was shared waits for two coordinators, what was not is not shared."""
    for state, then in (("sent", "clearing"), ("sent", "withdrawn")):
        case = make(
            catalogue().processes["ivo_report"], now=NOW, number=f"NORR-IV-{then}", state=state,
            fields={
                "target": "provider", "legal_basis": "lss_15_11_suitability", "sent_on": "2026-03-02",
                "reasons": ["hours"], "provider": NORRVIK, "provider_name": "Norrviks Assistans AB",
            },
        )  # fmt: skip
        press(city, case, "report_centrally", "Rut", certified=True)
        signal = StepTaken.objects.get(matter=case, step="report_centrally").opened
        if then == "clearing":
            press(city, signal, "check", "Sara", traceless=True)
            press(city, signal, "share", "Sara", "Siri", traceless=True)
        press(city, case, "stops", "Rut", outcome_on="2026-03-02", no_outcome="no_action")
        assert Matter.objects.get(pk=signal.pk).state == then


def test_a_coordinator_sees_how_far_each_board_has_come(city):
    signal = shared(city)
    sara = as_viewer(city["Sara"])
    found = item(signal, sara)
    assert [(one.board.slug, one.answered, bool(one.stand)) for one in found.reached] == [
        ("norr", False, False), ("syd", False, True),
    ]  # fmt: skip
    assert (found.asked, found.answered, found.bounced) == (1, 0, 0)
    with within([Board.objects.get(slug="syd").pk]):
        assert [one.number for one in own_stands(as_viewer(city["Bo"]))] == [stand().number]
    press(city, stand(), "not_deeper", "Bo", stand_reason="Vi gör redan kontrollerna")
    assert item(signal, sara).answered == 1


def test_what_is_cleared_stands_on_no_day_at_all(city):
    cleared(city, shared(city))
    assert [standing(day).count() for day in (DAY - timedelta(days=9), DAY, DAY + timedelta(days=9))] == [0, 0, 0]
    assert Finding.objects.count() == 0


def test_the_controls_to_choose_go_with_the_reason(city):
    """M017: from a list of content, by the reason; a board picks, and what does not fit is refused with a sentence."""
    shared(city)
    controls = catalogue().codes["deeper_controls"].codes
    assert [name for name, one in controls.items() if not one.goes_with or "hours" in one.goes_with] == [
        "compare_hours", "ask_schedule", "follow_up", "sample",
    ]  # fmt: skip
    with pytest.raises(HeldBackError, match="passar inte anledningen"):
        press(city, stand(), "look_deeper", "Bo", controls=["compare_hours", "account"])
    assert press(city, stand(), "look_deeper", "Bo", controls=["compare_hours", "sample"]).state == "controlling"


def test_the_coordinating_function_follows_all_boards_and_reads_no_individual(city, client):
    """M195: it sees what is known of providers and of the work, owns the check lists, and takes no step for a board."""
    signal = shared(city)
    finding = make(catalogue().processes["finding"], now=NOW, number="NORR-F-1", state="assessed")
    pages = {}
    client.force_login(city["Stina"])
    for name in ("coordination", "statistics", "permits", "control_figures", "samples"):
        pages[name] = may_enter(as_viewer(city["Stina"]), name)
    assert set(pages.values()) == {True}
    zones = {catalogue().processes[one.process].zone for one in readable(Matter, as_viewer(city["Stina"]))}
    assert (zones, {one.board.slug for one in readable(Matter, as_viewer(city["Stina"]))}) == (
        {"provider"},
        {"norr", "syd"},
    )
    answers = [client.get(one).status_code for one in ("/samordning/", f"/arenden/{signal.number}/", "/statistik/")]
    assert (answers, client.get(f"/fynd/{finding.number}/").status_code) == ([200, 200, 200], 404)
    assert may_enter(as_viewer(city["Stina"]), "checklists_change")
    assert not any("R11" in step.who for one in catalogue().processes.values() for step in one.steps.values())
