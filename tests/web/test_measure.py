"""The case page offers the measures of the legal relation, and no others."""

import pytest

from tillit.web.forms.step import step_form
from tillit.web.rules.content import catalogue

RELATIONS = catalogue().measures.relations


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_case_offers_the_measures_of_its_relation_alone(relation):
    """M168: without a contract inform, notify and recover; with one also insight, control and sanctions."""
    form = step_form(catalogue().processes["investigation"], "list_further", version=1, known={"relation": relation})
    assert [code for code, _ in form.fields["further"].choices] == catalogue().measures.offered(relation)


def test_while_no_relation_is_said_all_are_shown_and_the_guard_asks_for_it():
    form = step_form(catalogue().processes["investigation"], "list_further", version=1, known={})
    assert len(form.fields["further"].choices) == len(catalogue().measures.measures)
