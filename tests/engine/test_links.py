"""Links between providers: what is shared, between whom, and what says too little to be a link."""

from datetime import date

import pytest

from tests.engine.stored import deliver, new_store
from tillit.engine import Side, provider_links

A, B, C = "5599900197", "5599900296", "5599900395"
FIRST, LAST = date(2023, 1, 1), date(2024, 5, 31)


@pytest.fixture
def links(tmp_path, content):
    def found(most=8, **rows):
        store = new_store(tmp_path)
        return provider_links(store, content, [deliver(store, content, "a", rows)], most=most)

    return found


def role(provider, person, role="board", **more):
    return {"provider_id": provider, "person_id": person, "role": role, "valid_from": FIRST} | more


def told(links):
    return [(link.kind, link.one.provider, link.other.provider) for link in links]


def test_a_person_with_roles_in_two_companies_is_one_link_that_says_what_and_when(links):
    rows = [role(A, "H1"), role(A, "H1", "ceo"), role(B, "H1", "owner", valid_to=LAST), role(C, "H2")]
    (link,) = links(provider_role=rows)
    assert (link.kind, link.one, link.other) == (
        "role",
        Side(A, ("board", "ceo"), FIRST, None),
        Side(B, ("owner",), FIRST, LAST),
    )


def test_a_link_does_not_say_who_the_person_is(links):
    (link,) = links(provider_role=[role(A, "H1"), role(B, "H1")])
    assert {type(value) for side in (link.one, link.other) for value in side.roles} == {str}
    assert not any(hasattr(side, name) for side in (link, link.one) for name in ("person", "thing", "person_id"))


def test_a_shared_account_is_a_link(links):
    account = {"account": "BG:9912346", "valid_from": FIRST}
    rows = [account | {"provider_id": A}, account | {"provider_id": C}]
    assert told(links(bank_account=rows)) == [("account", A, C)]


def test_one_address_written_in_two_ways_is_a_link(links):
    rows = [
        {"provider_id": A, "address": "Storgatan 4, Lillköping"},
        {"provider_id": B, "address": "STORGATAN 4  Lillköping"},
        {"provider_id": C, "address": " "},
    ]
    assert told(links(provider=rows)) == [("address", A, B)]


def test_a_sole_traders_home_is_not_compared(links):
    rows = [{"provider_id": A, "address": "Ekvägen 1"}, {"provider_id": "E-0000-0000-0000Z", "address": "Ekvägen 1"}]
    assert links(provider=rows) == []


def test_what_many_share_is_no_link_and_what_just_as_many_as_may_is(links):
    rows = [role(number, "H1", "auditor") for number in (A, B, C)]
    assert links(most=2, provider_role=rows) == []
    assert told(links(most=3, provider_role=rows)) == [("role", A, B), ("role", A, C), ("role", B, C)]


def test_nothing_delivered_is_no_link(links):
    assert links(time_entry=[{"entry_id": "e1"}]) == []
