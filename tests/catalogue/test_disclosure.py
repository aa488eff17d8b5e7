"""The table of who may be told what: what it answers, what it refuses to read, and how far an overlay may go."""

import shutil
from dataclasses import replace
from datetime import date
from itertools import product
from typing import get_args

import pytest

from tillit.catalogue import ContentErrors, Telling, answer, check_disclosures, content_folder, load
from tillit.catalogue.disclosure import About, Gateway

TABLE = load().disclosures
DAY = date(2026, 3, 2)
WHOLE = Telling("fk", "individual", "notification", DAY, asked=True, met=True, weighed=True, counsel=True)


def test_the_table_that_comes_with_tillit_has_no_fault():
    assert check_disclosures(load()) == []


@pytest.mark.parametrize("row", TABLE.values(), ids=lambda row: row.disclosure)
def test_every_example_is_answered_as_it_says(row):
    never = [one for one in TABLE.values() if one.mode == "never" and one is not row]
    for one in row.examples:
        told = Telling(one.to, one.about, row.gateway, one.day, row.way, one.asked, one.met, one.weighed, one.counsel)
        assert answer([row, *never], told).verdict == one.answer, one.name


def test_what_no_provision_opens_is_not_told():
    """M177: default deny, however much has been asked, weighed and decided."""
    assert answer([], WHOLE).verdict == "no"
    assert answer(TABLE.values(), replace(WHOLE, to="nobody")).verdict == "no"
    assert answer(TABLE.values(), replace(WHOLE, on=date(1990, 1, 1))).verdict == "no"


def test_the_coordinator_is_told_of_no_individual_by_any_way():
    """M179: one lane is free of individuals, and the one who joins the boards is on that lane alone."""
    said = {
        (
            about,
            answer(TABLE.values(), replace(WHOLE, to="coordinator", about=about, gateway=gateway, way="tell")).verdict,
        )
        for about, gateway in product(get_args(About), get_args(Gateway))
    }
    assert {about for about, verdict in said if verdict != "no"} == {"provider"}


def test_a_notice_free_of_individuals_is_about_providers_alone():
    free = [row for row in TABLE.values() if row.lane == "free_of_individuals"]
    assert {about for row in free for about in row.about} == {"provider"}
    many = [row for row in TABLE.values() if row.way == "tell" and "individual" in row.about and row.mode != "never"]
    assert {row.lane for row in many} == {"single_recipient"}


def test_the_balance_of_2025_needs_a_lawyer_and_a_written_weighing():
    """M177: 10 kap. 15 a § opens towards all authorities, and here by a lawyer's written balance alone."""
    weighed = replace(WHOLE, to="tax", gateway="weighed")
    assert answer(TABLE.values(), weighed).verdict == "may"
    assert answer(TABLE.values(), replace(weighed, counsel=False)).verdict == "ask_counsel"
    assert answer(TABLE.values(), replace(weighed, weighed=False)).missing == ("weighing",)
    assert answer(TABLE.values(), replace(weighed, on=date(2025, 11, 30))).verdict == "no"


def test_of_two_provisions_the_one_that_lacks_least_is_answered_and_a_duty_goes_first():
    said = answer(TABLE.values(), replace(WHOLE, gateway="statute"))
    assert said.row is not None
    assert (said.verdict, said.row.disclosure) == ("must", "fk_use_of_allowance")


SPOILT = [
    ("lane: single_recipient", "lane: free_of_individuals", "a notice free of individuals is about providers alone"),
    ("mode: duty", "mode: never", "what is never told has no conditions, no weighing and no policy"),
    ("mode: duty", 'mode: duty\npolicy: "off"', "it is off, and 'policy_reason' does not say why"),
    ("valid_from: 2020-01-01", "valid_from: 2020-01-01\nvalid_to: 2019-01-01", "valid_to is before valid_from"),
    ("answer: must}", "answer: missing}", "no example is allowed: add one"),
]


@pytest.fixture
def base(tmp_path):
    """A copy of the table with its acts and recipients, to be spoiled."""
    content = tmp_path / "content"
    content.mkdir()
    for name in ("acts.yaml", "recipients.yaml"):
        shutil.copy(content_folder() / name, content / name)
    shutil.copytree(content_folder() / "disclosures", content / "disclosures")
    return content


def spoil(base, name, *changes):
    path = base / "disclosures" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


@pytest.mark.parametrize(("old", "new", "told"), SPOILT)
def test_a_provision_that_cannot_be_is_refused(base, old, new, told):
    path = base / "disclosures" / "payers_notice.yaml"
    path.write_text(spoil(base, "payers_notice", (old, new)), encoding="utf-8")
    with pytest.raises(ContentErrors, match=told):
        load(base=base)


def test_an_example_that_is_answered_otherwise_is_told_with_its_line(base):
    path = base / "disclosures" / "payers_notice.yaml"
    text = spoil(
        base, "payers_notice", ("met: false, answer: missing", "met: true, answer: missing"), ("[fk,", "[sj, fk,")
    )
    path.write_text(text, encoding="utf-8")
    assert [str(fault).partition("payers_notice.yaml:")[2] for fault in check_disclosures(load(base=base))] == [
        "6: there is no recipient 'sj': see recipients.yaml",
        "19: example 'bara en träff i en kontroll' is answered 'must', and says 'missing': mend the one that is wrong",
    ]


NOBODY = '{name: ingen, to: private, about: individual, answer: "no"}'
LAXER = [
    ("payers_notice", [("[fk, pension", "[fk, private, pension")], "it opens for more recipients or more information"),
    ("payers_notice", [("2020-01-01", "2015-01-01")], "it holds on more days"),
    ("authorities_weighed", [("weighing: true\n", "")], "it leaves out a condition or the weighing"),
    ("authorities_weighed", [("policy: counsel\n", "")], "the policy is opened where the law does not leave that"),
    ("methods_never", [("[provider, party, private", "[party, private")], "a prohibition may cover more, never less"),
    ("payers_notice", [("mode: duty", "mode: own_initiative")], "way, lane, gateway and mode are law"),
    (
        "boards_same_support",
        [('policy: "off"\n', ""), ("policy_reason:", "# "), ('answer: "no"}', f"answer: may}}\n  - {NOBODY}")],
        "the policy is opened where the law does not leave that to the municipality, or without a reason",
    ),
]


@pytest.mark.parametrize(("name", "changes", "told"), LAXER)
def test_a_municipality_is_never_laxer(base, tmp_path, name, changes, told):
    ours = tmp_path / "mine" / "disclosures"
    ours.mkdir(parents=True)
    (ours / f"{name}.yaml").write_text(spoil(base, name, *changes), encoding="utf-8")
    with pytest.raises(ContentErrors, match=told):
        load(tmp_path / "mine", base=base)


def test_a_municipality_opens_no_way_of_its_own(base, tmp_path):
    ours = tmp_path / "mine" / "disclosures"
    ours.mkdir(parents=True)
    text = spoil(base, "payers_notice", ("disclosure: payers_notice", "disclosure: our_own"))
    (ours / "our_own.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentErrors, match="'our_own' opens what no provision of ours opens"):
        load(tmp_path / "mine", base=base)


def test_a_municipality_may_be_stricter_and_may_open_what_law_leaves_to_it(base, tmp_path):
    ours = tmp_path / "mine" / "disclosures"
    ours.mkdir(parents=True)
    stricter = spoil(
        base, "payers_notice", ("law:", "policy: counsel\nlaw:"), ("answer: must}", "counsel: true, answer: must}")
    )
    example = "{name: prövat, to: board, about: individual, counsel: true, answer: may}"
    opened = spoil(
        base,
        "boards_same_support",
        ('policy: "off"', "policy: counsel"),
        ('answer: "no"}', f"answer: ask_counsel}}\n  - {example}"),
    )
    (ours / "payers_notice.yaml").write_text(stricter, encoding="utf-8")
    (ours / "boards_same_support.yaml").write_text(opened, encoding="utf-8")
    laid = load(tmp_path / "mine", base=base)
    assert check_disclosures(laid) == []
    assert answer(laid.disclosures.values(), replace(WHOLE, counsel=False)).verdict == "ask_counsel"
    to_board = replace(WHOLE, to="board", gateway="statute")
    assert answer(laid.disclosures.values(), replace(to_board, asked=False)).verdict == "may"
    assert answer(TABLE.values(), replace(to_board, asked=False)).verdict != "may"
