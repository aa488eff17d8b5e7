"""Persons and organisations: every official test number, and every way a file can spoil one."""

import csv
import json
from collections import Counter
from datetime import date
from typing import Any

import personnummer.personnummer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import shared
from tillit.identifiers import (
    OrganisationKind,
    PersonKind,
    PersonNumber,
    Verdict,
    parse_organisation,
    parse_person,
)

NEW_YEAR = date(2026, 1, 1)
FORMS = ("long_format", "short_format", "separated_format", "separated_long")


def listed(name: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((shared("identifiers") / name).read_text())
    return records


def column(name: str) -> list[str]:
    with (shared("identifiers") / name).open() as lines:
        return [row[0] for row in csv.reader(lines)][1:]


def read(text: str) -> PersonNumber:
    return parse_person(text, on=NEW_YEAR)


def short(number: str) -> str:
    """As printed: ten digits, with a plus from the year in which the person turns 100."""
    return f"{number[2:8]}{'+' if NEW_YEAR.year - int(number[:4]) >= 100 else '-'}{number[8:]}"


def test_every_official_personal_number_is_valid_in_both_its_forms() -> None:
    numbers = column("skatteverket_testpersonnummer.csv")
    assert len(numbers) == 20_747
    for number in numbers:
        born = date(int(number[:4]), int(number[4:6]), int(number[6:8]))
        held = PersonNumber(PersonKind.PERSONAL_IDENTITY, Verdict.VALID, number, born)
        assert read(number) == held
        assert read(short(number)) == held


def test_every_official_coordination_number_is_valid_in_both_its_forms() -> None:
    numbers = column("test_samordningsnummer.csv")
    held = {number: read(number) for number in numbers}
    assert [held[number].number for number in numbers] == numbers
    assert {one.kind for one in held.values()} == {PersonKind.COORDINATION}
    assert Counter(one.verdict for one in held.values()) == {
        Verdict.VALID: 1_035,
        Verdict.VALID_INCOMPLETE: 97,  # month 00, day 60, or a day that its month does not have
    }
    assert all((one.birth_date is None) is (one.verdict is not Verdict.VALID) for one in held.values())
    assert [number for number in numbers if read(short(number)) != held[number]] == []


def test_a_wrong_check_digit_is_told_on_every_official_number() -> None:
    for number in column("skatteverket_testpersonnummer.csv"):
        spoiled = number[:-1] + str((int(number[-1]) + 1) % 10)
        assert read(spoiled).verdict is Verdict.CHECKSUM_ERROR


def test_a_second_opinion_agrees_on_every_official_number_right_or_spoiled() -> None:
    for number in column("skatteverket_testpersonnummer.csv")[::10]:
        for text in (number, number[:-1] + str((int(number[-1]) + 3) % 10), number[:4] + "13" + number[6:]):
            assert read(text).verdict.is_valid == personnummer.personnummer.valid(text)


def test_the_listed_personal_numbers_come_out_as_listed() -> None:
    kinds = {"ssn": PersonKind.PERSONAL_IDENTITY, "con": PersonKind.COORDINATION}
    for record in listed("personnummer_list.json"):
        for form in FORMS:
            held = read(record[form])
            assert (held.verdict.is_valid, held.kind) == (record["valid"], kinds[record["type"]])


def test_the_structured_personal_numbers_come_out_as_listed() -> None:
    for forms in json.loads((shared("identifiers") / "personnummer_structured.json").read_text()).values():
        for lists in forms.values():
            assert [text for text in lists["valid"] if not read(str(text)).verdict.is_valid] == []
            assert [text for text in lists["invalid"] if read(str(text)).verdict.is_valid] == []


def test_an_interim_number_is_another_id_in_every_form() -> None:
    for record in listed("personnummer_interim.json"):
        for form in FORMS:
            held = PersonNumber(PersonKind.INTERIM, Verdict.VALID, record["long_format"], date(2000, 1, 1))
            assert read(record[form]) == held


def test_an_organisation_number_is_not_taken_for_a_person() -> None:
    for record in listed("personnummer_orgnumber.json"):
        for form in ("short_format", "separated_format"):
            assert not read(record[form]).verdict.is_valid
            assert parse_organisation(record[form]).verdict is Verdict.VALID


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2.0000229E+11",
        "2,0000229E+11",
        "0229-2399",
        "199902292399",  # no such day
        "20000229 2399",  # a blank may have been a plus
        "200002290006",  # serial 000
        "160002292399",
        "２０００02292399",
        "20000292-A399",
    ],
)
def test_what_no_number_looks_like_is_held_and_called_so(text: str) -> None:
    assert read(text).verdict is Verdict.FORMAT_ERROR


@pytest.mark.parametrize(
    "text",
    ["20000229-2399", " 200002292399\t", "200002292399.0", "20000229\u20112399", "\ufeff000229\u22122399\u00a0"],
)
def test_what_offices_do_to_a_number_is_undone(text: str) -> None:
    assert read(text) == read("200002292399")


def test_the_day_of_the_file_settles_the_century() -> None:
    as_of = {
        date(2021, 7, 30): "192107919967",  # not yet born in 2021
        date(2021, 7, 31): "202107919967",
        date(2026, 1, 1): "202107919967",
    }
    assert {day: parse_person("210791-9967", on=day).number for day in as_of} == as_of


def test_plus_is_a_hundred_years_or_the_year_of_turning_a_hundred() -> None:
    assert parse_person("090527+1474", on=date(2009, 1, 1)).number == "190905271474"
    assert parse_person("090527+1474", on=date(2026, 1, 1)).number == "190905271474"
    assert parse_person("19090527-1474", on=date(2026, 1, 1)).number == "190905271474"


def test_the_listed_organisation_numbers_come_out_as_listed() -> None:
    for record in listed("organisationsnummer_list.json"):
        for form in ("input", "long_format", "short_format", "vat_number"):
            held = parse_organisation(record[form])
            assert held.verdict is (Verdict.VALID if record["valid"] else Verdict.CHECKSUM_ERROR)
            assert held.number == record["short_format"]
            assert held.is_sole_trader is (record["type"] == "Enskild firma")
            assert held.is_personal is held.is_sole_trader


@pytest.mark.parametrize(
    ("text", "kind", "verdict", "number"),
    [
        ("16556016-0680", OrganisationKind.LIMITED_COMPANY, Verdict.VALID, "5560160680"),
        ("556016 0680.0", OrganisationKind.LIMITED_COMPANY, Verdict.VALID, "5560160680"),
        ("se556016068001", OrganisationKind.LIMITED_COMPANY, Verdict.VALID, "5560160680"),
        ("20556016-0680", OrganisationKind.LIMITED_COMPANY, Verdict.FORMAT_ERROR, "20556016-0680"),
        ("802005-7538", OrganisationKind.NON_PROFIT, Verdict.VALID, "8020057538"),
        ("302123-45678", OrganisationKind.GD, Verdict.VALID, "30212345678"),
        ("456000-0000", OrganisationKind.UNKNOWN, Verdict.FORMAT_ERROR, "456000-0000"),
        ("19000229-2399", OrganisationKind.SOLE_TRADER, Verdict.FORMAT_ERROR, "0002292399"),
        ("000229-2399", OrganisationKind.SOLE_TRADER, Verdict.VALID, "0002292399"),
        ("5.56E+09", OrganisationKind.UNKNOWN, Verdict.FORMAT_ERROR, "5.56E+09"),
        ("556016-068", OrganisationKind.UNKNOWN, Verdict.FORMAT_ERROR, "556016-068"),
    ],
)
def test_each_form_of_organisation_number_is_told_apart(
    text: str, kind: OrganisationKind, verdict: Verdict, number: str
) -> None:
    held = parse_organisation(text)
    assert (held.kind, held.verdict, held.number) == (kind, verdict, number)


def test_a_sole_trader_whose_birth_date_is_partly_unknown_is_valid_and_personal() -> None:
    number = next(text for text in column("test_samordningsnummer.csv") if text[4:6] == "00")
    held = parse_organisation(number)
    assert (held.verdict, held.is_personal) == (Verdict.VALID_INCOMPLETE, True)


def test_what_cannot_be_read_is_treated_as_personal() -> None:
    assert parse_organisation("20000229-239X").is_personal


def test_no_text_that_python_makes_of_a_number_shows_it() -> None:
    person, firm = read("20000229-2399"), parse_organisation("000229-2399")
    for held in (person, firm):
        for text in (repr(held), str(held), f"{held}", repr([held])):
            assert not any(sign.isdigit() for sign in text)


@given(st.text(max_size=20) | st.text("0123456789+-ESe. ", max_size=15))
def test_any_text_is_held_with_a_verdict(text: str) -> None:
    assert isinstance(read(text).verdict, Verdict)
    assert isinstance(parse_organisation(text).verdict, Verdict)
