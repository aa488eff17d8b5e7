"""Bias: a person is shut out from the moment that it is declared, everywhere, and what they did can be listed."""

from datetime import timedelta

import pytest

from tests.web.matters import give, make
from tests.web.people import NOW, as_viewer
from tillit.web.actions.assignment import take_in_emergency
from tillit.web.actions.bias import declare
from tillit.web.actions.matter import open_case
from tillit.web.actions.note import write_note
from tillit.web.actions.read import read_matter
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.step import may_take, take_step
from tillit.web.models import Block, Case, Entry, Grant, Matter, Note, Notice
from tillit.web.queries.bias import concerned, touched
from tillit.web.queries.log import lines_for
from tillit.web.queries.matter import counts, visible
from tillit.web.queries.notice import notices_for
from tillit.web.queries.search import search
from tillit.web.queries.work import my_work
from tillit.web.rules.content import catalogue

SELF = {"source": "self", "ground": ["other"], "description": "Vi är grannar"}
OBJECTION = {"source": "objection", "ground": ["other"], "description": "Parten invänder"}


@pytest.fixture
def case(city):
    made = make(catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-1")
    give(made, city["Asta"], now=NOW)
    return made


def test_who_declares_bias_is_shut_out_of_every_door_at_once(city, case):
    asta = as_viewer(city["Asta"])
    Notice.objects.create(user=city["Asta"], matter=case, what="assigned", at=NOW)
    declare(case, by=asta, now=NOW, given=SELF)
    assert [matter.process for matter in visible(Matter, asta)] == ["bias"]
    assert counts(Matter, asta) == {("bias", "blocked"): 1}
    assert list(search(asta, "NORR-U")) == []
    assert list(notices_for(asta)) == []
    assert [*my_work(asta).overdue, *my_work(asta).due, *my_work(asta).later, *my_work(asta).waiting] == []
    assert may_take(case, asta) == []
    with pytest.raises(NotForYouError):
        read_matter("NORR-U-2026-1", by=asta, now=NOW)
    with pytest.raises(NotForYouError):
        take_step(case, "look", by=asta, now=NOW, version=1, given={"preliminary": "x"})
    with pytest.raises(NotForYouError):
        write_note(case, by=asta, now=NOW, text="x")
    with pytest.raises(NotForYouError):
        take_in_emergency("NORR-U-2026-1", by=asta, now=NOW, why="x", until=NOW + timedelta(hours=1))
    assert [(line.kind, line.what) for line in Entry.objects.filter(by=city["Asta"], kind="refused")] == [
        ("refused", "read"),
        ("refused", "step look"),
        ("refused", "write note"),
        ("refused", "emergency access"),
    ]


def test_the_manager_is_told_and_decides_and_the_ground_stays_out_of_the_matter(city, case):
    notice = declare(case, by=as_viewer(city["Asta"]), now=NOW, given=SELF)
    assert (notice.number, notice.zone, notice.fields) == ("NORR-J-2026-1", "staff", SELF)
    assert [one.user.name for one in Notice.objects.filter(matter=notice).order_by("user__name")] == ["Cilla", "Mats"]
    give(case, city["Jonna"], now=NOW)
    cilla = as_viewer(city["Cilla"])
    take_step(
        Matter.objects.get(pk=notice.pk), "find_biased", by=cilla, now=NOW, version=1, given={"reasons": "Grannar"}
    )
    take_step(Matter.objects.get(pk=notice.pk), "replace", by=cilla, now=NOW, version=2)
    assert [note.text for note in Note.objects.filter(matter=case)] == ["Handläggaren har bytts på grund av jäv."]
    assert Block.objects.get().lifted_at is None
    assert Matter.objects.get(pk=case.pk).fields == {}


def test_where_it_was_not_bias_the_block_is_lifted(city, case):
    notice = declare(case, by=as_viewer(city["Cilla"]), now=NOW, given=OBJECTION, of=city["Asta"])
    given = {"reasons": "Missnöje är inte jäv", "party_told_on": "2026-03-02"}
    mats = as_viewer(city["Mats"])
    take_step(Matter.objects.get(pk=notice.pk), "find_not_biased", by=mats, now=NOW, version=1, given=given)
    assert {block.lifted_at for block in Block.objects.all()} == {NOW}
    give(case, city["Asta"], now=NOW)
    assert [matter.number for matter in visible(Matter, as_viewer(city["Asta"]))] == ["NORR-U-2026-1"]


def test_the_one_it_is_about_sees_neither_the_matter_nor_the_case_that_another_opened(city, case):
    declare(case, by=as_viewer(city["Mats"]), now=NOW, given=OBJECTION, of=city["Cilla"])
    assert list(visible(Matter, as_viewer(city["Cilla"]))) == []
    assert [one.user.name for one in Notice.objects.all()] == []
    assert [matter.number for matter in visible(Matter, as_viewer(city["Mats"])).order_by("pk")] == [
        "NORR-U-2026-1",
        "NORR-J-2026-1",
    ]


def test_an_employee_cannot_shut_another_out(city, case):
    finding = make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-1", opened_by=city["Elin"])
    with pytest.raises(NotYourStepError, match="Bara den som arbetar med ärendet eller leder enheten"):
        declare(finding, by=as_viewer(city["Elin"]), now=NOW, given=OBJECTION, of=city["Klas"])
    with pytest.raises(NotForYouError):
        declare(case, by=as_viewer(city["Bo"]), now=NOW, given=OBJECTION, of=city["Asta"])
    assert list(Block.objects.all()) == []


def test_bias_is_declared_on_a_matter_and_nowhere_else(city, case):
    with pytest.raises(NotYourStepError, match="Jäv öppnas i det ärende som det gäller: öppna ärendet först"):
        open_case("bias", by=as_viewer(city["Asta"]), now=NOW, board=case.board, given=SELF)


def test_nobody_is_shut_out_twice(city, case):
    declare(case, by=as_viewer(city["Cilla"]), now=NOW, given=OBJECTION, of=city["Asta"])
    with pytest.raises(HeldBackError, match="NORR-U-2026-1: Personen är redan spärrad i ärendet"):
        declare(case, by=as_viewer(city["Mats"]), now=NOW, given=OBJECTION, of=city["Asta"])


def test_what_a_person_did_is_listed_without_what_it_said(city, case):
    asta, later = as_viewer(city["Asta"]), NOW + timedelta(minutes=5)
    write_note(case, by=asta, now=NOW, text="Ringde assistenten")
    take_step(case, "look", by=asta, now=later, version=1, given={"preliminary": "x"})
    notice = declare(case, by=asta, now=later, given=SELF)
    assert touched(notice, as_viewer(city["Cilla"])) == [
        (NOW, "NORR-U-2026-1", "note", ""),
        (later, "NORR-U-2026-1", "step", "look"),
    ]
    assert [one.number for one in concerned(notice, as_viewer(city["Cilla"]))] == ["NORR-U-2026-1"]
    assert (touched(notice, asta), list(concerned(notice, asta))) == ([], [])
    assert touched(notice, as_viewer(city["Bo"])) == []


def test_where_the_only_manager_is_concerned_the_head_of_administration_decides(city, case):
    Grant.objects.filter(user=city["Mats"], role="R02").update(role="R24")
    notice = declare(case, by=as_viewer(city["Cilla"]), now=NOW, given=SELF)
    assert [one.user.name for one in Notice.objects.filter(matter=notice).order_by("pk")] == ["Mats", "Hjalmar"]
    with pytest.raises(HeldBackError, match="Frågan gäller dig själv"):
        take_step(notice, "find_biased", by=as_viewer(city["Cilla"]), now=NOW, version=1, given={"reasons": "x"})
    take_step(notice, "find_biased", by=as_viewer(city["Mats"]), now=NOW, version=1, given={"reasons": "Grannar"})


def test_the_lines_of_the_log_are_shut_too(city, case):
    cilla = as_viewer(city["Cilla"])
    read_matter("NORR-U-2026-1", by=as_viewer(city["Asta"]), now=NOW)
    assert [line.matter for line in lines_for(cilla)] == ["NORR-U-2026-1"]
    declare(case, by=as_viewer(city["Mats"]), now=NOW, given=OBJECTION, of=city["Cilla"])
    assert list(lines_for(cilla)) == []


def test_the_numbers_of_bias_do_not_count_into_those_of_cases(city, case):
    declare(case, by=as_viewer(city["Asta"]), now=NOW, given=SELF)
    assert [one.number for one in Case.objects.order_by("pk")] == ["NORR-U-2026-1", "NORR-J-2026-1"]
