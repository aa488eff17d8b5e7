"""The log: every line in its place, none changed or removed, and the proof of it."""

import json
import subprocess
import sys

import pytest
from django.db import DatabaseError, connection, transaction

from tests.web.matters import give, make
from tests.web.people import NOW, as_viewer
from tillit.store import chain
from tillit.web.actions import log
from tillit.web.actions.log_review import export_log, read_log
from tillit.web.actions.read import read_list, read_matter
from tillit.web.actions.refusal import NotForYouError, NotYourStepError
from tillit.web.models import Entry, Grant, Head, walls
from tillit.web.queries.log import all_lines, faults, head, lines_for
from tillit.web.rules.content import catalogue


@pytest.fixture
def finding(city):
    return make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-1", opened_by=city["Elin"])


def lines(**where):
    return [(entry.kind, entry.what, entry.matter) for entry in Entry.objects.filter(**where).order_by("count")]


def test_every_read_of_a_matter_is_in_the_log_before_it_is_shown(city, finding):
    found = read_matter("NORR-F-2026-1", by=as_viewer(city["Klas"]), now=NOW, purpose="Månadens kontroll")
    assert (found.matter.pk, found.whole) == (finding.pk, True)
    entry = Entry.objects.get()
    assert (entry.kind, entry.what, entry.matter, entry.board, entry.zone, entry.purpose, entry.by) == (
        "read", "matter", "NORR-F-2026-1", "norr", "individual", "Månadens kontroll", city["Klas"],
    )  # fmt: skip


def test_the_reporter_reads_where_it_stands_and_the_log_says_so(city, finding):
    assert read_matter("NORR-F-2026-1", by=as_viewer(city["Elin"]), now=NOW).whole is False
    assert lines() == [("read", "status", "NORR-F-2026-1")]


@pytest.mark.parametrize(
    ("name", "number"), [("Hanna", "NORR-F-2026-1"), ("Bo", "NORR-F-2026-1"), ("Klas", "NORR-F-2026-2")]
)
def test_what_may_not_be_seen_and_what_is_not_there_are_told_alike_and_both_logged(city, finding, name, number):
    with pytest.raises(NotForYouError, match=r"^Det finns inget sådant ärende för dig$"):
        read_matter(number, by=as_viewer(city[name]), now=NOW)
    assert lines() == [("refused", "read", number)]
    assert (Entry.objects.get().board, Entry.objects.get().zone) == ("", "")


def test_a_list_that_was_shown_is_one_line(city):
    read_list("findings", by=as_viewer(city["Klas"]), now=NOW, shown=50)
    entry = Entry.objects.get()
    assert (entry.kind, entry.what, entry.details) == ("read", "list findings", {"shown": 50})


def test_the_reads_of_a_request_are_written_last_and_not_at_all_where_it_breaks(city, finding):
    with log.reads_written_last():
        read_matter("NORR-F-2026-1", by=as_viewer(city["Klas"]), now=NOW)
        read_matter("NORR-F-2026-1", by=as_viewer(city["Cilla"]), now=NOW)
        assert lines() == []
    assert lines() == [("read", "matter", "NORR-F-2026-1"), ("read", "matter", "NORR-F-2026-1")]
    assert faults() == []


@pytest.mark.parametrize(
    "by_hand",
    [
        lambda: Entry.objects.update(what="annat"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.get(count=2).delete(),
        lambda: run("UPDATE web_entry SET by_id = NULL WHERE count = 1"),
        lambda: run("DELETE FROM web_entry"),
    ],
)
def test_no_line_is_changed_or_removed(city, by_hand):
    """M282: the log is append-only, whoever writes and whatever with."""
    for what in ("a", "b"):
        log.write("change", what, by=city["Klas"], at=NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        by_hand()
    assert lines() == [("change", "a", ""), ("change", "b", "")]


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_where_the_triggers_were_taken_away_the_chain_still_shows_what_was_done(city):
    for number in range(6):
        log.write("change", f"åtgärd {number}", by=city["Klas"], at=NOW, details={"n": number, "é": ["a", None]})
    assert faults() == []
    walls.take_away(connection)
    run("UPDATE web_entry SET what = 'annat' WHERE count = 3")
    run("DELETE FROM web_entry WHERE count = 5")
    assert faults() == [
        chain.Fault(3, "the line has been changed"),
        chain.Fault(6, "it comes after 4: lines are missing, doubled or moved"),
        chain.Fault(6, "it does not follow the line before"),
    ]
    run("DELETE FROM web_entry WHERE count = 6")
    assert faults()[-1] == chain.Fault(6, "it was written down, and the log ends at 4")


def test_a_log_made_anew_is_seen_by_the_head_that_was_written_down(city):
    for number in range(3):
        log.write("change", f"åtgärd {number}", by=city["Klas"], at=NOW)
    written_down = dict([head()])
    walls.take_away(connection)
    run("DELETE FROM web_entry")
    Head.objects.all().delete()
    for _ in range(3):
        log.write("change", "inget", by=city["Klas"], at=NOW)
    assert faults() == []
    assert faults(written_down) == [chain.Fault(3, "it is not the head that was written down")]


class TestReviewing:
    @pytest.fixture(autouse=True)
    def _read_by_two(self, city, finding):
        make(catalogue().processes["finding"], now=NOW, number="SYD-F-2026-1", board="syd")
        Grant.objects.create(user=city["Doris"], role="R26", board=None, valid_from=NOW.date())
        read_matter("NORR-F-2026-1", by=as_viewer(city["Klas"]), now=NOW)
        read_matter("SYD-F-2026-1", by=as_viewer(city["Bo"]), now=NOW)

    def seen(self, city, name):
        return sorted(entry.matter for entry in lines_for(as_viewer(city[name])))

    def test_the_officer_sees_all_a_manager_the_own_unit_and_the_rest_nothing(self, city):
        assert self.seen(city, "Doris") == ["NORR-F-2026-1", "SYD-F-2026-1"]
        assert self.seen(city, "Cilla") == ["NORR-F-2026-1"]
        assert self.seen(city, "Bo") == ["SYD-F-2026-1"]
        assert [self.seen(city, name) for name in ("Klas", "Asta", "Hanna", "Elin", "Sara")] == [[]] * 5

    def test_reading_the_log_is_a_line_of_the_log(self, city):
        found = read_log(by=as_viewer(city["Doris"]), now=NOW, matter="NORR-F-2026-1", purpose="Klagomål")
        assert [entry.by.name for entry in found if entry.what == "matter"] == ["Klas"]
        entry = Entry.objects.order_by("count").last()
        assert (entry.kind, entry.what, entry.purpose, entry.details) == (
            "read", "log", "Klagomål", {"matter": "NORR-F-2026-1", "person": None, "kind": ""},
        )  # fmt: skip

    def test_who_reviews_nothing_is_told_that_there_is_no_log(self, city):
        with pytest.raises(NotForYouError, match="Det finns ingen logg för dig"):
            read_log(by=as_viewer(city["Klas"]), now=NOW)

    def test_the_lines_of_whistleblowing_are_for_its_function_alone(self, city):
        secret = make(catalogue().processes["finding"], now=NOW, number="NORR-V-1", zone="whistleblowing")
        log.write("read", "matter", by=city["Klas"], at=NOW, matter=secret)
        assert self.seen(city, "Doris") == ["NORR-F-2026-1", "SYD-F-2026-1"]
        assert self.seen(city, "Cilla") == ["NORR-F-2026-1"]

    def test_the_copy_is_proved_without_tillit_and_what_is_secret_is_sealed(self, city, tmp_path):
        secret = make(catalogue().processes["finding"], now=NOW, number="NORR-V-1", zone="whistleblowing")
        log.write("read", "matter", by=city["Klas"], at=NOW, matter=secret)
        path = tmp_path / "log.jsonl"
        path.write_text("".join(export_log(by=as_viewer(city["Doris"]), now=NOW, purpose="Revision")), encoding="utf-8")
        given = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert [line.get("what", "sealed") for line in given] == ["matter", "matter", "sealed", "export log"]
        assert "NORR-V-1" not in path.read_text(encoding="utf-8")
        assert given[0]["username"] == "klas"
        count, hash_ = head()
        proved = subprocess.run(
            [sys.executable, "-I", chain.__file__, str(path), str(count), hash_], capture_output=True, text=True
        )
        assert (proved.returncode, proved.stdout) == (0, f"unbroken; the head is 4 {hash_}\n")

    def test_a_manager_takes_no_copy(self, city):
        with pytest.raises(NotYourStepError, match="Bara dataskyddsombudet tar ut loggen"):
            export_log(by=as_viewer(city["Cilla"]), now=NOW, purpose="x")

    def test_the_operator_s_copy_holds_every_line(self, city):
        assert [line["count"] for line in all_lines()] == [1, 2]


def test_a_person_who_no_longer_works_on_it_is_still_in_the_log(city, finding):
    give(finding, city["Hanna"], now=NOW)
    read_matter("NORR-F-2026-1", by=as_viewer(city["Hanna"]), now=NOW)
    assert [entry.by.name for entry in lines_for(as_viewer(city["Cilla"]))] == ["Hanna"]
