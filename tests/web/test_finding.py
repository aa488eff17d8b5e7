"""Findings: what area, target and cause each has, from its control or from people."""

import pytest

from tests.web.matters import make
from tests.web.people import NOW
from tillit.web.queries.finding import Classified, classified
from tillit.web.rules.content import catalogue


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"control": "ASS-01", "client_code": "K"}, ("Personlig assistans", "En enskild", "Oklart")),
        ({"control": "FAK-01"}, ("Fakturor", "Ett företag", "Oklart")),
        ({"control": "FAK-01", "fields": {"cause": "mistake"}}, ("Fakturor", "Ett företag", "Misstag")),
        (
            {"control": "", "fields": {"area": "grant", "target": "association", "cause": "handling"}},
            ("Bidrag till föreningar", "En förening", "Brist i handläggningen"),
        ),
        ({"control": ""}, ("", "", "Oklart")),
    ],
)
def test_every_finding_carries_area_target_and_cause(city, more, told):
    """M033: from its control and its rows, or as someone has said; what nobody knows yet is unclear."""
    finding = make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-1", **more)
    assert classified(finding) == Classified(*told)


def test_every_area_of_the_controls_has_a_word(city):
    words = catalogue().processes["finding"].fields["area"].one_of
    assert {control.area for control in catalogue().controls.values()} - set(words) == set()
