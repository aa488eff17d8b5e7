"""The store: bytes are kept, nothing is half stored, a row leads back to its line on every machine."""

from datetime import UTC, datetime

import pytest

from tillit.store import Delivery, OtherKeyError, Persons, Refusal, Remark, Store, Total, code


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store", tmp_path / "protected")


def test_the_received_bytes_are_kept_unchanged(store, tmp_path):
    file = tmp_path / "march.csv"
    file.write_bytes(b"a;b\r1;\xe5\r")
    delivery, kept = store.receive(file)
    assert kept.read_bytes() == b"a;b\r1;\xe5\r"
    assert kept.name == delivery.sha256
    assert delivery.name == "march.csv"


def test_a_delivery_is_stored_whole_or_not_at_all(store, tmp_path):
    file = tmp_path / "march.csv"
    file.write_text("x")
    delivery, _ = store.receive(file)

    def write_half() -> None:
        with store.draft(delivery) as folder:
            (folder / "time_entry.parquet").write_bytes(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert store.find(delivery.sha256) is None
    assert store.parquet("time_entry", [delivery.sha256]) == []
    assert list((store.folder / "deliveries").iterdir()) == []


def test_a_stored_delivery_is_found_with_all_that_was_said_of_it(store, tmp_path):
    file = tmp_path / "march.csv"
    file.write_text("x")
    delivery, _ = store.receive(file)
    delivery.refusals = [Refusal(4, "25:00 is no clock time", "mend the line")]
    delivery.remarks = [Remark(0, "column 'Km' was not read", "name it under ignores")]
    delivery.totals = [Total("amount_ore", 300, 200, 100, None)]
    with store.draft(delivery):
        pass
    assert store.find(delivery.sha256) == delivery
    assert list(store.deliveries()) == [delivery]


def test_a_row_has_the_same_number_whatever_was_stored_before(tmp_path):
    numbers = []
    for order in (["a", "b"], ["b", "a"]):
        store = Store(tmp_path / "".join(order), tmp_path / f"p{order[0]}")
        for text in order:
            file = tmp_path / f"{text}.csv"
            file.write_text(text)
            delivery, _ = store.receive(file)
            with store.draft(delivery):
                pass
            if text == "a":
                numbers.append(delivery.row_id(7))
    assert numbers[0] == numbers[1]
    assert 0 < numbers[0] < 2**63


def test_two_deliveries_never_share_a_number(store, tmp_path):
    first = Delivery("0" * 64, "first.csv", 1, 0)
    with store.draft(first):
        pass
    assert store._number("0" * 9 + "1" * 55) == 1


def test_the_key_makes_the_pseudonym_and_another_key_another(tmp_path):
    ours, theirs = Persons(tmp_path / "ours"), Persons(tmp_path / "theirs")
    assert ours.pseudonym("189001019802") == Persons(tmp_path / "ours").pseudonym("189001019802")
    assert ours.pseudonym("189001019802") != theirs.pseudonym("189001019802")
    assert ours.pseudonym("189001019802") != ours.pseudonym("189001019802", kind="household")


def test_data_is_never_read_with_another_key_than_it_was_stored_with(tmp_path):
    Store(tmp_path / "data", tmp_path / "one")
    Store(tmp_path / "data", tmp_path / "one")
    with pytest.raises(OtherKeyError) as fault:
        Store(tmp_path / "data", tmp_path / "other")
    assert str(fault.value) == (
        f"{tmp_path / 'data'}: the data was stored with another key than that of the protected folder: "
        "give the protected folder that belongs to it, or put the data in a new folder"
    )


def test_only_the_protected_folder_knows_the_way_back_and_each_look_is_logged(tmp_path):
    persons = Persons(tmp_path / "protected")
    (pseudonym,) = persons.pseudonyms(["189001019802"])
    asked = persons.identities([pseudonym, 5], why="case 12", at=datetime(2026, 3, 1, 8, tzinfo=UTC))
    assert asked == {pseudonym: "189001019802"}
    log = (tmp_path / "protected/access.log").read_text()
    assert log == "2026-03-01T08:00:00+00:00\t2 identities\tcase 12\n"
    assert (tmp_path / "protected").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "protected/key").stat().st_mode & 0o777 == 0o600


def test_a_code_is_read_aloud_without_mistakes():
    assert code(2**63 - 1) == "7ZZZ-ZZZZ-ZZZZZ"
    assert not set("ILOU") & set(code(2**62 + 12345678901))
