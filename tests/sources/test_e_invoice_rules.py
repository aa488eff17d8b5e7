"""The rules for e-invoices against the official assertions: each one judged, by its rule alone."""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from tests.shared_data import shared
from tillit.catalogue import content_folder
from tillit.readers.document import source_module
from tillit.readers.xml import parse_xml

RULES: Any = source_module("peppol_bis_billing_3", "rules")

NOT_COVERED = {
    # of Norway, Denmark, Belgium, Italy and Australia
    "PEPPOL-COMMON-R042", "PEPPOL-COMMON-R044", "PEPPOL-COMMON-R046", "PEPPOL-COMMON-R050",
    # code lists of the European standard, which the Peppol ones stand before
    "BR-CL-01", "BR-CL-04", "BR-CL-06", "BR-CL-10", "BR-CL-13", "BR-CL-15", "BR-CL-16", "BR-CL-17", "BR-CL-19",
    "BR-CL-21", "BR-CL-24",
    # how the document is built in UBL, which the schema tells
    "UBL-DT-07", "UBL-SR-18", "UBL-SR-43", "UBL-SR-44", "UBL-SR-47",
}  # fmt: skip


class Assertion(NamedTuple):
    file: Path
    place: int
    rule: str
    times: int | None
    breaks: bool


def assertions() -> Iterator[Assertion]:
    base = shared("einvoice")
    with (base / "expected.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            rule, _, times = row["rule"].partition(" x")
            if rule:
                place = int(row["test_index"])
                yield Assertion(
                    base / row["file"], place, rule, int(times) if times else None, row["expect"] != "success"
                )


@cache
def fragments(file: Path) -> list[etree._Element]:
    tests = parse_xml(file).iter("{*}test")
    documents = [next(part for part in test if str(part.tag).endswith(("}Invoice", "}CreditNote"))) for test in tests]
    return [etree.fromstring(etree.tostring(document)) for document in documents]


def test_every_covered_assertion_comes_out_as_it_says() -> None:
    wrong = []
    judged: Counter[str] = Counter()
    for one in assertions():
        if one.rule in RULES.RULES:
            found = len(RULES.broken(one.rule, fragments(one.file)[one.place]))
            judged[one.file.parent.name.partition("_")[0]] += 1
            if found != (one.times or found or 1) if one.breaks else found:
                wrong.append((one, found))
    assert wrong == []
    assert judged == {"peppol": 108, "en16931": 501}


def test_the_rules_left_out_are_the_named_ones() -> None:
    assert {one.rule for one in assertions()} - RULES.RULES.keys() == NOT_COVERED


def test_standalone_documents_break_the_rules_of_the_official_baselines() -> None:
    base = shared("einvoice")
    for name, column in (("peppol", "peppol_3_0_19_failed_rules"), ("en16931", "en16931_1_3_16_failed_rules")):
        with (base / f"baseline_{name}.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                official = {rule.partition(":")[0] for rule in row[column].split("|")} & RULES.RULES.keys()
                found = {one.rule for one in RULES.broken_rules(parse_xml(base / row["file"]))}
                ours = {rule for rule in found if rule.startswith(("PEPPOL-", "SE-")) is (name == "peppol")}
                assert ours == official, row["file"]


def test_a_breach_has_the_level_that_the_baseline_gives_it() -> None:
    with (shared("einvoice") / "baseline_peppol.csv").open(encoding="utf-8") as lines:
        stated = {
            rule for row in csv.DictReader(lines) for rule in row["peppol_3_0_19_failed_rules"].split("|") if rule
        }
    levels = {rule.partition(":")[0]: rule.partition(":")[2] for rule in stated}
    assert {id: RULES.RULES[id].level for id in levels if id in RULES.RULES} == {
        id: level for id, level in levels.items() if id in RULES.RULES
    }


def test_every_rule_says_in_one_swedish_sentence_what_it_demands() -> None:
    assert [id for id, rule in RULES.RULES.items() if not rule.says.endswith(".") or not rule.says[0].isupper()] == []


def test_a_number_that_may_be_a_persons_is_not_repeated() -> None:
    sample = (content_folder() / "sources" / "peppol_bis_billing_3" / "sample.xml").read_text(encoding="utf-8")
    document = etree.fromstring(sample.replace("5592440001", "5503071813").encode())
    assert {one.value for one in RULES.broken_rules(document) if one.rule in ("SE-R-013", "PEPPOL-COMMON-R049")} == {""}
