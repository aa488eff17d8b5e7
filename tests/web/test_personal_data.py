"""The personal-data guard: it finds what leads to a person however it is written, and lets ordinary texts be."""

import csv
import random
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given as any_
from hypothesis import settings
from hypothesis import strategies as st
from lxml import etree

from tests.shared_data import shared
from tests.web.matters import FOUND, give, make
from tests.web.people import NOW
from tillit.web.models import Case, Provider
from tillit.web.queries.personal_data import held_in
from tillit.web.rules.content import catalogue
from tillit.web.rules.personal_data import KINDS, NUMBERS, hits

DAY = date(2026, 3, 2)

# Of the official series for tests: they belong to nobody.
PERSONS = ["189001019802", "189001039800", "189001059808", "189001079806"]
COORDINATION = ["191401682396", "191403742396", "191404762393", "191406652386"]


def spellings(twelve: str) -> list[str]:
    """A number as people write it. Short forms are of someone under a hundred, so the year is made a later one."""
    century, yy, mm, dd, four = twelve[:2], twelve[2:4], twelve[4:6], twelve[6:8], twelve[8:]
    full, short = century + yy + mm + dd, yy + mm + dd
    return [
        full + four, f"{full}-{four}", f"{full} {four}", f"{full} - {four}", f"{century}{yy}-{mm}-{dd}-{four}",
        f"{century}{yy} {mm} {dd} {four}", f"{century}{yy}-{mm}-{dd} {four}", f"{century} {short}-{four}",
        short + four, f"{short}-{four}", f"{short} {four}", f"{short}+{four}", f"{yy}-{mm}-{dd}-{four}",
        f"{yy} {mm} {dd} {four}", f"{yy}.{mm}.{dd}.{four}", f"{yy}/{mm}/{dd}-{four}", f"{short}\u2013{four}",
        f"{short}\u2011{four}", f"{short}\u2212{four}", f"{short}\u00a0{four}", f"{short}\u00ad-{four}",
        f"{short}\u200b{four}", f"{short}\n{four}", " ".join(short + four), "-".join(full + four),
        (short + four).translate({ord("0") + n: 0xFF10 + n for n in range(10)}), f"3300-{short}{four}",
        f"SE{short}{four}01", " ".join(part for part in (yy, mm, dd, four[:2], four[2:])),
        " ".join((century, yy, mm, dd, four[:2], four[2:])),
    ]  # fmt: skip


PLACES = ["{}", "Gäller {}.", "pnr:{},", "(nr {})", "Brukaren {} bor här", "a{}", "{}\nNästa rad", "”{}”"]


def kinds(text, known=None):
    return [hit.kind for hit in hits(text, on=DAY, known=known)]


@pytest.mark.parametrize("twelve", [*PERSONS, *COORDINATION])
def test_a_persons_number_is_found_in_every_spelling_and_place(twelve):
    missed = [
        place.format(spelt)
        for spelt in spellings(twelve)
        for place in PLACES
        if not NUMBERS & {*kinds(place.format(spelt))}
    ]
    assert missed == []


def test_a_slip_of_the_pen_still_leads_to_someone_where_the_century_is_written_out():
    assert kinds("18900101-9803") == ["identity_number"]
    assert kinds("1890010198 03") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("900101-T220", "interim_number"), ("820101-xxxx", "birth_date"), ("19820101-****", "birth_date"),
        ("född 1982-01-03", "birth_date"), ("född den 3 maj 1982", "birth_date"), ("f. 820103", "birth_date"),
        ("070-174 06 05", "phone"), ("0701740605", "phone"), ("+46 70 174 06 05", "phone"),
        ("+46 (0)70-1740605", "phone"), ("0046701740605", "phone"), ("08-465 004 00", "phone"),
        ("(08) 465 004 00", "phone"), ("031 390 06 00", "phone"), ("031/3900600", "phone"), ("tel. 390 06 00", "phone"),
        ("070\u2011174\u00a006\u00a005", "phone"),
        ("anna.lind@example.se", "email"), ("anna (at) example.se", "email"), ("anna@example (punkt) se", "email"),
        ("Storgatan 5", "address"), ("storgatan 5 B", "address"), ("STORGATAN 5", "address"),
        ("Sankt Eriks väg 12", "address"), ("Kungens gata nr 3", "address"), ("Norra Hamnvägen 114", "address"),
        ("123 45 Storstad", "address"), ("SE-123 45 STORSTAD", "address"), ("Box 1, 12345 Storstad", "address"),
        ("c/o Lind", "address"), ("lgh 1102", "address"), ("0000-0000-0000K", "code"), ("0000-0000-0000k", "code"),
    ],
)  # fmt: skip
def test_what_leads_to_a_person_is_found(text, kind):
    assert kinds(text) == [kind]
    assert kinds(f"Det gäller {text}, sägs det.") == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Timmar den 3 mars 2026, 412 timmar och 30 minuter à 332 kr, sammanlagt 136 950 kr.",
        "Organisationsnummer 559999-0008, bankgiro 5050-1055, plusgiro 12 34 56-7, konto 5001-12 345 67.",
        "Faktura 4450193887 för perioden 2026-01-01 - 2026-01-31, förfaller 2026-02-28, OCR 1234567897.",
        "2026-03-02 09:00-17:30, handling 1-4, avtal 2024/118, 12 § LSS, 10 kap. 15 a § OSL, SFS 2010:110.",
        "Vi är på väg 12 mars. Besluta enligt plan 3. På torget 2026. Rad 214 och rad 571 i norrvik-2026-02.csv.",
        "125 00 Kronor, 100 00 SEK, 12500 Timmar. Omsorgen i Norra stadsdelen. Enheten har 12 345 besök.",
        "",
    ],
)
def test_an_ordinary_text_is_left_alone(text):
    assert kinds(text) == []


def test_a_hit_says_its_line_and_never_what_stands_there():
    text = "Schemat för mars.\nRing 070-174 06 05 eller 18900101-9802."
    found = hits(text, on=DAY)
    assert [(hit.kind, hit.line, hit.quoted(text)) for hit in found] == [
        ("phone", 2, "070-174 06 05"),
        ("identity_number", 2, "18900101-9802"),
    ]
    assert [part for part in ("070", "9802") if part in repr(found)] == []


def test_a_hit_is_another_when_a_word_of_the_text_is():
    one, other = (hits(f"{word} 070-174 06 05", on=DAY)[0] for word in ("Ring", "Nåt:"))
    assert (one.kind, one.start, one.end) == (other.kind, other.start, other.end)
    same = hits("Ring 070-174 06 05", on=DAY)[0]
    assert (one.key == same.key, one.key == other.key) == (True, False)


def test_what_the_matter_holds_is_known_by_name_in_any_capitals_and_in_the_genitive():
    known = {"Anna Lind": "name", "Lind": "name", "NORR-U-2026-1": "number", "7K": "code"}
    assert kinds("ANNA\nLINDS schema, Lind, lindrig, norr-u-2026-1, NORR-U-2026-12", known) == [
        "name",
        "name",
        "number",
    ]


@settings(max_examples=300, deadline=None)
@any_(st.text(max_size=80), st.sampled_from(PERSONS + COORDINATION), st.integers(0, 29), st.text(max_size=80))
def test_no_text_around_a_number_hides_it(before, twelve, how, after):
    """Whatever stands before and after it, but figures, and what joins figures."""
    text = f"{before} : {spellings(twelve)[how]} : {after}"
    assert NUMBERS & {*kinds(text)}


@settings(max_examples=300, deadline=None)
@any_(st.text(max_size=200), st.dictionaries(st.text(max_size=9), st.sampled_from(sorted(KINDS)), max_size=3))
def test_any_text_can_be_asked_about(text, known):
    found = hits(text, on=DAY, known=known)
    assert [hit for hit in found if not 0 <= hit.start < hit.end <= len(text)] == []
    assert all(one.end <= two.start for one, two in pairwise(found))


def test_a_long_text_made_to_be_slow_is_read_in_no_time():
    for part in ("0 ", "1-2-", "a.a", "a@a.", "A väg ", "+46 ", "2026-03-02 "):
        hits((part * 20_000)[:20_000], on=DAY)


# What the matter itself holds


def test_a_matter_holds_its_codes_numbers_and_the_names_of_those_who_work_on_it(city):
    process = catalogue().processes
    row = {"file": "a.csv", "line": 1, "sha256": "9f", "table": "time_entry",
           "values": {"client_id": "0000-0000-0000B", "worker_id": None, "kind": "active"}}  # fmt: skip
    finding = make(process["finding"], now=NOW, number="NORR-F-2026-1", client_code="0000-0000-0000K",
                   provider_number="0000-0000-0000F", result={"evidence": [row]})  # fmt: skip
    Provider.objects.create(number="0000-0000-0000F", name="Linds Omsorg", is_person=True)
    case = make(process["investigation"], now=NOW, number="NORR-U-2026-1", provider_number="0000-0000-0000F")
    give(case, city["Asta"], now=NOW)
    Case.objects.get().findings.set([finding])
    assert held_in(case) == {
        "NORR-F-2026-1": "number", "NORR-U-2026-1": "number", "0000-0000-0000K": "code", "0000-0000-0000B": "code",
        "0000-0000-0000F": "code", "Linds Omsorg": "name", "Asta": "name",
    }  # fmt: skip
    assert held_in(finding) == {
        "NORR-F-2026-1": "number", "0000-0000-0000K": "code", "0000-0000-0000B": "code", "0000-0000-0000F": "code",
        "Linds Omsorg": "name",
    }  # fmt: skip
    assert FOUND["control"] == "ASS-01"


# Measured on the real files, where they are at hand


@pytest.mark.slow
def test_recall_on_the_official_numbers_in_a_spelling_drawn_by_chance():
    """21 879 numbers that belong to nobody, each in one of 30 spellings: none is missed."""
    chance, missed = random.Random(1), []
    for name in ("skatteverket_testpersonnummer.csv", "test_samordningsnummer.csv"):
        for twelve in (shared("identifiers") / name).read_text().split()[1:]:
            text = f"Underlaget gäller {chance.choice(spellings(twelve))}, enligt anordnaren."
            if not NUMBERS & {*kinds(text)}:
                missed.append(text)
    assert missed == []


@pytest.mark.slow
def test_false_alarms_on_the_texts_of_invoices_and_ledgers():
    """Of a thousand texts with no person in them, how many are stopped by a number: at most one.

    Addresses are left out: the texts of a procurement are of streets that are dug up, and are rightly stopped.
    """
    texts = [
        element.text.strip()
        for file in sorted(shared("einvoice").rglob("*.xml"))
        for element in etree.parse(file).iter()
        if isinstance(element.tag, str) and element.text and " " in element.text.strip()
    ]
    for topic, limit in (("supplier_ledgers_uk", 3_000), ("procurement_se", 20_000)):
        for file in sorted(shared(topic).rglob("*.csv")):
            with file.open(encoding="utf-8-sig", errors="replace") as opened:
                for number, line in enumerate(csv.reader(opened, delimiter=";" if topic.endswith("se") else ",")):
                    texts += [cell for cell in line if " " in cell]
                    if number > limit:
                        break
    stopped = [text for text in texts if NUMBERS & {*kinds(text)}]
    assert len(texts) > 100_000
    assert 1000 * len(stopped) <= len(texts), stopped[:20]
