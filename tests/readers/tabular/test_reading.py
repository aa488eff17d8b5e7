"""Fields as their source says: codes, filled columns, parts, defaults, and the sign that the file itself shows."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.readers.delivered import content, csv_text, read, refused, rows
from tests.readers.tabular.test_stretch import STAMPED, stamped
from tillit.catalogue import Catalogue, Source
from tillit.store import code


def with_source(**parts: Any) -> Catalogue:
    """The tables of the content, and one source `mine`."""
    source = Source.model_validate({"id": "mine", "title": "Mine", "format": "table", **parts})
    return Catalogue(tables=content().tables, sources={"mine": source})


def ledger(**columns: Any) -> Catalogue:
    return with_source(writes=["supplier_ledger"], columns={"amount_ore": {"from": "belopp"}, **columns})


def amounts(folder: Path, *texts: str, **parts: Any) -> tuple[list[Any], list[str], list[str]]:
    """The amounts stored, the faults, and the remarks."""
    catalogue = with_source(writes=["supplier_ledger"], columns={"amount_ore": {"from": "belopp"}}, **parts)
    delivery, store = read(folder, csv_text(["belopp", "x"], [[text, "y"] for text in texts]), catalogue=catalogue)
    stored = [row[0] for row in rows(store, delivery, "supplier_ledger", "amount_ore")]
    return stored, [what for line, what in refused(delivery) if line], [remark.what for remark in delivery.remarks]


def test_amounts_are_read_exactly_in_every_form_at_once(tmp_path: Path) -> None:
    texts = ["1 234,50", "1\u00a0234,50", "1234.5", "(12,00)", "12,00-", "\u221212", "£5.00", "0,005", "12.00 "]
    assert amounts(tmp_path, *texts)[0] == [123450, 123450, 123450, -1200, -1200, -1200, 500, 1, 1200]


def test_an_unclear_amount_is_read_by_the_sign_that_all_others_show(tmp_path: Path) -> None:
    stored, faults, remarks = amounts(tmp_path, "1.234", "12,50", "7")
    assert (stored, faults) == ([123400, 1250, 700], [])
    assert remarks[1] == "belopp: ',' is taken for the decimal sign, as in the other numbers of the column"


def test_an_unclear_amount_is_refused_where_the_others_do_not_tell(tmp_path: Path) -> None:
    assert amounts(tmp_path, "1.234", "7")[1] == ["belopp: '1.234' may be in thousands or in thousandths"]
    (tmp_path / "other").mkdir()
    assert amounts(tmp_path / "other", "1.234", "12,50", "12.50")[1] == [
        "belopp: '1.234' may be in thousands or in thousandths"
    ]


def test_a_declared_sign_decides(tmp_path: Path) -> None:
    assert amounts(tmp_path, "1,234", "1,234.50", decimal=".")[0] == [123400, 123450]


def test_a_code_is_looked_up_whatever_its_case_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    catalogue = with_source(
        writes=["price"],
        columns={
            "contract_id": {"from": "avtal"}, "item_code": {"value": "HT"}, "unit": {"from": "enhet", "lookup": "unit"},
            "price_ore": {"from": "pris"}, "valid_from": {"from": "från"},
        },
        lookups={"unit": {"Tim": "hour", "St": "piece"}},
    )  # fmt: skip
    lines = [
        ["C1", unit, "10", "2025-01-01"]
        for unit in ("tim", " ST ", "Natt", "Natt mellan", "Natt mellan", "Natt mellan")
    ]
    delivery, store = read(tmp_path, csv_text(["avtal", "enhet", "pris", "från"], lines), catalogue=catalogue)
    assert rows(store, delivery, "price", "unit, item_code, price_ore") == [("hour", "HT", 1000), ("piece", "HT", 1000)]
    assert refused(delivery) == [(4, "enhet is 'Natt'"), *((line, "enhet is 'Natt mellan'") for line in (5, 6, 7))]
    assert delivery.refusals[0].fix == "known: Tim, St; add it to lookups in source.yaml if it is right"


def test_the_one_filled_column_tells_the_value(tmp_path: Path) -> None:
    catalogue = ledger(reason={"by_filled": {"ett": "first", "två": "second"}})
    lines = [["1", "x", "", "y"], ["2", "0", "0,5", "y"], ["3", "", "", "y"], ["4", "1", "1", "y"]]
    delivery, store = read(tmp_path, csv_text(["belopp", "ett", "två", "z"], lines), catalogue=catalogue)
    assert rows(store, delivery, "supplier_ledger", "amount_ore, reason") == [
        (100, "first"),
        (200, "second"),
        (300, None),
    ]
    assert refused(delivery) == [(5, "ett + två are filled together: 2 of them")]


def test_missing_values_take_their_default_and_needed_ones_are_refused(tmp_path: Path) -> None:
    catalogue = ledger(currency={"from": "valuta", "optional": True}, supplier_name={"from": "namn", "empty": ["-"]})
    lines = [["1", "", "-"], ["2", "EUR", "X AB"], ["", "EUR", "X AB"], [" ", "EUR", "X AB"]]
    delivery, store = read(tmp_path, csv_text(["belopp", "valuta", "namn"], lines), catalogue=catalogue)
    assert rows(store, delivery, "supplier_ledger", "currency, supplier_name") == [("SEK", None), ("EUR", "X AB")]
    assert refused(delivery) == [(4, "belopp is empty"), (5, "belopp is empty")]


def test_lines_with_a_value_that_the_source_sets_aside_are_refused_for_its_reason(tmp_path: Path) -> None:
    catalogue = with_source(
        writes=["supplier_ledger"],
        columns={"amount_ore": {"from": "belopp"}},
        sets_aside={"status": {"Makulerad": "raden är makulerad"}},
    )
    delivery, _ = read(
        tmp_path, csv_text(["belopp", "status"], [["1", "Bokförd"], ["2", " MAKULERAD"]]), catalogue=catalogue
    )
    assert refused(delivery) == [(3, "status: raden är makulerad")]


def test_a_day_of_the_month_is_placed_in_its_month(tmp_path: Path) -> None:
    delivery, store = read(
        tmp_path,
        "Månad;Personnummer;Assistent;Organisationsnummer;Dag;Från;Till;Aktiv tid;Väntetid;Beredskap\n"
        "2025-02;K1;A;5560160680;28;08:00;09:00;1;;\n2025-02;K1;A;5560160680;29;08:00;09:00;1;;\n",
    )
    assert rows(store, delivery, "time_entry", "work_date, kind") == [(date(2025, 2, 28), "active")]
    assert refused(delivery) == [(3, "Månad + Dag: 2025-02 has no day '29'")]


def test_points_in_time_are_stored_in_utc_the_first_of_two(tmp_path: Path) -> None:
    headings = ["Gäller", "Brukare", "Slag", "Från dag", "Från tidpunkt", "Till tidpunkt"]
    texts = [
        "2025-06-01 08:00",
        "2025-06-01T08:00:00Z",
        "2025-10-26 02:30",
        "2025-03-30 02:30",
        "1/6/2025",
        "1950-01-01 08:00",
    ]
    lines = [["client", "K1", "hospital", "2025-06-01", text, ""] for text in texts]
    delivery, store = read(tmp_path, csv_text(headings, lines))
    assert [row[0] for row in rows(store, delivery, "absence", "starts_at")] == [
        datetime(2025, 6, 1, 6), datetime(2025, 6, 1, 8), datetime(2025, 10, 26, 0, 30),
    ]  # fmt: skip
    assert refused(delivery) == [
        (5, "Från tidpunkt: 2025-03-30 02:30 never came: the clocks were put forward that night"),
        (6, "Från tidpunkt: '1/6/2025' is no point in time"),
        (7, "Från tidpunkt: the year 1950 cannot be right"),
    ]


def test_hours_clock_times_months_and_quantities_are_read_as_their_column_is_entered(tmp_path: Path) -> None:
    text = "Beslut;Brukare;Insats;Beviljad tid (timmar);Per;Gäller från;Månadsfaktor\n"
    text += "B1;K1;Hemtjänst;40,5;Vecka;2025-01-01;4,345\n"
    delivery, store = read(tmp_path, text, source="template_decision")
    found = rows(store, delivery, "decision", "granted_minutes, month_factor, service_area, per, payer")
    assert found == [(2430, Decimal("4.3450"), "home_care", "week", "municipality")]
    report = "Tidrapport;Anordnare;Brukare;Månad\nR1;5560160680;K1;2025-03\n"
    delivery, store = read(tmp_path, report, source="template_time_report")
    assert rows(store, delivery, "time_report", "month") == [(date(2025, 3, 1),)]
    slot = "Beslut;Brukare;Från (klockslag);Till (klockslag);Gäller från\nB1;K1;08:00;24:00;2025-01-01\n"
    delivery, store = read(tmp_path, slot, source="template_double_slot")
    assert rows(store, delivery, "double_slot", "from_minute, to_minute, extra_workers") == [(480, 1440, 1)]


def test_wrong_identity_numbers_are_stored_and_told_with_their_lines(tmp_path: Path) -> None:
    line = ["5560160681", "199001012386", "K1", "2025-03-03 08:00", "2025-03-03 09:00"]
    delivery, _ = read(tmp_path, csv_text(STAMPED, [line, line]), catalogue=stamped())
    assert [remark.what for remark in delivery.remarks] == [
        "provider: 1 organisation number with a wrong check digit (line 2)",
        "worker: 1 identity number with a wrong check digit (line 2)",
        "client: 1 local number in place of identity numbers (line 2)",
    ]
    assert (delivery.lines_stored, delivery.status) == (2, "accepted_with_remarks")


def test_a_source_of_time_without_an_interval_is_refused(tmp_path: Path) -> None:
    catalogue = with_source(writes=["time_entry"], columns={"provider_id": {"from": "a"}, "kind": {"value": "active"}})
    delivery, _ = read(tmp_path, "a;b\n1;2\n", catalogue=catalogue)
    assert [refusal.what for refusal in delivery.refusals] == [
        "source 'mine' does not say when the time began and ended"
    ]


@pytest.mark.parametrize(("share", "status"), [(0.5, "accepted_with_remarks"), (0.49, "rejected")])
def test_a_delivery_with_too_many_refused_lines_is_not_taken(tmp_path: Path, share: float, status: str) -> None:
    catalogue = with_source(
        writes=["supplier_ledger"], columns={"amount_ore": {"from": "belopp"}}, expects={"max_refused_share": share}
    )
    delivery, store = read(tmp_path, csv_text(["belopp", "x"], [["1", "y"], ["12x", "y"]]), catalogue=catalogue)
    assert delivery.status == status
    total = delivery.totals[0]
    assert (total.read, total.stored, total.refused) == ((100, 100, 0) if status != "rejected" else (100, 0, 100))
    assert len(store.parquet("supplier_ledger", [delivery.sha256])) == (status != "rejected")


def test_a_lookup_may_tell_yes_or_no(tmp_path: Path) -> None:
    catalogue = with_source(
        writes=["provider"],
        columns={
            "provider_id": {"from": "orgnr"}, "name": {"from": "namn"}, "f_tax": {"from": "f-skatt", "lookup": "f"},
        },
        lookups={"f": {"F": "true", "A": "false"}},
    )  # fmt: skip
    lines = [["5560160680", "X AB", "F"], ["5561034249", "Y AB", "a"], ["5592440001", "Z AB", ""]]
    delivery, store = read(tmp_path, csv_text(["orgnr", "namn", "f-skatt"], lines), catalogue=catalogue)
    assert rows(store, delivery, "provider", "f_tax") == [(True,), (False,), (None,)]


def test_what_is_the_same_on_every_line_is_said_in_the_source(tmp_path: Path) -> None:
    catalogue = with_source(
        writes=["payment"],
        columns={
            "payment_id": {"from": "id"}, "amount_ore": {"from": "belopp"}, "provider_id": {"value": "556016-0680"},
            "account": {"value": "Bankgiro 991-2346"}, "client_id": {"value": "19900101-2385"},
            "currency": {"value": "EUR"},
        },
    )  # fmt: skip
    delivery, store = read(tmp_path, csv_text(["id", "belopp"], [["U1", "1"]]), catalogue=catalogue)
    found = rows(store, delivery, "payment", "provider_id, account, client_id, currency, status")
    person = store.persons.pseudonym("199001012385")
    assert found == [("5560160680", "BG:9912346", person, "EUR", "ordered")]


def test_letters_that_were_lost_before_the_file_came_are_told(tmp_path: Path) -> None:
    catalogue = ledger(supplier_name={"from": "namn"})
    delivery, _ = read(
        tmp_path, csv_text(["belopp", "namn"], [["1", "\ufffdsa AB"], ["2", "Asa AB"]]), catalogue=catalogue
    )
    assert [(remark.line, remark.what) for remark in delivery.remarks] == [
        (2, "1 lines have letters that were lost before the file came")
    ]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "it has no lines"),
        ([["12x", "y"]], "none of its lines could be read"),
        ([["1", "y"], ["12x", "y"]], "it has 2 lines, and at least 2 are expected"),
    ],
)
def test_a_delivery_of_too_few_lines_is_not_taken(tmp_path: Path, lines: list[list[str]], why: str) -> None:
    catalogue = with_source(
        writes=["supplier_ledger"], columns={"amount_ore": {"from": "belopp"}}, expects={"min_rows": 2}
    )
    delivery, _ = read(tmp_path, csv_text(["belopp", "x"], lines), catalogue=catalogue)
    assert (delivery.status, delivery.refusals[0].what) == ("rejected", f"nothing of the file is stored: {why}")


@pytest.mark.parametrize(
    ("key", "pattern", "fault"),
    [
        ("part", "^([0-9]+", "'^([0-9]+' is no pattern: missing ), unterminated subpattern at position 1"),
        ("part", "^[0-9]+", "'^[0-9]+' needs one group, around the part that is meant"),
        ("like", "[", "'[' is no pattern: unterminated character set at position 0"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_a_fault_of_the_source(key: str, pattern: str, fault: str) -> None:
    with pytest.raises(ValidationError) as told:
        ledger(account_code={"from": "konto", key: pattern})
    assert [error["msg"] for error in told.value.errors()] == [f"Value error, {fault}"]


def test_an_identity_number_written_out_in_a_text_becomes_a_code_also_in_the_part_that_is_meant(tmp_path: Path) -> None:
    catalogue = ledger(supplier_name={"from": "lev", "part": "^[0-9]+ (.*)$"}, reason={"from": "text"})
    lines = [["1", "77 Eva 19900101-2385", "avser 199001012385, mars"], ["2", "78 X AB", "beställning 5560160680"]]
    delivery, store = read(tmp_path, csv_text(["belopp", "lev", "text"], lines), catalogue=catalogue)
    person = code(store.persons.pseudonym("199001012385"))
    assert rows(store, delivery, "supplier_ledger", "supplier_name, reason") == [
        (f"Eva {person}", f"avser {person}, mars"),
        ("X AB", "beställning 5560160680"),
    ]
