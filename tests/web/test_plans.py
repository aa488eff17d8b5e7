"""Each list is answered by an index of its own: what a list of a million rests on is held here with none."""

import pytest
from django.db import connection

from tests.web.people import as_viewer
from tillit.web.models import Entry
from tillit.web.queries import case, finding
from tillit.web.queries.finding import Filter

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by how much there is")

URGENT = "matter_urgent_in_process"


def index_of(found):
    """The index that the rows of a query are found by, and whether they must be sorted after it."""
    plan = found.explain().splitlines()
    first = next(line for line in plan if "web_matter" in line or "web_entry" in line)
    name = first.partition(" INDEX ")[2].partition(" ")[0]
    return name, any("FOR ORDER BY" in line for line in plan)


@pytest.mark.parametrize(
    ("chosen", "index"),
    [
        (Filter(), URGENT),
        (Filter(severity=4), URGENT),
        (Filter(provider="5560000001"), "matter_of_provider_in_process"),
        (Filter(control="ASS-01"), "matter_of_control_in_process"),
        (Filter(state="all"), "matter_newest_in_process"),
        (Filter(state="explained"), "matter_in_state_at_board"),
        (Filter(state="new"), "matter_urgent_in_state"),
    ],
)
def test_a_list_of_findings_comes_in_order_out_of_one_index(city, chosen, index):
    assert index_of(finding.listed(as_viewer(city["Klas"]), chosen).values_list("pk")) == (index, False)


def test_a_list_of_cases_comes_in_order_out_of_one_index(city):
    found = case.listed(as_viewer(city["Jonna"]), process="disclosure")
    assert index_of(found.values_list("pk")) == ("matter_due_in_process", False)


@pytest.mark.parametrize("by", [{}, {"kind": "refused"}, {"matter": "NORR-F-2026-1"}])
def test_the_log_is_read_from_its_newest_line(city, by):
    found = Entry.objects.filter(**by).order_by("-at", "-count").values_list("pk")
    assert index_of(found)[0].startswith(("entry_", "web_entry_matter"))
