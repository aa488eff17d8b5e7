"""Real open ledgers: every line is stored or refused, and the sums are those of a sum made without Tillit."""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.readers.delivered import content, new_store, read, rows
from tests.shared_data import shared
from tillit.readers import read_file
from tillit.store import Delivery

BODIES = ["calderdale", "darlington", "harrogate", "leeds", "london", "salford", "sheffield"]
ONE_OF_EACH = [
    "calderdale/2019-05-card.csv", "calderdale/2019-06.csv", "darlington/2015-04.csv", "harrogate/2020-05.csv",
    "london/2017-P04.csv", "london/2017-P09.csv", "salford/2016-08.csv",
]  # fmt: skip
AMOUNT = ["net amount", "netamount", "amount", "net", "invoiced value", "invoice line value (net of vat)"]


class Independent(NamedTuple):
    """What Python's csv and Decimal find in a file."""

    lines: int
    blank: int
    hundredths: int


def independent(path: Path) -> Independent:
    data = path.read_bytes()
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    names = [heading.strip().casefold() for heading in lines[0]]
    place = next(names.index(name) for name in AMOUNT if name in names)
    filled = [line for line in lines[1:] if "".join(line).strip()]
    return Independent(len(filled), len(lines) - 1 - len(filled), sum(amounts(filled, place)))


def amounts(lines: list[list[str]], place: int) -> Iterator[int]:
    for line in lines:
        bare = re.sub(r"[,\s]", "", line[place])
        sign = -1 if bare.startswith("(") else 1
        yield sign * int(Decimal(bare.strip("()")) * 100)


def check(path: Path, folder: Path) -> Delivery:
    """Asserts that a file is read whole, and gives its delivery."""
    store = new_store(folder)
    delivery = read_file(path, store, content())
    expected = independent(path)
    assert delivery.source.startswith("ledger_uk_")
    assert (delivery.lines_read, delivery.lines_blank, delivery.lines_refused) == (expected.lines, expected.blank, 0)
    assert delivery.lines_stored == delivery.rows["supplier_ledger"] == expected.lines
    total = next(total for total in delivery.totals if total.of == "supplier_ledger.amount_ore")
    assert (total.read, total.stored, total.refused) == (expected.hundredths, expected.hundredths, 0)
    return delivery


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_an_english_ledger_is_read_whole(name: str, tmp_path: Path) -> None:
    check(shared("supplier_ledgers_uk") / name, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("body", BODIES)
def test_every_english_ledger_is_read_whole(body: str, tmp_path: Path) -> None:
    for number, path in enumerate(sorted((shared("supplier_ledgers_uk") / body).glob("*.csv"))):
        check(path, tmp_path / str(number))


def test_all_the_headings_that_leeds_has_had_are_one_source(tmp_path: Path) -> None:
    folder = shared("supplier_ledgers_uk") / "leeds"
    heads = [path.read_bytes().split(b"\r\n")[:3] for path in sorted(folder.glob("*.csv"))]
    found = []
    for number, head in enumerate(heads):
        place = tmp_path / str(number)
        place.mkdir()
        delivery, store = read(place, b"\r\n".join(head))
        found.append((delivery.source, delivery.lines_stored, delivery.unread))
        assert rows(store, delivery, "supplier_ledger", "DISTINCT buyer") == [("Leeds City Council",)]
    assert found == [("ledger_uk_leeds", 2, [])] * 4


def test_extra_cells_are_told_by_number(tmp_path: Path) -> None:
    delivery = check(shared("supplier_ledgers_uk") / "london" / "2017-P04.csv", tmp_path)
    assert [remark.what for remark in delivery.remarks] == [
        "542 lines have more cells than headings; those beyond were not read (lines 2, 3, 4, 5, 6 …)"
    ]


def test_lines_that_repeat_another_are_all_kept(tmp_path: Path) -> None:
    path = shared("supplier_ledgers_uk") / "darlington" / "2015-04.csv"
    store = new_store(tmp_path)
    delivery = read_file(path, store, content())
    distinct = rows(store, delivery, "supplier_ledger", "DISTINCT * EXCLUDE (row_id, line), 1 AS row_id")
    assert len(distinct) < delivery.rows["supplier_ledger"] == delivery.lines_read


def test_vastra_gotalands_ledger_has_bare_returns_and_a_decimal_point(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    delivery = read_file(shared("supplier_ledgers_se") / "vgr_sample.csv", store, content())
    assert (delivery.source, delivery.status, delivery.encoding) == ("ledger_national", "accepted", "utf-8")
    assert rows(store, delivery, "supplier_ledger", "line, amount_ore, invoice_number, posted_on::VARCHAR") == [
        (2, 13698, None, "2026-01-07"),
        (3, 505833275, None, "2026-01-01"),
        (4, -1425000, None, "2026-01-07"),
        (5, 328500, None, "2026-01-07"),
    ]


def test_vasteras_ledger_is_one_page_of_json_with_a_mark_in_a_key(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    delivery = read_file(shared("supplier_ledgers_se") / "vasteras_sample.json", store, content())
    assert (delivery.source, [mapped.heading for mapped in delivery.mapped]) == (
        "ledger_national",
        [
            "datum", "konto_nr", "kopare_id", "kommun_id", "leverantor_id", "belopp", "konto_text", "leverantor",
            "verifikationsnummer", "kopare",
        ],
    )  # fmt: skip
    assert rows(store, delivery, "supplier_ledger", "line, buyer_id, supplier_id, amount_ore") == [
        (1, "2120002080", "10004007", -130203),
        (2, "2120002080", "10004007", -40068),
    ]
    assert delivery.remarks[0].what == "the file has 2 of the 376449 rows of the list"


def test_a_ledger_in_alphabetical_order_with_comma_for_everything_is_the_national_one(tmp_path: Path) -> None:
    headings = (
        "avtal,belopp,datum,fakturanummer,forvaltning,grund,kommun_id,konto_nr,konto_text,kopare,kopare_id,leverantor,"
        "leverantor_id,s_kod_nr,verifikationsnummer\n"
    )
    line = ',"1 234,56",2025-03-31,1001,Omsorg,,,4630,"Köp, omsorg",,,Exempel AB,5560160680,,77\n'
    delivery, store = read(tmp_path, headings + line)
    assert (delivery.source, delivery.delimiter) == ("ledger_national", ",")
    assert rows(store, delivery, "supplier_ledger", "amount_ore, account_name") == [(123456, "Köp, omsorg")]


def test_goteborgs_ledger_may_be_utf16_with_commas(tmp_path: Path) -> None:
    text = "datum,belopp,forvaltning,leverantor,leverantor_id,faktura_nr,konto_nr,konto_text\n"
    text += '2025-03-31,"-12,50",Stadsmiljö,Exempel AB,5560160680,7,4690,Städ\n'
    delivery, store = read(tmp_path, text.encode("utf-16"))
    assert (delivery.source, delivery.encoding) == ("ledger_goteborg", "utf-16")
    assert rows(store, delivery, "supplier_ledger", "amount_ore, administration") == [(-1250, "Stadsmiljö")]
