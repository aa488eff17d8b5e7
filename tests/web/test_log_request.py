"""An auditor asks for lines of the log, the officer grants them, and the file proves itself."""

import json
from datetime import timedelta

import pytest

from tests.web.matters import give, make
from tests.web.people import DAY, NOW, as_viewer
from tillit.store import chain
from tillit.web.actions.log_request import answer_log_request, ask_for_log, take_out_log
from tillit.web.actions.read import read_matter
from tillit.web.actions.refusal import HeldBackError, NotForYouError, SomeoneWasFasterError
from tillit.web.models import Grant, User
from tillit.web.queries.log import head
from tillit.web.queries.log_request import log_requests
from tillit.web.rules.content import catalogue


@pytest.fixture
def people(city):
    city["Dag"] = User.objects.create(username="dag", name="Dag")
    Grant.objects.create(user=city["Dag"], role="R26", valid_from=DAY)
    for number in ("NORR-U-2026-1", "NORR-U-2026-2"):
        case = make(catalogue().processes["investigation"], now=NOW, number=number)
        give(case, city["Asta"], now=NOW)
        read_matter(number, by=as_viewer(city["Asta"]), now=NOW)
    return city


def ask(people, name="Doris", **more):
    return ask_for_log(by=as_viewer(people[name]), now=NOW, **{"matter": "NORR-U-2026-1", "why": "Granskning 3"} | more)


def answer(people, request, name="Dag", **more):
    answer_log_request(request, by=as_viewer(people[name]), now=NOW, **{"granted": True} | more)


def test_a_granted_request_gives_its_lines_open_and_every_other_sealed_and_proves_itself(people, tmp_path):
    request = ask(people)
    answer(people, request)
    taken = "".join(take_out_log(request, by=as_viewer(people["Doris"]), now=NOW))
    lines = [json.loads(line) for line in taken.splitlines()]
    assert [one["matter"] for one in lines if not one.get("sealed")] == ["NORR-U-2026-1"]
    count, hash_ = head()
    assert (chain.faults(lines, {count: hash_}), "NORR-U-2026-2" in taken) == ([], False)
    (tmp_path / "log.jsonl").write_text(taken)
    assert chain.main([str(tmp_path / "log.jsonl"), str(count), hash_]) == 0
    open_one = next(one for one in lines if not one.get("sealed"))
    open_one["what"] = "nothing"
    assert [fault.line for fault in chain.faults(lines)] == [open_one["count"]]


def test_nothing_is_taken_out_before_it_is_granted_nor_after_its_last_day(people):
    request = ask(people)
    with pytest.raises(HeldBackError):
        take_out_log(request, by=as_viewer(people["Doris"]), now=NOW)
    answer(people, request)
    late = NOW + timedelta(days=60)
    with pytest.raises(HeldBackError):
        take_out_log(request, by=as_viewer(people["Doris"], late), now=late)


@pytest.mark.parametrize("name", ["Cilla", "Asta", "Bo", "Elin", "Dag"])
def test_nobody_but_an_auditor_asks(people, name):
    with pytest.raises(NotForYouError):
        ask(people, name)


@pytest.mark.parametrize("name", ["Cilla", "Bo", "Doris", "Hjalmar"])
def test_nobody_but_the_officer_grants_and_nobody_but_who_asked_takes_out(people, name):
    request = ask(people)
    with pytest.raises(NotForYouError):
        answer(people, request, name)
    answer(people, request)
    if name != "Doris":
        with pytest.raises(NotForYouError):
            take_out_log(request, by=as_viewer(people[name]), now=NOW)
        assert not log_requests(as_viewer(people[name])).exists()


def test_a_request_is_for_something_is_declined_with_a_reason_and_answered_once(people):
    with pytest.raises(HeldBackError, match="ett ärende, en person eller en period"):
        ask(people, matter="")
    with pytest.raises(HeldBackError, match="vad granskningen gäller"):
        ask(people, why=" ")
    request = ask(people)
    with pytest.raises(HeldBackError, match="varför"):
        answer(people, request, granted=False)
    answer(people, request, granted=False, reason="Gäller en annan kommun")
    with pytest.raises(SomeoneWasFasterError):
        answer(people, request)
    with pytest.raises(HeldBackError):
        take_out_log(request, by=as_viewer(people["Doris"]), now=NOW)
