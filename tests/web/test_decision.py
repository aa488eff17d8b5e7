"""Decisions on assistance: typed and confirmed by two, from a file with its kinds, and held against each other."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given as drawn
from hypothesis import strategies as st

from tests.web.delivered import deliver, work_off
from tests.web.matters import answer_all, give, hear, make
from tests.web.people import DAY, NOW, as_viewer
from tests.web.reports import CLIENT, decide, make_report, part
from tillit.web.actions.exhibit import add_exhibit
from tillit.web.actions.matter import open_case
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.step import agree, take_step
from tillit.web.models import Board, Case, Decision, Document, Entry, Matter, PermitCheck, Provider
from tillit.web.queries.decision import decisions_beside, decisions_of_month
from tillit.web.rules.content import catalogue
from tillit.web.rules.decision import UnreadableDecisionError, read_decision, read_slots
from tillit.web.rules.settlement import basis_of

NORRVIK = "5599990008"
TYPED = {
    "number": "LSS-9", "client": CLIENT, "arrangement": "provider", "provider": NORRVIK, "cover": "whole",
    "hours": "18,5", "per": "week", "counted_as": "weighted", "valid_from": "2025-01-01", "known_on": "2026-02-27",
    "agreed_on": "2025-01-01",
}  # fmt: skip
OWN = {name: value for name, value in TYPED.items() if name not in ("provider", "agreed_on")}
OWN |= {"arrangement": "municipality"}


def typed(city, given=OWN, now=NOW):
    norr = Board.objects.get(slug="norr")
    return open_case("decision", by=as_viewer(city["Hanna"], now), now=now, board=norr, given=given)


def take(case, step, user, now=NOW, **given):
    version = Matter.objects.get(pk=case.pk).version
    take_step(case, step, by=as_viewer(user, now), now=now, version=version, given=given)
    return Case.objects.get(pk=case.pk)


def confirmed(case, city, now=NOW):
    answer_all(case, "CL21", by=as_viewer(city["Hanna"], now), now=now)
    return take(Case.objects.get(pk=case.pk), "confirm", city["Cilla"], now=now)


def checked(day=DAY, service="personal_assistance", answer="valid"):
    provider, _ = Provider.objects.get_or_create(number=NORRVIK, defaults={"name": "Norrviks Assistans AB"})
    return PermitCheck.objects.create(
        number="NORR-TK-2026-1", provider=provider, service=service, board=Board.objects.get(slug="norr"),
        state=answer, state_since=day, answer=answer, answered_on=day,
    )  # fmt: skip


def test_a_typed_decision_is_known_from_the_day_another_person_confirms_it(city):
    case = typed(
        city, OWN | {"double_slots": "mån 08:00-10:00", "parental": "1,25", "raised": "108", "double_bank": "4"}
    )
    assert Decision.objects.count() == 0
    confirmed(case, city)
    one = Decision.objects.get()
    assert (one.number, one.client_code, one.minutes, one.per, one.cover, one.arrangement) == (
        "LSS-9", CLIENT, 1110, "week", "whole", "municipality",
    )  # fmt: skip
    assert (one.parental_a_day, one.double_bank, one.double_slots, one.raised) == (
        75, 240, [[1, 480, 600, 1]], Decimal("1.08"),
    )  # fmt: skip
    assert (one.known_from, one.known_to, one.source, one.by) == (NOW, None, case.number, city["Cilla"])
    assert Entry.objects.filter(what="mirror decision").count() == 1


def test_the_one_who_typed_it_cannot_confirm_and_for_a_stranger_it_is_not_there(city, client):
    case = typed(city)
    with pytest.raises(NotYourStepError):
        take(case, "confirm", city["Hanna"])
    with pytest.raises(NotForYouError):
        take(case, "confirm", city["Bo"])
    client.force_login(city["Bo"])
    assert client.get(reverse("case", args=[case.number])).status_code == 404


def test_what_a_month_was_settled_with_stays_when_the_decision_is_changed(city):
    """Bitemporal: what was known then is found by the time; the change is known from when it was confirmed."""
    case = confirmed(typed(city), city)
    later = NOW + timedelta(days=3)
    changed = {"reason": "Nytt beslut", "known_on": "2026-03-04", "hours": "20", "valid_from": "2025-02-01"}
    case = take(case, "change", city["Hanna"], now=later, **changed)
    assert [one.minutes for one in Decision.objects.filter(known_to=None)] == [1110]
    confirmed(case, city, now=later)
    report = make_report(now=NOW, state="clean", arrangement="municipality")
    then, now = (basis_of(report, at).decisions for at in (NOW + timedelta(days=1), later + timedelta(days=1)))
    assert ([one.minutes for one in then], [one.minutes for one in now]) == ([1110], [1200])
    assert [(one.valid_from, one.known_to) for one in Decision.objects.order_by("known_from")] == [
        (date(2025, 1, 1), later), (date(2025, 2, 1), None),
    ]  # fmt: skip


def test_a_change_needs_its_control_points_answered_anew(city):
    """M111: what was answered before the change says nothing of what the agreement is now."""
    case = confirmed(typed(city), city)
    later = NOW + timedelta(days=3)
    case = take(case, "change", city["Hanna"], now=later, reason="Avtalet upphör", known_on="2026-03-04",
                agreement_to="2026-03-31")  # fmt: skip
    with pytest.raises(HeldBackError, match="Fyll först i kontrollpunkterna"):
        take(case, "confirm", city["Cilla"], now=later)
    assert confirmed(case, city, now=later).fields["agreement_to"] == "2026-03-31"


def test_a_provider_needs_the_agreement_among_the_papers_and_an_answer_from_ivo(city):
    """M110, M111: which papers are asked for follows of how the assistance is arranged."""
    case = typed(city, TYPED)
    answer_all(case, "CL21", by=as_viewer(city["Hanna"]), now=NOW)
    with pytest.raises(HeldBackError, match="Kopia av avtalet"):
        take(case, "confirm", city["Cilla"])
    add_exhibit(
        case, by=as_viewer(city["Hanna"]), now=NOW, title="Avtal", origin="Den enskilde", way="provider",
        dated_on=date(2025, 1, 1), remark="", name="avtal.pdf", chunks=[b"%PDF-1.4"],
    )  # fmt: skip
    with pytest.raises(HeldBackError, match="inget svar från IVO"):
        take(case, "confirm", city["Cilla"])
    checked()
    assert take(case, "confirm", city["Cilla"]).state == "known"
    assert Decision.objects.get().provider_number == NORRVIK


@pytest.mark.parametrize(
    ("answered_on", "answer", "said"),
    [
        (DAY - timedelta(days=30), "valid", None),
        (DAY - timedelta(days=31), "valid", "äldre än 30 dagar"),
        (DAY, "revoked", "inget svar från IVO"),
        (DAY, "not_required", None),
    ],
)
def test_no_call_off_without_a_permit_check_that_is_new_enough(city, answered_on, answer, said):
    """M071: the support does not begin at a provider whose permit was asked about longer ago than the set days."""
    checked(answered_on, "home_care", answer)
    case = make(catalogue().processes["support"], now=NOW, number="NORR-KH-2026-1", state="executing",
                fields={"decision_kind": "home_care"})  # fmt: skip
    give(case, city["Hanna"], now=NOW)
    for checklist in ("CL1", "CL21"):
        answer_all(case, checklist, by=as_viewer(city["Hanna"]), now=NOW)
    given = {"performed_by": "permit", "permit_service": "home_care", "provider": NORRVIK}
    if said:
        with pytest.raises(HeldBackError, match=said):
            take(case, "begin", city["Hanna"], **given)
    else:
        assert take(case, "begin", city["Hanna"], **given).state == "paying"


def test_the_answers_before_the_decision_are_printed_in_a_document(city):
    """M175: each question as it was asked, the answer, the source and who answered."""
    case = make(
        catalogue().processes["support"], now=NOW, number="NORR-KH-2026-1", fields={"decision_kind": "assistance"}
    )
    give(case, city["Hanna"], now=NOW)
    answer_all(case, "CL4", by=as_viewer(city["Hanna"]), now=NOW)
    take(case, "decide", city["Hanna"], decided_on="2026-03-02")
    paper = Document.objects.get(matter=case)
    points = paper.values["points"]
    asked = catalogue().checklists["CL4"].questions
    assert [one["question"] for one in points] == [one.sv for one in asked.values()]
    assert {(one["reply"], one["by"], one["day"]) for one in points} == {("Ja", "Hanna", "2026-03-02")}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"client": "Karl Karlsson"}, "kod stämmer inte"),
        ({"client": "20000131-2388"}, "kod stämmer inte"),
        ({"hours": "0"}, "över noll"),
        ({"arrangement": "provider"}, "organisationsnummer"),
        ({"provider": NORRVIK}, "hör bara till en anordnare"),
        ({"double_slots": "måndag morgon"}, "Skriv dubbel assistans som"),
        ({"raised": "1,08"}, "procent av schablonbeloppet"),
        ({"known_on": "2026-03-03"}, "i framtiden"),
        ({"valid_to": "2024-12-31"}, "slutar innan det börjar"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_stored(city, given, said):
    with pytest.raises(HeldBackError, match=said):
        typed(city, OWN | given)
    assert Case.objects.count() == 0


@drawn(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_typed_is_read_or_told_of(hours, slots, raised):
    try:
        said = read_decision(OWN | {"hours": hours, "double_slots": slots, "raised": raised, "month_factor": raised})
    except UnreadableDecisionError:
        return
    assert said["minutes"] > 0


@drawn(st.integers(0, 1438), st.integers(1, 1439), st.integers(1, 9), st.sampled_from([None, *range(1, 8)]))
def test_a_fixed_time_is_read_as_it_was_written(start, length, extra, day):
    end = min(start + length, 1440)
    word = "alla" if day is None else ("mån", "tis", "ons", "tor", "fre", "lör", "sön")[day - 1]
    text = f"{word} {start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02} +{extra}"
    assert read_slots(text) == [[day, start, end, extra]]


HEADINGS = (
    "Beslut;Brukare;Insats;Anordnare;Betalare;Slag av betalning;Betalningsmottagare;Anordnad av;"
    "Beviljad tid (timmar);Per;Föräldraavdrag per dygn (timmar);Timbelopp i procent av schablonbeloppet;"
    "Avtalet började;Gäller från;Gäller till\n"
)
FILE = HEADINGS + "".join(
    f"{number};20000131-2388;Personlig assistans;559990-0197;{payer};{kind};{payee};Anordnare;{hours};Vecka;{more};"
    "2025-01-01;\n"
    for number, payer, kind, payee, hours, more in (
        ("L-1", "Kommunen", "Löpande", "Anordnaren", 40, "1,25;108;2024-12-01"),
        ("L-2", "Kommunen", "Tillfällig utökning", "", 10, ";;"),
        ("L-3", "Kommunen", "Merkostnad vid sjukdom", "", 1, ";;"),
        ("L-4", "Kommunen", "Förskott före Försäkringskassans beslut", "Den enskilde", 50, ";;"),
        ("L-5", "Försäkringskassan", "Löpande", "", 80, ";;"),
        ("L-6", "Försäkringskassan", "Tillfällig utökning", "", 8, ";;"),
    )
)


def test_a_file_says_what_the_municipality_pays_the_deduction_and_who_is_paid(city, installation):
    """M109: running, a temporary increase, sick cover and an advance; an increase that another decided is not ours."""
    deliver(city["Klas"], name="beslut.csv", text=FILE)
    work_off()
    found = {one.number: one for one in Decision.objects.all()}
    assert {number: one.cover for number, one in found.items()} == {
        "L-1": "whole", "L-2": "temporary", "L-3": "sick_cover", "L-4": "advance", "L-5": "first_hours",
        "L-6": "other_payer",
    }  # fmt: skip
    one = found["L-1"]
    assert (one.parental_a_day, one.raised, one.agreed_on, one.payee) == (75, Decimal("1.08"), date(2024, 12, 1), "")
    assert found["L-4"].payee == "client"


def test_a_file_that_says_nothing_of_the_deduction_leaves_what_is_known(city, installation):
    deliver(city["Klas"], name="beslut.csv", text=FILE)
    work_off()
    lines = [line.split(";") for line in FILE.splitlines()]
    shorter = "\n".join(";".join(line[:10] + line[13:]) for line in lines).replace(";40;", ";41;") + "\n"
    later = NOW + timedelta(days=1)
    deliver(city["Klas"], name="beslut2.csv", text=shorter, now=later)
    work_off(later)
    one = Decision.objects.get(number="L-1", known_to=None)
    assert (one.minutes, one.parental_a_day, one.raised, one.agreed_on) == (
        2460, 75, Decimal("1.08"), date(2024, 12, 1),
    )  # fmt: skip
    assert Decision.objects.filter(number="L-2").count() == 1


def test_decisions_that_should_not_hold_at_once_are_shown_with_their_days(city, client):
    """M109: an advance, or the municipality's own decision, on the days of Försäkringskassan's."""
    report = make_report(now=NOW, state="clean")
    part(report, now=NOW)
    decide(report, number="K-1", arrangement="provider")
    decide(report, number="F-1", cover="first_hours", valid_from=date(2025, 12, 10), arrangement="provider")
    decide(report, number="T-1", cover="temporary", valid_from=date(2025, 12, 1))
    found = decisions_of_month(report, NOW).overlaps
    assert [(one.one.number, one.other.number, one.first, one.last) for one in found] == [
        ("K-1", "F-1", date(2025, 12, 10), None)
    ]
    client.force_login(city["Fredrik"])
    page = client.get(reverse("time_report", args=[report.number])).content.decode()
    assert (
        "K-1 och F-1 gäller samma dagar från 10\u00a0december\u00a02025" in page,
        "Tillfällig utökning" in page,
    ) == (
        True,
        True,
    )
    client.force_login(city["Bo"])
    assert client.get(reverse("time_report", args=[report.number])).status_code == 404


def test_the_page_of_a_typed_decision_shows_what_is_and_was_known_of_that_client_alone(city, client):
    report = make_report(now=NOW, state="clean")
    decide(report, number="K-1", known_to=datetime(2026, 1, 2, tzinfo=UTC))
    decide(report, number="K-2", client_code="0000-0000-0000Z")
    case = confirmed(typed(city), city)
    assert [(one.decision.number, one.stands, one.typed) for one in decisions_beside(case).known] == [
        ("LSS-9", True, case.number), ("K-1", False, ""),
    ]  # fmt: skip
    client.force_login(city["Cilla"])
    page = client.get(reverse("case", args=[case.number])).content.decode()
    assert ("Beslut som är kända" in page, "K-2" in page) == (True, False)


def test_a_decision_to_deny_has_its_document_when_two_have_made_it(city):
    """M116: stopped until the decision to deny, which is told in D38; nobody makes it alone."""
    report = make_report(now=NOW, state="deviating")
    hear(report, city["Klas"], day=DAY, answer_by=DAY - timedelta(days=1), settled=True)
    Matter.objects.filter(pk=report.pk).update(state="hold")
    report = Matter.objects.get(pk=report.pk)
    give(report, city["Jonna"], now=NOW)
    given = {"reason": "Anordnaren saknade tillstånd", "answer_weighed": "En ansökan räcker inte"}
    version = Matter.objects.get(pk=report.pk).version
    proposal = take_step(report, "deny", by=as_viewer(city["Cilla"]), now=NOW, version=version, given=given)
    assert Matter.objects.get(pk=report.pk).state == "hold"
    agree(proposal, by=as_viewer(city["Jonna"]), now=NOW)
    assert Matter.objects.get(pk=report.pk).state == "denied"
    paper = Document.objects.get(matter=report, document="payment_denial")
    assert (paper.document, paper.values["answer_weighed"], paper.values["agreed_by"]) == (
        "payment_denial", "En ansökan räcker inte", "Jonna",
    )  # fmt: skip
