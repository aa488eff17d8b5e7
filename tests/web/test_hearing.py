"""The right to be heard: no path passes it by, whether a step, an import or a statement written by hand."""

import random
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.web.matters import give, hear, make
from tests.web.people import DAY, NOW, as_viewer
from tillit.errors import TillitError
from tillit.web.actions.start import lay_gates, prove_walls
from tillit.web.actions.step import agree, take_step
from tillit.web.models import Case, Gate, Hearing, Matter, Proposal, walls
from tillit.web.rules.content import catalogue

PROCESS = catalogue().processes["investigation"]
GATED = sorted(name for name, state in PROCESS.states.items() if state.needs_hearing)


@pytest.fixture
def case(city):
    made = make(PROCESS, now=NOW, number="NORR-U-2026-1", state="collecting")
    give(made, city["Asta"], city["Jonna"], now=NOW)
    return Matter.objects.get(pk=made.pk)


def test_the_gates_are_those_of_the_process_files():
    assert GATED == ["concluded", "held", "to_report"]


def test_the_gates_lie_where_the_database_reads_them(city):
    gated = sorted(
        (name, state)
        for name, process in catalogue().processes.items()
        for state, told in process.states.items()
        if told.needs_hearing
    )
    assert {("investigation", state) for state in GATED} < set(gated)
    assert sorted(Gate.objects.values_list("process", "state")) == gated
    Gate.objects.filter(state="held").update(state="received")
    lay_gates()
    assert sorted(Gate.objects.values_list("process", "state")) == gated


@pytest.mark.parametrize("state", GATED)
@pytest.mark.parametrize(
    "by_hand",
    [
        lambda case, state: Matter.objects.filter(pk=case.pk).update(state=state),
        lambda case, state: Case.objects.filter(pk=case.pk).update(state=state),
        lambda case, state: run("UPDATE web_matter SET state = %s WHERE id = %s", state, case.pk),
        lambda case, state: run("UPDATE web_matter SET process = 'investigation', state = %s", state),
        lambda case, state: make(PROCESS, now=NOW, number="NORR-U-2026-2", state=state),
        lambda case, state: Matter.objects.bulk_update([set_state(case, state)], ["state"]),
    ],
    ids=["queryset", "subclass", "sql", "sql of all rows", "import", "bulk"],
)
def test_nothing_written_by_hand_gets_past(case, state, by_hand):
    with pytest.raises(DatabaseError, match="the party has not been heard"), transaction.atomic():
        by_hand(case, state)
    assert [matter.state for matter in Matter.objects.all()] == ["collecting"]


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def set_state(matter, state):
    matter.state = state
    return matter


@pytest.mark.parametrize(
    "more",
    [
        {"settled_at": NOW},
        {"settled_at": NOW, "sent_at": NOW},
        {"settled_at": NOW, "answered_on": DAY},
        {"settled_at": NOW, "sent_at": NOW, "answer_by": DAY, "silent_on": DAY},
        {"settled_at": NOW, "exception": "harder", "only_for": "held"},
        {"settled_at": NOW, "exception": "harder", "only_for": "held", "approved_by": "Asta"},
        {"settled_at": NOW, "exception": "harder", "approved_by": "Jonna"},
        {"settled_at": NOW, "only_for": "held", "approved_by": "Jonna"},
    ],
    ids=[
        "bare",
        "not answered",
        "not sent",
        "silent too soon",
        "nobody approved",
        "approved alone",
        "for all",
        "no law",
    ],
)
def test_no_hearing_is_settled_by_nothing(city, case, more):
    more = {key: city[value] if key == "approved_by" else value for key, value in more.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.create(matter=case, sent_by=city["Asta"], **more)


def test_a_settled_hearing_opens_and_an_exception_opens_one_state_alone(city, case):
    Hearing.objects.create(
        matter=case,
        sent_by=city["Asta"],
        exception="harder",
        approved_by=city["Jonna"],
        only_for="held",
        settled_at=NOW,
    )
    Matter.objects.filter(pk=case.pk).update(state="held")
    with pytest.raises(DatabaseError, match="the party has not been heard"), transaction.atomic():
        Matter.objects.filter(pk=case.pk).update(state="concluded")
    hear(case, city["Asta"], day=DAY, answer_by=DAY - timedelta(days=1), settled=True)
    Matter.objects.filter(pk=case.pk).update(state="concluded")


def test_a_hearing_of_another_case_opens_nothing(city, case):
    other = make(PROCESS, now=NOW, number="NORR-U-2026-2", state="answered")
    hear(other, city["Asta"], day=DAY, answer_by=DAY, settled=True)
    with pytest.raises(DatabaseError, match="the party has not been heard"), transaction.atomic():
        Matter.objects.filter(pk=case.pk).update(state="concluded")


def test_what_was_sent_and_answered_is_kept(city, case):
    asta = as_viewer(city["Asta"])
    sent = {
        "heard_party": "provider",
        "hearing_channel": "letter",
        "hearing_subject": "Timmar",
        "answer_by": "2026-03-20",
    }
    take_step(case, "hear", by=asta, now=NOW, version=1, given=sent)
    hearing = Hearing.objects.get()
    assert (hearing.party, hearing.channel, hearing.answer_by, hearing.settled_at) == (
        "provider", "letter", date(2026, 3, 20), None,
    )  # fmt: skip
    assert Matter.objects.get(pk=case.pk).due_on == date(2026, 3, 20)
    later = NOW + timedelta(days=3)
    given = {"answered_on": "2026-03-05", "answer": "Det stämmer inte"}
    take_step(case, "answer", by=as_viewer(city["Asta"], later), now=later, version=2, given=given)
    hearing.refresh_from_db()
    assert (hearing.answered_on, hearing.settled_at) == (date(2026, 3, 5), later)


def test_no_order_of_presses_ends_against_someone_unheard(city, case):
    """Anyone of the cast presses anything, for a while: where it ends against the party, the party was heard."""
    assert presses(city, random.Random(2), 70) > 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100))
def test_ten_thousand_presses_end_against_nobody_unheard(city, case, seed):
    presses(city, random.Random(1000 + seed), 100)


def presses(city, chance, count):
    """How often it ended against the party, when people pressed what they could, and now and then anything."""
    everyone, against = [as_viewer(city[name]) for name in ("Asta", "Cilla", "Mats", "Jonna", "Klas", "Bo")], 0
    for _ in range(count):
        matter = Matter.objects.get(process="investigation")
        can = [
            (by, name)
            for by in everyone[:4]
            for name, step in PROCESS.steps.items()
            if matter.state in step.from_ and by.roles() & set(step.who)
        ]
        by, name = (
            chance.choice(can) if chance.random() < 0.9 else (chance.choice(everyone), chance.choice([*PROCESS.steps]))
        )
        try:
            done = take_step(matter, name, by=by, now=NOW, version=matter.version, given=filled(name))
            if isinstance(done, Proposal):
                agree(done, by=chance.choice(everyone[1:4]), now=NOW)
        except TillitError:
            continue
        state = Matter.objects.get(process="investigation").state
        if state in GATED:
            against += 1
            heard = Hearing.objects.filter(matter=matter, settled_at__isnull=False, only_for__in=["", state])
            assert heard.exists()
        if PROCESS.states[state].final or (state in GATED and chance.random() < 0.4):  # a new story
            Hearing.objects.all().delete()
            Proposal.objects.all().delete()
            Matter.objects.update(state="collecting", closed_at=None)
    return against


def filled(step):
    """Something for every field that a step asks for."""
    texts = {"date": "2026-03-30", "boolean": True, "money": 100}
    given = {}
    for name in PROCESS.steps[step].asks:
        field = PROCESS.fields[name]
        given[name] = next(iter(field.one_of)) if field.one_of else texts.get(field.type, "x")
    return given


def test_the_walls_stand_and_a_missing_one_is_told(city):
    if connection.vendor == "sqlite":
        prove_walls()
    walls.take_away(connection)
    assert walls.missing(connection) == sorted(walls.TRIGGERS)
    with pytest.raises(TillitError) as refused:
        prove_walls()
    assert str(refused.value) == f"database: triggers are missing: {', '.join(sorted(walls.TRIGGERS))}: run: migrate"
    walls.lay(connection)
    assert walls.missing(connection) == []
