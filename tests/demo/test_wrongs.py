"""What is put wrong in the town, and that nothing else changes with it."""

from collections import Counter

from tillit.demo import build_town
from tillit.demo.town import Town
from tillit.demo.wrongs import IN_DOCUMENTS, IN_TIME


def test_a_wrong_is_told_under_the_control_that_it_is_named_after() -> None:
    town = build_town(1, wrongs=False)
    assert town.wrongs == []
    for plant in (*IN_TIME, *IN_DOCUMENTS):
        known = len(town.wrongs)
        plant(town)
        named = plant.__name__[:6].upper().replace("_", "-")
        assert {wrong.control for wrong in town.wrongs[known:]} == {named}


def test_a_wrong_in_the_time_is_billed_too() -> None:
    clean, wrong = build_town(1, wrongs=False), build_town(1, wrongs=True)
    death = wrong.clients["K9"]
    assert _billed(wrong, death) - _billed(clean, death) == 240


def _billed(town: Town, client: object) -> int:
    minutes: Counter[object] = Counter()
    for invoice in town.invoices:
        for line in invoice.lines:
            minutes[line.client] += line.minutes
    return minutes[client]
