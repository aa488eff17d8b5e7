"""What deliveries say of providers becomes what every board may know, and nothing that leads to a person."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.web.delivered import deliver, work_off
from tests.web.people import DAY, NOW, as_viewer
from tillit.engine import Link, Side
from tillit.store import code
from tillit.web.actions.provider_import import bring_links, bring_names, bring_providers
from tillit.web.actions.run import start_run
from tillit.web.models import Board, Contract, GrantGiven, Permit, Provider, ProviderLink, Use
from tillit.web.rules.board_store import store_of

NUMBER = "5599900197"


@pytest.fixture
def norr(city, installation):
    return Board.objects.get(slug="norr")


def delivered(norr, **tables):
    store = store_of(norr)
    folder = store.folder / "deliveries" / "d"
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        pq.write_table(pa.Table.from_pylist(rows), folder / f"{table}.parquet")
    bring_providers(store, "d", board=norr, day=DAY)


def test_facts_permits_and_contracts_are_brought_in_once(norr):
    tables = {
        "provider": [
            {
                "provider_id": NUMBER,
                "name": "Norrvik AB",
                "legal_form": "AB",
                "service_area": "home_care",
                "f_tax": True,
            }
        ],
        "permit": [
            {"provider_id": NUMBER, "service_type": "home_care", "valid_from": date(2020, 1, 1), "status": "granted"}
        ],
        "contract": [
            {"provider_id": NUMBER, "service_area": "home_care", "form": "lov", "valid_from": date(2024, 1, 1)}
        ],
    }
    for _ in range(2):
        delivered(norr, **tables)
    provider = Provider.objects.get()
    assert (provider.number, provider.name, provider.is_person) == (NUMBER, "Norrvik AB", False)
    assert (provider.service_areas, provider.legal_form, provider.f_tax) == (["home_care"], "AB", True)
    assert [(one.authority, one.status, one.valid_to) for one in Permit.objects.all()] == [("ivo", "granted", None)]
    assert [(one.board, one.form) for one in Contract.objects.all()] == [(norr, "lov")]
    assert [(one.board, one.since) for one in Use.objects.all()] == [(norr, date(2024, 1, 1))]


def test_a_permit_that_changes_is_the_same_permit(norr):
    row = {"provider_id": NUMBER, "service_type": "home_care", "valid_from": date(2020, 1, 1), "status": "granted"}
    delivered(norr, permit=[row])
    delivered(norr, permit=[row | {"status": "revoked", "status_on": date(2026, 3, 1)}])
    assert [(one.status, one.status_on) for one in Permit.objects.all()] == [("revoked", date(2026, 3, 1))]


def test_a_sole_trader_is_a_code_without_a_name(norr):
    delivered(norr, provider=[{"provider_id": code(7), "name": "Anna Anderssons Städ"}])
    bring_names({code(7): "Anna Anderssons Städ", code(8): "Bo Berg"})
    told = list(Provider.objects.order_by("number").values_list("number", "name", "is_person"))
    assert told == [(code(7), "Enskild firma", True), (code(8), "Enskild firma", True)]


def test_a_name_from_an_invoice_is_taken_where_no_register_gives_one(norr):
    delivered(
        norr, invoice=[{"provider_id": NUMBER}], provider=[{"provider_id": "5599900296", "name": "Enligt registret"}]
    )
    bring_names({NUMBER: "Norrvik", "5599900296": "Enligt fakturan", "5599900395": "Ny AB"})
    told = dict(Provider.objects.values_list("number", "name"))
    assert told == {NUMBER: "Norrvik", "5599900296": "Enligt registret", "5599900395": "Ny AB"}


def test_a_board_that_is_billed_by_a_provider_uses_it_and_another_board_does_not(city, norr):
    deliver(city["Klas"])
    work_off()
    assert [(one.provider.number, one.board, one.since) for one in Use.objects.all()] == [(NUMBER, norr, DAY)]
    start_run(board=norr, by=as_viewer(city["Klas"]), now=NOW)
    work_off()
    assert Use.objects.count() == 1


def test_a_run_writes_links_in_the_place_of_those_before_and_leaves_other_boards_alone(city, norr):
    link = Link("role", Side(NUMBER, ("board",), DAY, None), Side("5599900296", ("ceo",), DAY, DAY))
    syd = Board.objects.get(slug="syd")
    for board in (syd, norr, norr):
        bring_links([link], board=board, day=DAY)
    bring_links([], board=syd, day=DAY)
    (kept,) = ProviderLink.objects.all()
    assert (kept.one.number, kept.other.number, kept.kind, kept.board) == (NUMBER, "5599900296", "role", norr)
    assert (kept.one_roles, kept.other_roles, kept.other_to) == (["board"], ["ceo"], DAY)


def test_a_grant_to_an_association_is_brought_in_once(norr):
    grant = {
        "grant_id": "KN-7", "board": "Kulturnämnden", "provider_id": "8029993196", "purpose": "Läxhjälp",
        "period_from": date(2026, 1, 1), "period_to": date(2026, 12, 31), "amount_ore": 4_000_000,
    }  # fmt: skip
    for _ in range(2):
        delivered(norr, grant_payment=[grant])
    told = [(one.board_name, one.provider.number, one.amount_ore) for one in GrantGiven.objects.all()]
    assert told == [("Kulturnämnden", "8029993196", 4_000_000)]


def test_a_closed_company_has_the_name_that_the_list_of_closed_ones_gives(norr):
    delivered(norr, exclusion=[{"provider_id": NUMBER, "name": "Assistans Gläntan AB"}])
    assert [one.name for one in Provider.objects.all()] == ["Assistans Gläntan AB"]


def test_a_late_bill_does_not_begin_a_cooperation_that_has_ended_and_a_new_contract_does(norr):
    bill = [{"provider_id": NUMBER}]
    delivered(norr, invoice=bill)
    Use.objects.update(until=DAY, ended_because="ran_out")
    delivered(norr, invoice=bill)
    assert Use.objects.filter(until=None).count() == 0
    deal = {"provider_id": NUMBER, "service_area": "home_care", "form": "lov", "valid_from": date(2026, 4, 1)}
    delivered(norr, contract=[deal])
    assert [one.since for one in Use.objects.filter(until=None)] == [date(2026, 4, 1)]
