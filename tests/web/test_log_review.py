"""The monthly sample of the log: the same seed draws the same lines, to a manager who is not the reader."""

from datetime import date, timedelta

import pytest

from tests.web.matters import make
from tests.web.people import NOW, as_viewer
from tillit.units import Period
from tillit.web.actions import log
from tillit.web.actions.log_review import draw_sample, last_month
from tillit.web.models import Block, Entry, Grant, Review
from tillit.web.queries.log import reviews_for
from tillit.web.rules.content import catalogue

MARCH = Period.month(2026, 3)
APRIL = NOW.replace(month=4, day=1)


@pytest.fixture
def finding(city):
    return make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-1")


def read(city, finding, name, count, at=NOW):
    for _ in range(count):
        log.write("read", "matter", by=city[name], at=at, matter=finding)


def drawn():
    return list(Review.objects.order_by("entry__count").values_list("entry__count", "reviewer__name", "due_on"))


def test_a_share_is_drawn_and_the_same_seed_draws_the_same(city, finding):
    read(city, finding, "Klas", 200)
    made = draw_sample(month=MARCH, seed="mars", now=APRIL)
    first = drawn()
    assert made == len(first)
    assert 1 <= made <= 12  # two in a hundred, of two hundred
    assert {name for _, name, _ in first} == {"Cilla", "Mats"}
    assert {due for _, _, due in first} == {date(2026, 5, 4)}
    assert draw_sample(month=MARCH, seed="mars", now=APRIL) == 0
    Review.objects.all().delete()
    assert draw_sample(month=MARCH, seed="mars", now=APRIL) == made
    assert drawn() == first
    Review.objects.all().delete()
    draw_sample(month=MARCH, seed="annat", now=APRIL)
    assert drawn() != first


def test_only_reads_of_the_month_are_drawn(city, finding):
    read(city, finding, "Klas", 60, at=NOW - timedelta(days=30))
    for _ in range(60):
        log.write("change", "assess", by=city["Klas"], at=NOW, matter=finding)
        log.write("read", "list findings", by=city["Klas"], at=NOW)
    assert draw_sample(month=MARCH, seed="mars", now=APRIL) == 0


def test_nobody_reviews_their_own_reading_or_what_they_are_shut_out_of(city, finding):
    read(city, finding, "Cilla", 150)
    draw_sample(month=MARCH, seed="mars", now=APRIL)
    assert {name for _, name, _ in drawn()} == {"Mats"}
    Review.objects.all().delete()
    Block.objects.create(matter=finding, user=city["Mats"], since=NOW)
    draw_sample(month=MARCH, seed="mars", now=APRIL)
    assert {name for _, name, _ in drawn()} == {"Hjalmar"}  # the head of administration
    Review.objects.all().delete()
    Grant.objects.filter(user=city["Hjalmar"], role="R24").delete()
    assert draw_sample(month=MARCH, seed="mars", now=APRIL) == 0


def test_what_was_asked_is_seen_by_the_one_asked_while_the_matter_is(city, finding):
    read(city, finding, "Klas", 150)
    draw_sample(month=MARCH, seed="mars", now=APRIL)
    mine = Review.objects.filter(reviewer=city["Cilla"]).count()
    assert reviews_for(as_viewer(city["Cilla"])).count() == mine
    Block.objects.create(matter=finding, user=city["Cilla"], since=NOW)
    assert reviews_for(as_viewer(city["Cilla"])).count() == 0


def test_the_drawing_is_itself_a_line(city, finding):
    draw_sample(month=MARCH, seed="mars", now=APRIL)
    line = Entry.objects.get()
    assert (line.what, line.by, line.details) == ("draw sample", None, {"lines": 0, "asked": 0})


def test_last_month():
    assert (str(last_month(date(2026, 4, 1))), str(last_month(date(2026, 1, 31)))) == ("2026-03", "2025-12")
