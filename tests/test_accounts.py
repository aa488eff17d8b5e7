"""Giro numbers, bank accounts and the other numbers that payments and invoices carry."""

import csv
from collections.abc import Callable
from itertools import pairwise

import pytest
from bankkonto.account import get_account_number_format_based_on_clearing_number, validate
from bankkonto.exceptions import BankkontoValidationError
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban

from tests.shared_data import shared
from tillit.identifiers import (
    Number,
    Verdict,
    clearing_ranges,
    parse_account,
    parse_bankgiro,
    parse_gln,
    parse_iban,
    parse_ocr,
    parse_plusgiro,
    parse_vat,
)

GIRO = {"bankgiro": parse_bankgiro, "plusgiro": parse_plusgiro}
MEANS = {
    "valid": Verdict.VALID,
    "invalid-check-digit": Verdict.CHECKSUM_ERROR,
    "invalid-clearing-check-digit": Verdict.CHECKSUM_ERROR,
    "too-short": Verdict.FORMAT_ERROR,
    "too-long": Verdict.FORMAT_ERROR,
}


def rows(name: str) -> list[dict[str, str]]:
    with (shared("identifiers") / name).open() as lines:
        return list(csv.DictReader(lines))


def test_the_listed_giro_numbers_come_out_as_listed() -> None:
    for row in rows("giro_vectors.csv"):
        assert GIRO[row["scheme"]](row["number"]).verdict is MEANS[row["expected"]], row


def test_the_listed_bank_accounts_come_out_as_listed() -> None:
    for row in rows("bank_account_vectors.csv"):
        held = parse_account(row["clearing"], row["account"])
        assert held.verdict is MEANS[row["expected"]], row
        assert row["bank"] in ("", held.bank)


def test_a_number_may_be_valid_in_two_schemes_and_keeps_its_own() -> None:
    assert parse_bankgiro("640-5070").verdict is parse_plusgiro("6405070").verdict is Verdict.VALID
    assert parse_bankgiro("640-5070") != parse_plusgiro("6405070")


@pytest.mark.parametrize("text", ["5402-9681", "54029681", " 5402\u20119681 ", "0054029681", "54029681.0"])
def test_a_bankgiro_number_is_held_as_its_digits(text: str) -> None:
    assert parse_bankgiro(text).number == "54029681"
    assert parse_bankgiro("0006405070").number == "6405070"


@pytest.mark.parametrize("text", ["00000000", "5.4029681E+07", "540-29681", "BG"])
def test_what_no_bankgiro_number_looks_like(text: str) -> None:
    assert parse_bankgiro(text).verdict is Verdict.FORMAT_ERROR


def test_the_ranges_are_in_order_and_none_lies_over_another() -> None:
    assert all(one.last < other.first for one, other in pairwise(clearing_ranges()))
    assert all(known.first <= known.last for known in clearing_ranges())


def test_a_second_opinion_agrees_on_every_clearing_number_it_knows() -> None:
    checks = {
        (1, 1): "mod11_with_three",
        (1, 2): "mod11_with_four",
        (2, 1): "luhn",
        (2, 2): "mod11",
        (2, 3): "luhn",
    }
    ours = {four: known.check for known in clearing_ranges() for four in range(known.first, known.last + 1)}
    for four in [*range(1000, 8000), *range(9000, 10000)]:  # Swedbank's 8000-8999 are checked in full by us only
        try:
            _, kind, _, comment = get_account_number_format_based_on_clearing_number(str(four))
        except BankkontoValidationError:
            continue
        assert ours[four] == checks[kind, comment], four


def test_a_second_opinion_agrees_on_the_check_digit_in_every_range_it_knows() -> None:
    unknown = set()
    for known in clearing_ranges():
        clearing = f"{known.first}{'2' if known.check == 'swedbank' else ''}"
        for number in ("1234567890"[: known.longest - 1] + digit for digit in "0123456789"):
            try:
                valid = validate(clearing, number)
            except BankkontoValidationError as error:
                valid = False
                if "control digit" not in str(error):
                    unknown.add(known.bank)
                    continue
            assert parse_account(clearing, number).verdict.is_valid is valid, (clearing, number)
    assert unknown == {"Aion Bank", "Lunar Bank", "Multitude Bank", "Northmill Bank"}


@pytest.mark.parametrize(
    ("clearing", "number", "verdict"),
    [
        ("8424", "9831892246", Verdict.VALID),  # without the fifth clearing digit
        ("8424", "49831892246", Verdict.VALID),  # with it in front of the account
        ("8424-4", "983 189 224-6", Verdict.VALID),
        ("8424-1", "983 189 224-6", Verdict.CHECKSUM_ERROR),
        ("8424", "009831892246", Verdict.VALID),  # filled up to twelve, as payment files do
        ("8424", "19831892246", Verdict.FORMAT_ERROR),
        ("9789", "000001111113", Verdict.VALID),
        ("9789", "0000000", Verdict.FORMAT_ERROR),
        ("9789", "11111l3", Verdict.FORMAT_ERROR),
        ("1000", "1111113", Verdict.FORMAT_ERROR),  # no bank has it
        ("97891", "111113", Verdict.FORMAT_ERROR),
        ("", "", Verdict.FORMAT_ERROR),
    ],
)
def test_each_way_of_writing_an_account(clearing: str, number: str, verdict: Verdict) -> None:
    assert parse_account(clearing, number).verdict is verdict


def test_an_account_that_is_a_persons_number_is_personal_and_not_shown() -> None:
    held = parse_account("3300", "000229-2399")
    assert (held.verdict, held.is_personal) == (Verdict.VALID, True)
    assert repr(held) == "Account(bank='Nordea', verdict=<Verdict.VALID: 'valid'>, is_personal=True)"
    assert not parse_account("9789", "1111113").is_personal


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("SE45 5000 0000 0583 9825 7466", Verdict.VALID),
        ("se4550000000058398257466", Verdict.VALID),
        ("NO93 8601 1117 947", Verdict.VALID),
        ("SE45 5000 0000 0583 9825 7467", Verdict.CHECKSUM_ERROR),
        ("SE45 5000 0000 0583 9825", Verdict.FORMAT_ERROR),
        ("5000 0000 0583", Verdict.FORMAT_ERROR),
        (f"XX{iban.calc_check_digits('XX0050000000058398257466')}50000000058398257466", Verdict.FORMAT_ERROR),
        ("", Verdict.FORMAT_ERROR),
    ],
)
def test_an_iban_of_any_country(text: str, verdict: Verdict) -> None:
    assert parse_iban(text).verdict is verdict


def test_an_iban_that_shows_a_persons_number_is_personal() -> None:
    account = "30000000000002292399"
    whole = f"SE{iban.calc_check_digits('SE00' + account)}{account}"
    assert (parse_iban(whole).verdict, parse_iban(whole).is_personal) == (Verdict.VALID, True)
    assert not parse_iban("SE45 5000 0000 0583 9825 7466").is_personal


def test_an_ocr_reference_may_carry_its_length() -> None:
    assert parse_ocr("1234567890").verdict is Verdict.CHECKSUM_ERROR
    assert parse_ocr("1234567897").verdict is Verdict.VALID
    assert parse_ocr("18").verdict is Verdict.VALID
    assert parse_ocr("18", length_digit=True).verdict is Verdict.CHECKSUM_ERROR
    assert parse_ocr("26", length_digit=True).verdict is Verdict.VALID  # two digits, and 6 checks 2
    assert parse_ocr("1" * 26).verdict is Verdict.FORMAT_ERROR


def test_a_gln_has_thirteen_digits() -> None:
    assert parse_gln("7365560160681").verdict is Verdict.VALID
    assert parse_gln("7365560160682").verdict is Verdict.CHECKSUM_ERROR
    assert parse_gln("73655601").verdict is Verdict.FORMAT_ERROR


def test_the_vat_number_of_a_sole_trader_is_personal() -> None:
    assert parse_vat("SE000229239901").is_personal
    assert not parse_vat("SE556016068001").is_personal
    assert parse_vat("SE556016068101").verdict is Verdict.CHECKSUM_ERROR
    assert parse_vat("FI12345678").verdict is Verdict.FORMAT_ERROR
    assert parse_vat("SE5560160680XX").verdict is Verdict.FORMAT_ERROR


@pytest.mark.parametrize("parse", [parse_bankgiro, parse_plusgiro, parse_ocr, parse_gln, parse_iban, parse_vat])
@given(text=st.text(max_size=30) | st.text("0123456789SE-. ", max_size=30))
def test_any_text_is_held_with_a_verdict_and_not_shown(parse: Callable[[str], Number], text: str) -> None:
    held = parse(text)
    assert repr(held) == (f"Number(scheme={held.scheme!r}, verdict={held.verdict!r}, is_personal={held.is_personal})")


@given(st.text(max_size=8), st.text(max_size=14))
def test_any_account_is_held_with_a_verdict(clearing: str, number: str) -> None:
    assert isinstance(parse_account(clearing, number).verdict, Verdict)
