"""Rows without a number, held together: proposals with their reasons."""

import importlib.util
import sys

import pytest

from tillit.linkage import Field, NoLinkage, Plan, Proposal, company_key, place_key, propose
from tillit.linkage.propose import _likeliest

PLAN = Plan(
    (Field("name", "name"), Field("place", "name"), Field("phone", "exact")),
    (("phone",), ("name",), ("place",), ("SUBSTR(name, 1, 5)",)),
    (("name",), ("phone",)),
)


def test_without_splink_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(NoLinkage, match=r"Splink is not installed: install requirements/links\.txt"):
        propose([], PLAN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Björkens Assistans AB", "BJÖRKENS ASSISTANS AKTIEBOLAG (PUBL)"),
        ("Handelsbolaget Lunden", "Lunden HB"),
        ("Stiftelsen Källan", "Kallan"),
    ],
)
def test_a_name_is_one_however_its_form_is_written(one: str, other: str) -> None:
    assert company_key(one) == company_key(other)


def test_a_name_that_is_only_a_form_is_left_as_it_is() -> None:
    assert company_key("AB") == "AB"


def test_an_address_is_one_however_it_is_shortened() -> None:
    assert place_key("Kyrkogatan 12 A") == place_key("KYRKOG. 12A")
    assert place_key("Björkvägen 3") != place_key("Björkvägen 4")


def test_only_each_others_likeliest_are_proposed_and_none_where_two_are_as_likely() -> None:
    def pair(one: str, other: str, probability: float) -> Proposal:
        return Proposal(one, other, probability, (), ())

    best, rest = pair("a", "x", 0.99), pair("a", "y", 0.95)
    as_likely = [pair("b", "z", 0.97), pair("b", "w", 0.97)]
    assert _likeliest([best, *as_likely, rest]) == [best]


@pytest.mark.slow
def test_companies_are_proposed_with_what_agrees_and_what_does_not() -> None:
    pytest.importorskip("splink", reason="`make linkage` fetches it")
    rows = [
        {"id": f"{copy}{n}", "name": f"{company_key(name)} {n % 40}", "place": f"GATAN {n}", "phone": f"08{n:05}"}
        for n in range(300)
        for copy, name in (("a", "Omsorg AB"), ("b", "Omsorg Aktiebolag"))
    ]
    rows[1]["phone"] = ""
    rows[3]["place"] = "ANNAN VÄG 900"
    found = propose(rows, PLAN)
    pairs = {tuple(sorted((one.one, one.other))): one for one in found}
    right = {(f"a{n}", f"b{n}") for n in range(300)}
    assert len(right & pairs.keys()) >= 295
    assert len(pairs.keys() - right) <= 5
    assert pairs["a1", "b1"].differs == ("place",)
    assert propose(rows, PLAN) == found
