"""The second wall on PostgreSQL: what a query written wrong, or by hand, is shown by the database itself.

`make test-postgres` runs it. The first tests show that without the wall this very log-in sees everything, so that
what follows is not green for nothing.
"""

import os
import subprocess
import sys

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.web.matters import give, make
from tests.web.people import NOW, as_viewer
from tests.web.test_models import MODELS, UNSCOPED
from tillit.web import middleware
from tillit.web.actions import log
from tillit.web.actions.note import write_note
from tillit.web.actions.read import read_matter
from tillit.web.actions.refusal import NotForYouError
from tillit.web.actions.start import NotSafeError, prove_walls
from tillit.web.actions.step import take_step
from tillit.web.models import Board, Matter, Notice, Proposal, StepTaken, second_wall
from tillit.web.rules.content import catalogue
from tillit.web.rules.scope import within, within_all

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="row-level security is PostgreSQL's")

BETWEEN = {"web_case_findings", "web_invoice_findings", "web_timereport_findings"}
OF_A_BOARD = sorted({model._meta.db_table for model in MODELS if model.__name__ not in UNSCOPED} | BETWEEN)
"""By the list in test_models.py, which is not how the policies are found."""


@pytest.fixture
def two(city):
    """One case with everything on it at each board."""
    for board in ("norr", "syd"):
        person = city["Asta"] if board == "norr" else city["Bo"]
        finding = make(catalogue().processes["finding"], now=NOW, number=f"{board}-F", board=board)
        made = make(catalogue().processes["investigation"], now=NOW, number=f"{board}-U", board=board)
        made.findings.set([finding])
        give(made, person, now=NOW)
        write_note(made, by=as_viewer(person), now=NOW, text="x")
        Notice.objects.create(user=person, matter=made, what="x", at=NOW)
        Proposal.objects.create(matter=made, step="open", version=1, by=person, at=NOW)
        StepTaken.objects.create(matter=made, step="look", from_state="a", to_state="b", by=person, at=NOW)
    return {board.slug: board.pk for board in Board.objects.all()}


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def counts():
    return {table: count(table) for table in ONE_BOARD}


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


ONE_BOARD = {
    "web_assignment": 1, "web_case": 1, "web_case_findings": 1, "web_finding": 1, "web_matter": 2, "web_note": 1,
    "web_notice": 1, "web_proposal": 1, "web_series": 0, "web_steptaken": 1,
}  # fmt: skip


def test_without_the_wall_this_log_in_sees_every_board(two):
    assert counts() == {table: 2 * number for table, number in ONE_BOARD.items()}


def test_within_a_board_the_database_shows_that_board_alone(two):
    with within([two["norr"]]):
        assert counts() == ONE_BOARD
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM web_matter ORDER BY number")
            assert [row[0] for row in cursor.fetchall()] == ["norr-F", "norr-U"]
    with within_all():
        assert counts() == {table: 2 * number for table, number in ONE_BOARD.items()}


def test_within_no_board_and_outside_any_nothing_is_shown(two):
    with within([]):
        assert set(counts().values()) == {0}
    run(f"SET LOCAL ROLE {second_wall.APP_ROLE}")
    assert set(counts().values()) == {0}
    run("RESET ROLE")


def test_what_belongs_to_another_board_cannot_be_written_changed_or_removed(two):
    with within([two["norr"]]):
        for by_hand in (
            f"INSERT INTO web_series (board_id, letters, year, last) VALUES ({two['syd']}, 'U', 2026, 0)",
            f"UPDATE web_matter SET board_id = {two['syd']}",
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                run(by_hand)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE web_matter SET title = 'x' WHERE number = 'syd-U'")
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM web_note WHERE matter_id IN (SELECT id FROM web_matter WHERE number = 'syd-U')")
            assert cursor.rowcount == 0


def test_nothing_is_left_when_a_scope_ends_also_when_it_breaks(two):
    def state():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_setting('tillit.boards', true)")
            return cursor.fetchone()

    before = state()[0]
    with within([two["norr"]]):
        with within([two["syd"]]):
            assert state() == ("tillit_app", f"{{{two['syd']}}}")
        assert state() == ("tillit_app", f"{{{two['norr']}}}")
        with pytest.raises(ZeroDivisionError), within([two["syd"]]):
            raise ZeroDivisionError
        assert state() == ("tillit_app", f"{{{two['norr']}}}")
    assert state() in {(before, ""), (before, None)}


@pytest.mark.django_db(transaction=True)
def test_a_scope_that_is_a_transaction_of_its_own_is_ended_by_that_and_asks_nothing_more():
    with CaptureQueriesContext(connection) as seen, within([1]):
        pass
    asked = [one["sql"].split()[0] for one in seen.captured_queries]
    assert asked == ["BEGIN", "SELECT", "COMMIT"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, coalesce(current_setting('tillit.boards', true), '')")
        assert cursor.fetchone()[1] == ""


def test_every_scoped_table_has_its_policy_and_it_is_forced(two):
    assert sorted(second_wall.policies()) == sorted([*OF_A_BOARD, "web_entry"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY 1")
        assert [row[0] for row in cursor.fetchall()] == sorted([*OF_A_BOARD, "web_entry"])


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE web_entry SET what = 'x'",
        "DELETE FROM web_entry",
        "TRUNCATE web_entry",
        "INSERT INTO web_gate (process, state) VALUES ('finding', 'new')",
        "DELETE FROM web_gate",
        "ALTER TABLE web_matter DISABLE ROW LEVEL SECURITY",
        "DROP TRIGGER entry_is_never_changed ON web_entry",
        "CREATE ROLE mine SUPERUSER",
    ],
)
def test_a_request_cannot_touch_the_log_the_gates_or_the_walls(two, by_hand):
    refusal = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
    with within([two["norr"]]), refusal, transaction.atomic():
        run(by_hand)


def test_the_lines_of_other_boards_are_not_shown(two, city):
    with within([two["norr"]]):
        log.write("read", "matter", by=city["Asta"], at=NOW, matter=Matter.objects.get(number="norr-U"))
        log.write("refused", "read", by=city["Asta"], at=NOW, number="syd-U")
        assert count("web_entry") == 3  # the note at norr, and these
    assert count("web_entry") == 4


def test_people_work_as_before_behind_the_wall(two, city):
    with within(as_viewer(city["Klas"]).boards()):
        klas = as_viewer(city["Klas"])
        found = read_matter("norr-F", by=klas, now=NOW)
        given = {"explanation": "innocent", "reason": "x"}
        take_step(found.matter, "explain", by=klas, now=NOW, version=1, given=given)
        with pytest.raises(NotForYouError):
            read_matter("syd-F", by=klas, now=NOW)


def test_a_request_stands_behind_the_wall_from_its_first_query(two, city):
    seen = {}

    def page(request):
        seen.update(counts())
        return HttpResponse()

    for user, expected in ((city["Klas"], ONE_BOARD), (city["Bo"], ONE_BOARD)):
        request = RequestFactory().get("/")
        request.user = user
        middleware.viewer(page)(request)
        assert seen == expected
    stranger = RequestFactory().get("/")
    stranger.user = AnonymousUser()
    middleware.viewer(lambda request: HttpResponse())(stranger)


def test_a_log_in_that_passes_by_the_wall_stops_the_start(two):
    with pytest.raises(NotSafeError) as refused:
        prove_walls()
    assert str(refused.value) == (
        "database: the log-in 'postgres' is a superuser or has BYPASSRLS: row-level security does not hold for it: "
        "give Tillit a log-in of its own, see docs/operations"
    )


def test_a_log_in_of_its_own_lets_it_start_and_a_table_without_a_policy_does_not(db):
    run("CREATE ROLE tillit_login LOGIN NOSUPERUSER NOBYPASSRLS")
    run("SET LOCAL SESSION AUTHORIZATION tillit_login")
    prove_walls()
    run("RESET SESSION AUTHORIZATION")
    run("ALTER TABLE web_upload NO FORCE ROW LEVEL SECURITY")
    run("SET LOCAL SESSION AUTHORIZATION tillit_login")
    with pytest.raises(NotSafeError, match="no row-level security on web_upload"):
        prove_walls()


@pytest.mark.django_db(transaction=True)
def test_an_installation_with_an_ordinary_log_in_makes_its_own_walls_and_starts(tmp_path):
    """As docs/operations.md says: CREATE ROLE ... LOGIN CREATEROLE, CREATE DATABASE ... OWNER, and start."""
    run("ALTER ROLE tillit_app RENAME TO tillit_app_of_the_tests")
    run("CREATE ROLE tillit_ordinary LOGIN CREATEROLE")
    run("CREATE DATABASE tillit_ordinary OWNER tillit_ordinary")
    environment = os.environ | {
        "TILLIT_DATABASE": f"postgresql://tillit_ordinary@/tillit_ordinary?host={connection.settings_dict['HOST']}",
        "TILLIT_FOLDER": str(tmp_path),
        "TILLIT_MADE_UP_CITY": "yes",
        "DJANGO_SETTINGS_MODULE": "tillit.web.settings",
    }
    try:
        for command in (["-m", "tillit.web.prepare"], ["-m", "tillit.web.audit", "verify"], ["-c", ASK]):
            done = subprocess.run(
                [sys.executable, *command], env=environment, capture_output=True, text=True, timeout=300
            )
            told = [] if "tillit.web.prepare" in command else done.stderr.splitlines()  # it says how far it has come
            assert (done.returncode, told) == (0, [])
        assert done.stdout.split() == ["302", "302"]
    finally:
        run("DROP DATABASE tillit_ordinary WITH (FORCE)")
        run("DROP ROLE IF EXISTS tillit_app, tillit_ordinary")
        run("ALTER ROLE tillit_app_of_the_tests RENAME TO tillit_app")


@pytest.mark.django_db(transaction=True)
def test_a_log_in_that_may_not_make_the_role_is_told_what_the_servers_keeper_does(tmp_path):
    run("ALTER ROLE tillit_app RENAME TO tillit_app_of_the_tests")
    run("CREATE ROLE tillit_small LOGIN")
    run("CREATE DATABASE tillit_small OWNER tillit_small")
    environment = os.environ | {
        "TILLIT_DATABASE": f"postgresql://tillit_small@/tillit_small?host={connection.settings_dict['HOST']}",
        "TILLIT_FOLDER": str(tmp_path),
        "TILLIT_MADE_UP_CITY": "no",
        "DJANGO_SETTINGS_MODULE": "tillit.web.settings",
    }

    def prepare():
        words = [sys.executable, "-m", "tillit.web.prepare"]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stderr.splitlines()[-1]

    by_hand = "CREATE ROLE tillit_app NOLOGIN NOINHERIT; GRANT tillit_app TO tillit_small;"
    try:
        what = "the log-in 'tillit_small' may neither make the role tillit_app nor work as it"
        told = f"database: {what}: as the server's keeper: {by_hand}"
        assert prepare() == (1, told)
        for statement in by_hand.split(";")[:2]:
            run(statement)
        assert prepare() == (0, "The database is made ready.")
    finally:
        run("DROP DATABASE tillit_small WITH (FORCE)")
        run("DROP ROLE IF EXISTS tillit_app, tillit_small")
        run("ALTER ROLE tillit_app_of_the_tests RENAME TO tillit_app")


ASK = """
from tillit.web.wsgi import application
from django.test import Client
print(Client(headers={"host": "localhost"}).get("/").status_code)
print(Client(headers={"host": "localhost"}).get("/fynd/").status_code)
"""
