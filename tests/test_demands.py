"""The demands that this stands on, each shown in its shortest form; docs/requirements.csv names these tests."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tillit.catalogue import ContentErrors, load
from tillit.engine import run_examples
from tillit.readers import read_file
from tillit.store import Result, Store

CATALOGUE = load()
ROOT = Path(__file__).parents[1]


def wrong_examples(*controls: str) -> list[str]:
    """The examples of controls that go another way than told; [] where all is as it should be."""
    assert set(controls) <= set(CATALOGUE.controls)
    return [example.name for example in run_examples(CATALOGUE, list(controls)) if not example.ok]


def test_a_permit_holds_for_the_legal_person_in_every_district():
    """M113: one permit for each legal person and kind of service, not limited to a place."""
    permit = CATALOGUE.tables["permit"]
    assert {"provider_id", "service_type"} <= permit.columns.keys()
    assert not {"board", "unit", "district"} & permit.columns.keys()
    assert wrong_examples("ASS-22", "LEV-01") == []


def test_the_rate_is_chosen_by_the_day_the_hour_was_worked():
    """M119: a table of rates by year; the day of the hour decides, not the day of the bill."""
    rate = CATALOGUE.parameters["assistance.hourly_rate"]
    assert [rate.on(day).value for day in (date(2012, 1, 1), date(2025, 12, 31), date(2026, 1, 1))] == [
        Decimal("267.00"),
        Decimal("342.60"),
        Decimal("347.70"),
    ]


def test_hours_are_reckoned_against_the_decision_month_by_month():
    """M120: decided against performed, weighted, for each month; the settlement itself is still to come."""
    assert wrong_examples("ASS-04", "ASS-35") == []


def test_a_control_without_basis_cannot_be_started(tmp_path: Path):
    """M130: what gives the right, what may be done and what may not stand in each control, or it is refused."""
    for control in CATALOGUE.controls.values():
        assert control.law
        assert control.may
        assert control.may_not
    text = (ROOT / "content/controls/assistance/ass-01-worker-at-two-clients.yaml").read_text(encoding="utf-8")
    start, end = text.index("\nlaw:"), text.index("\nmay:")
    folder = tmp_path / "controls" / "assistance"
    folder.mkdir(parents=True)
    (folder / "ass-01-without-law.yaml").write_text(text[:start] + "\nlaw: []" + text[end:], encoding="utf-8")
    with pytest.raises(ContentErrors, match="a control needs at least one law"):
        load(tmp_path)


def test_performed_time_is_read_with_a_report_and_the_original_is_kept(tmp_path: Path):
    """M197: a file of performed services is read, what is refused is told by line, and its bytes are kept."""
    text = "Anordnare;Assistent;Brukare;Datum;Från;Till;Typ\n5599900197;a1;k1;2026-03-02;08:00;10:00;Aktiv tid\n"
    file = tmp_path / "mars.csv"
    file.write_bytes((text + "5599900197;a1;k1;2026-03-02;25:00;26:00;Aktiv tid\n").encode("cp1252"))
    store = Store(tmp_path / "store", tmp_path / "protected")
    delivery = read_file(file, store, CATALOGUE)
    assert (delivery.source, delivery.encoding) == ("template_time_entry", "cp1252")
    assert (delivery.lines_read, delivery.lines_stored, [one.line for one in delivery.refusals]) == (2, 1, [3])
    assert (tmp_path / "protected/received" / delivery.sha256).read_bytes() == file.read_bytes()


def test_decided_performed_and_billed_time_are_held_against_each_other():
    """M198: decided and performed (ASS-04), reported and billed (ASS-35), performed and billed (HEM-01)."""
    assert wrong_examples("ASS-04", "ASS-35", "HEM-01") == []


def test_false_time_reports_and_unpaid_work_are_looked_for_in_seven_ways():
    """M236: two clients at once, too long days and weeks, in hospital, at other activities, too young, without pay."""
    assert wrong_examples("ASS-01", "ASS-06", "ASS-08", "ASS-10", "ASS-11", "ASS-17", "ASS-30") == []


def test_bills_are_held_against_order_price_and_contract():
    """M228, M231, M243: what is billed is compared with what was performed, with the price and with the placement."""
    assert wrong_examples("HEM-01", "FAK-06", "BOE-01") == []


def test_direct_awards_are_asked_the_same_as_others_and_purchases_are_followed():
    """M188, M192, M230: checks before an award, purchases without contract or above a limit, debts."""
    assert wrong_examples("UPH-01", "UPH-02", "UPH-04", "UPH-05", "UPH-06", "UPH-11") == []
    assert wrong_examples("LEV-05", "LEV-06", "LEV-20") == []


def test_files_go_in_and_out_in_forms_that_are_written_down():
    """M292: every source and table stands in the docs, and a result is JSON that reads back as it was."""
    sources, tables = ((ROOT / f"docs/{name}.md").read_text(encoding="utf-8") for name in ("sources", "tables"))
    assert [id for id, one in CATALOGUE.sources.items() if not one.made_from_table and id not in sources] == []
    assert [name for name in CATALOGUE.tables if name not in tables] == []
    result = Result("2026-03-02", "0", CATALOGUE.digest, {"duckdb": "0"})
    assert Result.from_json(result.to_json()) == result


def test_temporary_housing_is_asked_for_contracts_and_rooms_and_never_for_follow_up():
    """M249: no service, so nobody follows up the one who lives there; but the company and the rooms are asked for."""
    assert wrong_examples("BOE-09", "BOE-11", "BOE-12") == []
    examples = {example.name: example for example in CATALOGUE.control("BOE-11").examples}
    assert examples["tillfälligt boende"].finds == []


def test_a_grant_is_asked_for_its_conditions_registration_economy_and_earlier_account():
    """M257: what an association is to show, as a check list and as controls of what was not looked at."""
    assert wrong_examples("FOR-01", "FOR-12", "FOR-17") == []
    assert {"democracy", "economy", "earlier", "two_years"} <= CATALOGUE.checklists["CL11"].questions.keys()


def test_payments_for_one_purpose_from_several_boards_are_found():
    """M094: two boards that give for one thing, and one receipt in two grants."""
    assert wrong_examples("FOR-03", "FOR-14") == []
    assert {CATALOGUE.control(id).reach for id in ("FOR-03", "FOR-14")} == {"city"}
