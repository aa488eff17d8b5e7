"""Everything held about a person is found, decided thing by thing by a named person, and nothing of anyone else."""

import json

import pytest
from django.db import models

from tests.web.matters import give, make
from tests.web.people import DAY, NOW, as_viewer
from tests.web.test_models import MODELS, UNSCOPED
from tillit.store import code
from tillit.web.actions.note import write_note
from tillit.web.actions.refusal import HeldBackError, NotForYouError, SomeoneWasFasterError
from tillit.web.actions.subject_request import open_subject_request, read_subject_request, settle_subject_request
from tillit.web.models import Block, Board, Decision, Entry, Grant, SubjectRequest, User
from tillit.web.rules.board_store import store_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.person_data import PERSON_COLUMNS, models_of_boards, searched

NUMBER, OTHER = "19121212-1212", code(77)


def test_no_model_that_can_hold_a_person_is_left_out():
    """By the list of test_models.py, which is not how they are found: a new model is searched or cannot hold a code."""
    assert {one.__name__ for one in models_of_boards()} == {one.__name__ for one in MODELS} - set(UNSCOPED)
    for model in MODELS:
        own = {one.name for one in model._meta.local_fields}
        if model.__name__ in UNSCOPED:
            assert (model.__name__, own & PERSON_COLUMNS) == (model.__name__, set())
            continue
        texts = {
            one.name
            for one in model._meta.local_fields
            if isinstance(one, models.JSONField | models.TextField) or one.name.endswith(("client_code", "worker_code"))
        }
        assert (model.__name__, texts - set(searched(model))) == (model.__name__, set())


@pytest.fixture
def people(city, installation):
    norr = Board.objects.get(slug="norr")
    for name, role, board in (("Dag", "R26", None), ("Arvid", "R34", norr)):
        city[name] = User.objects.create(username=name.lower(), name=name)
        Grant.objects.create(user=city[name], role=role, board=board, valid_from=DAY)
    return city


@pytest.fixture
def own(people):
    return code(store_of(Board.objects.get(slug="norr")).persons.pseudonym("191212121212"))


@pytest.fixture
def held(people, own):
    """A finding about the person, a case where a note names the code, a decision; and what is another's."""
    processes = catalogue().processes
    make(processes["finding"], now=NOW, number="NORR-F-2026-1", client_code=own, worker_code=OTHER)
    make(processes["finding"], now=NOW, number="NORR-F-2026-2", client_code=OTHER)
    case = make(processes["investigation"], now=NOW, number="NORR-U-2026-1")
    give(case, people["Asta"], now=NOW)
    write_note(case, by=as_viewer(people["Asta"]), now=NOW, text=f"Samtal om {own} och {OTHER}.")
    for number, who in (("B1", own), ("B2", OTHER)):
        Decision.objects.create(
            board=Board.objects.get(slug="norr"), number=number, client_code=who, cover="assistance", minutes=60,
            per="week", valid_from=DAY, known_from=NOW,
        )  # fmt: skip
    return case


def ask(people, name="Arvid", number=NUMBER, board="norr", **more):
    given = {"registry_number": "KS 2026/9", "purpose": "Personen har frågat"} | more
    return open_subject_request(
        number, board=Board.objects.get(slug=board), by=as_viewer(people[name]), now=NOW, **given
    )


def test_it_finds_all_that_is_about_the_person_and_keeps_no_number(people, held, own):
    made = ask(people)
    assert [(one["number"] or one["what"], one["rows"]) for one in made.items] == [
        ("NORR-F-2026-1", {"Finding": 1}), ("NORR-U-2026-1", {"Note": 1}), ("Beslut om insats", {}),
    ]  # fmt: skip
    line = Entry.objects.get(what="subject request")
    assert (line.kind, line.purpose, line.details) == (
        "read", "KS 2026/9", {"request": made.pk, "board": made.board_id, "items": 3},
    )  # fmt: skip
    assert "1212121212" not in json.dumps([made.items, line.details, made.purpose])


def settle(people, made, *answers, name="Arvid"):
    keyed = {one["key"]: answer for one, answer in zip(made.items, answers, strict=True)}
    return settle_subject_request(made, keyed, by=as_viewer(people[name]), now=NOW)


GIVE, HOLD = ("give", ""), ("ongoing", "Utredningen pågår")


def test_what_is_given_says_nothing_of_another_and_what_is_held_back_says_why(people, held, own):
    made = ask(people)
    file = settle(people, made, GIVE, HOLD, GIVE)
    told = json.loads(file)
    assert sorted(told["uppgifter"]) == ["Decision", "NORR-F-2026-1"]
    assert told["uppgifter"]["NORR-F-2026-1"]["Finding"][0]["worker_code"] == "annan person"
    assert told["uppgifter"]["Decision"][0]["number"] == "B1"
    assert told["lämnas inte ut"] == [{"ground": "ongoing", "why": "Utredningen pågår"}]
    assert (OTHER.encode() in file, b"Samtal" in file, b"Asta" in file) == (False, False, False)
    kept = SubjectRequest.objects.get()
    assert (kept.settled_by.name, [one["given"] for one in kept.items]) == ("Arvid", [True, False, True])
    with pytest.raises(SomeoneWasFasterError):
        settle(people, made, GIVE, HOLD, GIVE)


def test_nothing_goes_out_by_silence_or_without_a_reason(people, held):
    made = ask(people)
    for answers, why in (((GIVE, ("", ""), GIVE), "Välj för varje del"), ((GIVE, ("crime", " "), GIVE), "skälet")):
        with pytest.raises(HeldBackError, match=why):
            settle(people, made, *answers)
    assert SubjectRequest.objects.get().settled_at is None


def test_someone_protected_is_masked_and_is_not_given_this_way(people, held):
    held.protected = True
    held.save()
    made = ask(people)
    assert [(one["number"], one["rows"]) for one in made.items if one["protected"]] == [("Skyddade uppgifter", {})]
    with pytest.raises(HeldBackError, match="skyddade"):
        settle(people, made, GIVE, GIVE, GIVE)
    assert b"NORR-U-2026-1" not in settle(people, made, GIVE, ("protected", "Lämnas i ärendet"), GIVE)


def test_whoever_bias_shuts_out_of_a_matter_finds_nothing_of_it(people, held):
    Block.objects.create(matter=held, user=people["Arvid"], since=NOW)
    assert [one["number"] for one in ask(people).items] == ["NORR-F-2026-1", ""]


@pytest.mark.parametrize("name", ["Cilla", "Asta", "Jonna", "Elin", "Doris", "Bo"])
def test_for_others_there_is_no_such_page_and_no_search(people, held, name):
    made = ask(people)
    with pytest.raises(NotForYouError):
        ask(people, name)
    with pytest.raises(NotForYouError):
        read_subject_request(made.pk, by=as_viewer(people[name]), now=NOW)
    with pytest.raises(NotForYouError):
        settle(people, made, GIVE, GIVE, GIVE, name=name)


def test_the_archivist_of_one_board_searches_no_other_and_each_board_knows_the_person_by_another_code(people, held):
    with pytest.raises(NotForYouError):
        ask(people, board="syd")
    assert ask(people, "Dag", board="syd").items == []


@pytest.mark.parametrize("more", [{"number": "19121212-1213"}, {"registry_number": " "}, {"purpose": ""}])
def test_without_a_number_a_registry_number_or_a_purpose_nothing_is_searched(people, held, more):
    with pytest.raises(HeldBackError):
        ask(people, **more)
    assert not SubjectRequest.objects.exists()


def test_who_is_shut_out_after_the_search_reads_and_settles_it_no_more(people, held):
    made = ask(people)
    Block.objects.create(matter=held, user=people["Arvid"], since=NOW)
    with pytest.raises(NotForYouError):
        read_subject_request(made.pk, by=as_viewer(people["Arvid"]), now=NOW)
    with pytest.raises(NotForYouError):
        settle(people, made, GIVE, GIVE, GIVE)
    assert read_subject_request(made.pk, by=as_viewer(people["Dag"]), now=NOW) == made


def test_who_answers_for_every_board_is_told_of_the_one_alone(people, held, own):
    """Also where a code would be the same at both."""
    Decision.objects.create(
        board=Board.objects.get(slug="syd"), number="B3", client_code=own, cover="assistance", minutes=60, per="week",
        valid_from=DAY, known_from=NOW,
    )  # fmt: skip
    made = ask(people, "Dag")
    assert [one["what"] for one in made.items].count("Beslut om insats") == 1
    told = json.loads(settle(people, made, GIVE, GIVE, GIVE, name="Dag"))
    assert [one["number"] for one in told["uppgifter"]["Decision"]] == ["B1"]
