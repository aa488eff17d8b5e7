"""What every control says to people: neutral words, whole sentences, the law where it says what it says."""

import re
from collections.abc import Iterator

from tillit.catalogue import Catalogue, Control

ACCUSING = ("fusk", "bluff", "misstänk", "bedräg", "kriminell", "lurar", "oseriös", "brottsling", "skyldig till")


def texts(control: Control) -> Iterator[str]:
    """Everything in a control that a reader of a report may see."""
    yield from (control.title, control.question, control.may, control.may_not, control.consent, control.next_step)
    yield from (law.says for law in control.law)
    yield from (innocent.reason for innocent in control.legitimate)
    yield from control.shows.values()
    yield from control.helped_by.values()
    yield from re.findall(r"'([^'\n]*[a-zåäö] [^'\n]*)'", control.sql)


def test_no_control_accuses_anyone(content: Catalogue) -> None:
    told = [
        (control.id, word, text)
        for control in content.controls.values()
        for text in texts(control)
        for word in ACCUSING
        if word in text.lower()
    ]
    assert told == []


def test_what_may_and_may_not_be_done_is_said_in_whole_sentences(content: Catalogue) -> None:
    told = [
        control.id
        for control in content.controls.values()
        for text in (control.may, control.may_not, control.next_step)
        if not (text[0].isupper() and text.rstrip().endswith("."))
    ]
    assert told == []


def test_every_place_in_law_says_where_it_is_and_what_it_says(content: Catalogue) -> None:
    told = [
        (control.id, law.sfs)
        for control in content.controls.values()
        for law in control.law
        if not law.says or not (law.at or not re.match(r"\d{4}:\d+$", law.sfs))
    ]
    assert told == []


def test_a_late_report_is_nowhere_a_ground_to_refuse(content: Catalogue) -> None:
    """Högsta förvaltningsdomstolen, mål 2143-21."""
    for id in ("ASS-20", "ASS-21"):
        control = content.control(id)
        assert [law.sfs for law in control.law if law.sfs == "HFD 2143-21"] == ["HFD 2143-21"]
        assert control.may_not.startswith("Neka")
        assert "amount_at_risk_ore" not in control.sql
        assert "minutes_at_risk" not in control.sql


def test_an_explanation_is_given_once_in_a_control(content: Catalogue) -> None:
    told = [
        control.id
        for control in content.controls.values()
        if len({one.reason for one in control.legitimate}) < len(control.legitimate)
    ]
    assert told == []


def test_only_what_tells_nothing_of_persons_reaches_the_whole_city(content: Catalogue) -> None:
    assert {control.id for control in content.controls.values() if control.reach == "city"} == {
        "FAK-12",
        "FOR-03",
        "FOR-12",
        "FOR-14",
        "FOR-17",
        "LEV-16",
    }
