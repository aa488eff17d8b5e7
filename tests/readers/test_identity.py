"""Identity numbers and accounts as stored: one person one pseudonym, giros in clear, nothing personal in clear."""

from datetime import UTC, date, datetime

import pytest

from tillit.catalogue import Kind
from tillit.identifiers import Verdict
from tillit.readers.identity import Identities, identity_remark
from tillit.store import Persons, Remark, code

PERSON = "190905271474"  # of the official test series, as the next; shown as 090527+1474
OTHER = "191212121212"
CHILD = "201901012391"


@pytest.fixture
def identities(tmp_path):
    return Identities(Persons(tmp_path), date(2026, 1, 1))


def way_back(identities, pseudonyms):
    found = identities._persons.identities(pseudonyms, why="test", at=datetime(2026, 1, 1, tzinfo=UTC))
    return [found[pseudonym] for pseudonym in pseudonyms]


def test_a_person_is_one_however_the_number_is_written(identities):
    first, *others = identities.persons([PERSON, "19090527-1474", "090527+1474", " 090527+1474 "])
    assert others == [first, first, first]
    assert way_back(identities, [first]) == [PERSON]


def test_a_number_with_a_wrong_check_digit_is_still_one_person_and_is_reported(identities):
    one, other = identities.persons(["19090527-1475", "090527+1475"])
    assert one == other
    assert set(identities.verdicts[Kind.PERSON].values()) == {Verdict.CHECKSUM_ERROR}


def test_employee_12_at_two_providers_is_two_persons(identities):
    at_one, at_other = identities.persons(["12"], "5560160680"), identities.persons(["12"], "5561034249")
    assert at_one != at_other
    assert identities.persons(["12.0"], "556016-0680") == at_one


def test_an_identity_number_is_one_person_at_two_providers(identities):
    assert identities.persons([PERSON], "5560160680") == identities.persons([PERSON], "5561034249")


def test_an_interim_number_is_local_to_the_provider(identities):
    assert identities.persons(["19090527T147"], "P1") != identities.persons(["19090527T147"], "P2")


def test_no_texts_give_no_pseudonyms(identities):
    assert identities.persons([]) == []
    assert identities.organisations([]) == []
    assert identities.accounts([]) == []


def test_an_organisation_is_ten_digits_however_it_is_written(identities):
    given = ["556016-0680", "165560160680", "SE556016068001", "5560160680.0"]
    assert identities.organisations(given) == ["5560160680"] * 4


def test_a_sole_trader_is_the_code_of_its_owner(identities):
    owner = identities.persons([PERSON])[0]
    assert identities.organisations([PERSON, "090527+1474"]) == [f"E-{code(owner)}"] * 2


def test_a_sole_traders_vat_number_is_the_code_of_its_owner(identities):
    assert identities.organisations([f"SE{OTHER[2:]}01"]) == [f"E-{code(identities.persons([OTHER])[0])}"]


def test_a_sole_trader_is_never_taken_for_a_child(identities):
    """19121212-1212 without its century could be born 2012."""
    assert identities.organisations(["121212-1212"]) == identities.organisations(["191212121212"])


def test_what_is_no_organisation_number_is_kept_in_upper_case(identities):
    assert identities.organisations(["p1", " Lev  12 ", "5.56E+09"]) == ["P1", "LEV 12", "5.56E+09"]
    assert identities.verdicts[Kind.ORGANISATION]["p1"] is Verdict.FORMAT_ERROR


@pytest.mark.parametrize("text", ["1909-05-27 1474x", "190905271474 AB", "090532-1474"])
def test_what_may_hold_a_persons_number_is_never_in_clear(identities, text):
    assert identities.organisations([text])[0].startswith("E-")


def test_a_stored_organisation_reads_as_itself(identities):
    once = identities.organisations(["P1", "556016-0680", PERSON])
    assert identities.organisations(once) == once


def test_giros_are_in_clear_and_other_accounts_are_not(identities):
    given = ["BG:991-2346", "5402-9681", "bankgironr 5402-9681", "28 65 43-4", "PG 2865434", "9071,417 23 83"]
    *giros, account = identities.accounts(given)
    assert giros == ["BG:9912346", "BG:54029681", "BG:54029681", "PG:2865434", "PG:2865434"]
    assert account.startswith("BA-")


def test_an_account_is_one_however_it_is_written(identities):
    first, *others = identities.accounts(["84244-9831892246", "8424,983 189 224-6", "8424 00 9831892246"])
    assert others == [first, first]
    one, other = identities.accounts(["SE45 5000 0000 0583 9825 7466", "se4550000000058398257466"])
    assert one == other


def test_what_is_said_to_be_no_giro_is_none(identities):
    bare, said, iban, said_iban = identities.accounts(
        ["44445555", "BA:44445555", "SE4550000000058398257466", "BA:SE45 5000 0000 0583 9825 7466"]
    )
    assert bare == "BG:44445555"
    assert said.startswith("BA-")
    assert said_iban == iban


def test_a_giro_with_a_wrong_check_digit_is_kept_and_reported(identities):
    assert identities.accounts(["5402-9682"]) == ["BG:54029682"]
    assert identities.verdicts[Kind.ACCOUNT] == {"5402-9682": Verdict.CHECKSUM_ERROR}


def test_an_identity_number_in_a_free_text_gives_way_to_the_persons_code(identities):
    shown = code(identities.persons([PERSON])[0])
    given = [f"Avser {PERSON}, mars", "Avser 090527+1474", "OCR 0905271474", "199913-0101"]
    assert identities.free_texts(given) == [f"Avser {shown}, mars", f"Avser {shown}", *given[2:]]


def test_a_number_alone_that_would_be_a_young_childs_is_taken_for_a_reference(tmp_path):
    of_2021 = Identities(Persons(tmp_path), date(2021, 1, 1))
    alone, said = of_2021.free_texts([CHILD, f"Avser {CHILD}"])
    assert alone == CHILD
    assert said == f"Avser {code(of_2021.persons([CHILD])[0])}"


def test_a_remark_names_the_first_lines_and_no_number():
    said = identity_remark("Assistent", Kind.PERSON, Verdict.CHECKSUM_ERROR, [4, 9, 12, 20, 21, 22])
    assert said == Remark(
        4,
        "Assistent: 6 identity numbers with a wrong check digit (lines 4, 9, 12, 20, 21 …)",
        "ask the sender to mend them",
    )


def test_nothing_is_said_of_right_numbers():
    assert identity_remark("Assistent", Kind.PERSON, Verdict.VALID_INCOMPLETE, [4]) is None
