"""Protected personal data and small numbers: masked wherever a list, a hit or a file could lead to someone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.matters import give, make
from tests.web.people import NOW, as_viewer
from tillit.web.actions.export import export_list
from tillit.web.actions.refusal import NotYourStepError
from tillit.web.models import Entry, Finding, Matter
from tillit.web.queries.search import search
from tillit.web.rules.content import catalogue
from tillit.web.rules.protected import MASKED, shown
from tillit.web.rules.small_cells import small_cells


@pytest.fixture
def finding(city):
    return make(
        catalogue().processes["finding"],
        now=NOW,
        number="NORR-F-2026-1",
        title="Två rapporter",
        provider_number="5560000001",
        client_code="C-77",
        worker_code="W-88",
        protected=True,
    )


def test_a_list_shows_that_it_is_there_and_nothing_that_leads_to_anyone(finding):
    assert shown(finding) == ("NORR-F-2026-1", MASKED, MASKED, MASKED, MASKED)
    assert shown(Matter.objects.select_related("finding").get()) == shown(finding)
    finding.protected = False
    assert shown(finding) == ("NORR-F-2026-1", "Två rapporter", "5560000001", "C-77", "W-88")


@pytest.mark.parametrize("text", ["NORR-F-2026-1", "ASS-01", "5560000001", "C-77", "w-88"])
def test_a_search_finds_it_only_for_the_one_with_a_special_assignment(city, finding, text):
    """M283: whoever has the mark is masked in lists, hits and files, and read by special assignment alone."""
    assert list(search(as_viewer(city["Klas"]), text)) == []
    give(finding, city["Klas"], now=NOW, special=True)
    assert [matter.number for matter in search(as_viewer(city["Klas"]), text)] == ["NORR-F-2026-1"]
    assert list(search(as_viewer(city["Bo"]), text)) == []


def test_a_search_for_next_to_nothing_gives_nothing(city, finding):
    Matter.objects.update(protected=False)
    assert [list(search(as_viewer(city["Klas"]), text)) for text in ("", " ", "N")] == [[], [], []]


def test_a_list_that_is_taken_out_is_masked_and_logged(city, finding):
    make(
        catalogue().processes["finding"],
        now=NOW,
        number="NORR-F-2026-2",
        client_code="C-1",
        provider_number="5560000002",
    )
    make(catalogue().processes["finding"], now=NOW, number="SYD-F-2026-1", board="syd")
    give(finding, city["Klas"], now=NOW, special=True)
    rows = export_list("finding", by=as_viewer(city["Klas"]), now=NOW, purpose="Månadsrapport")
    assert [(row["number"], row["provider"], row["client"]) for row in rows] == [
        ("NORR-F-2026-1", MASKED, MASKED),
        ("NORR-F-2026-2", "5560000002", "C-1"),
    ]
    line = Entry.objects.get()
    assert (line.kind, line.what, line.purpose, line.details) == (
        "read", "export finding", "Månadsrapport", {"rows": 2},
    )  # fmt: skip


@pytest.mark.parametrize("name", ["Cilla", "Asta", "Elin", "Sara", "Doris"])
def test_who_takes_no_lists_out_gets_none(city, finding, name):
    with pytest.raises(NotYourStepError, match="Din roll tar inte ut listor"):
        export_list("finding", by=as_viewer(city[name]), now=NOW, purpose="x")


def test_the_stranger_takes_out_the_list_of_his_own_board(city, finding):
    assert export_list("finding", by=as_viewer(city["Bo"]), now=NOW, purpose="x") == []


def test_a_matter_is_masked_also_where_its_finding_was_not_asked_for(finding):
    assert Finding.objects.get().protected is True
    assert shown(Matter.objects.get()).client == MASKED


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(), st.integers(0, 30), max_size=8), st.integers(2, 10))
def test_no_hidden_number_can_be_worked_out_from_the_sum(counts, limit):
    told = small_cells(counts, limit=limit)
    hidden = [key for key, count in told.items() if count is None]
    assert all(told[key] == count for key, count in counts.items() if key not in hidden)
    assert all(key in hidden for key, count in counts.items() if 0 < count < limit)
    others = [key for key in counts if key not in hidden and counts[key] > 0]
    assert len(hidden) != 1 or not others
