"""The plans: measures whose examples hold, chains whose steps are there, and a start page without doubles."""

import pytest

from tillit.catalogue import Chain, Measures, Routine, Routines, TownPlan

MEASURE = {"sv": "Vite", "en": "Penalty", "relations": ["procured"]}
EXAMPLE = {"name": "x", "relation": "procured", "offers": ["penalty"]}
MEASURES = {"relations": ["procured"], "measures": {"penalty": MEASURE}, "examples": [EXAMPLE]}


DELEGATED = {"body": "Nämnden", "says": "delegerar", "decided_on": "2024-05-28"}


def test_an_example_is_the_test_of_what_is_offered():
    assert Measures.model_validate(MEASURES).offered("procured") == ["penalty"]
    with pytest.raises(ValueError, match="example 'x': what is offered is penalty"):
        Measures.model_validate(MEASURES | {"examples": [EXAMPLE | {"offers": []}]})


def test_each_relation_has_an_example():
    with pytest.raises(ValueError, match="no example tells what is offered in none"):
        Measures.model_validate(MEASURES | {"relations": ["procured", "none"]})


def test_a_measure_names_only_relations_that_are_there():
    wrong = {"penalty": MEASURE | {"relations": ["lease"]}}
    with pytest.raises(ValueError, match=r"measures\.penalty: there is no relation 'lease'"):
        Measures.model_validate(MEASURES | {"measures": wrong})


def test_without_a_contract_no_measure_of_a_contract_is_there(content):
    """M168: without a contract the city may inform, notify and recover; with one also see, control and sanction."""
    of_a_contract = {"insight", "remedy", "deduction", "withhold", "penalty", "termination", "exclusion"}
    assert set(content.measures.offered("none")) & of_a_contract == set()
    assert of_a_contract - set(content.measures.offered("procured")) == set()


def test_steps_that_lie_apart_are_steps_of_the_chain():
    step = {"sv": "Betala", "en": "Pay"}
    with pytest.raises(ValueError, match="there is no step 'order'"):
        Chain.model_validate({"sv": "x", "en": "x", "steps": {"pay": step}, "apart": [["pay", "order"]]})


def test_two_entries_of_the_start_page_have_not_one_id():
    entry = {"id": "a", "sv": "A", "en": "A"}
    with pytest.raises(ValueError, match="two entries have the id a"):
        Routines.model_validate({"forms": [entry, entry]})


def test_the_delegation_held_on_the_day_when_the_document_was_decided(content):
    """M003, M012: the chain from the council to the one who signed stands with the document, each link in its time."""
    sharing = next(one for one in content.routines.routines if one.id == "information_sharing")
    assert [one.body for one in sharing.delegated] == ["Kommunfullmäktige", "Nämnden"]
    assert str(sharing.valid_from) == "2024-07-01"
    for change in ({"decided_on": "2024-05-01"}, {"delegated": [{**DELEGATED, "valid_to": "2024-05-31"}]}):
        with pytest.raises(ValueError, match="did not hold"):
            Routine.model_validate(sharing.model_dump() | change)


TOWN_NUMBER = {"value": 0.1, "says": "andel", "source": "antagande"}


def test_a_town_of_a_size_may_have_numbers_of_its_own():
    size = {"inhabitants": 10, "about": "liten", "numbers": {"sick": 0.5}}
    plan = TownPlan.model_validate({"sizes": {"small": size}, "numbers": {"sick": TOWN_NUMBER, "late": TOWN_NUMBER}})
    assert (plan.number("sick", size="small"), plan.number("late", size="small")) == (0.5, 0.1)
    with pytest.raises(ValueError, match="there is no number 'sick'"):
        TownPlan.model_validate({"sizes": {"small": size}})


def test_a_month_of_the_town_begins_on_its_first_day():
    with pytest.raises(ValueError, match="2026-03-02 is not the first day of a month"):
        TownPlan.model_validate({"months": ["2026-03-02"]})
