"""A document is filled: values stay values, whatever they hold, and the same is the same to the last byte."""

import io
import re
import zipfile
import zlib
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.letters.examples import HEAD, filled
from tillit.catalogue import load
from tillit.letters import (
    Bullets,
    Heading,
    NoPdfError,
    Paragraph,
    Table,
    WrongLetterValueError,
    fill,
    pdf,
    plain,
    word,
)
from tillit.letters.pdf import html
from tillit.letters.value import clean

CATALOGUE = load()
LETTER = CATALOGUE.documents["hearing_letter"]
NASTY = (
    "# Rubrik\n- punkt\n| cell |\n{{ 7*7 }} {% for x in y %} {# dold #}\n<script>alert('x')</script> & \"’🙂\x0b\ue001"
)


def paragraphs(file):
    return [one.text for one in docx.Document(io.BytesIO(file)).paragraphs]


def with_text(text, fields=None):
    return LETTER.model_copy(update={"text": text} | ({"fields": fields} if fields else {}))


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_what_is_written_comes_out_as_it_was_written_and_never_as_form(text):
    subject = "x" + text + "x"  # lines that are empty at the end are no text
    blocks = fill(with_text("## Först\n\n{{ subject }}\n\n## Sist"), {"subject": subject}, head=HEAD).blocks
    assert blocks == [Heading("Först", 2), Paragraph(clean(subject)), Heading("Sist", 2)]


def test_a_text_of_code_and_marks_is_the_same_text_in_word_and_on_the_page():
    made = filled(LETTER, {"subject": NASTY})
    told = NASTY.replace("\x0b", "").replace("\ue001", "")
    assert Paragraph(told) in made.blocks
    assert told in paragraphs(word(made, CATALOGUE.letterhead))
    assert "<script>" not in html(made)


def test_a_value_in_the_head_is_not_a_template_either():
    made = fill(LETTER, {}, head=replace(HEAD, recipient="{{ head.board }} {% if %}\n& <b>"))
    assert "{{ head.board }} {% if %}\n& <b>" in paragraphs(word(made, CATALOGUE.letterhead))


def test_the_same_values_give_the_same_bytes():
    first, second = filled(LETTER), filled(LETTER)
    assert word(first, CATALOGUE.letterhead) == word(second, CATALOGUE.letterhead)
    assert pdf(first) == pdf(second)
    assert word(first, CATALOGUE.letterhead) != word(filled(LETTER, {"contact": "x"}), CATALOGUE.letterhead)


def test_a_word_file_says_who_what_and_when_and_counts_its_pages():
    """M029: board, matter, day and handler at the top, the receiver below, how to reach us at the end."""
    made = fill(LETTER, {"contact": "08-000 00 00"}, head=replace(HEAD, recipient="Box 1", registry_number="SDN 1"))
    file = word(made, CATALOGUE.letterhead)
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        top = re.sub(r"<[^>]+>", " ", packed.read("word/header1.xml").decode())
        foot = packed.read("word/footer1.xml").decode()
        times = {one.date_time for one in packed.infolist()}
    said = (HEAD.board, HEAD.number, "2\xa0mars\xa02026", "Asta", "SDN 1")
    assert [one for one in said if one not in top] == []
    assert {"Box 1", "08-000 00 00"} <= {*paragraphs(file)}
    assert re.findall(r"instrText[^>]*> (\w+) <", foot) == ["PAGE", "NUMPAGES"]
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_a_pdf_is_tagged_for_readers_and_fit_to_be_kept():
    file = pdf(filled(LETTER))
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file, re.DOTALL)
    whole = file + b"".join(zlib.decompress(part) for part in parts if part[:1] == b"x")
    assert [mark for mark in (b"/MarkInfo", b"pdfaid:part", b"/Lang") if mark not in whole] == []


def test_a_missing_value_stands_as_a_gap_and_is_named():
    made = filled(LETTER, {"contact": "", "may_lead_to": None})
    assert made.missing == ["may_lead_to", "contact"]
    assert Bullets(("[Vad kan det leda till: fylls i]",)) in made.blocks
    assert Paragraph("[Telefon och e-post för frågor: fylls i]") in made.blocks


@pytest.mark.parametrize(
    ("name", "value"),
    [("answer_by", "i morgon"), ("party", "provider"), ("may_lead_to", ["x"]), ("answer_by", 7)],
)
def test_a_value_of_another_kind_is_told_by_its_field(name, value):
    with pytest.raises(WrongLetterValueError) as told:
        filled(LETTER, {name: value})
    assert str(told.value) == (f"{name}: ”{LETTER.fields[name].sv}” kan inte skrivas i dokumentet: fyll i det på nytt")


def test_a_table_with_headings_is_one_and_a_table_without_is_facts():
    text = "| a | b |\n|---|---|\n| 1 | 2 |\n\n| Dag | {{ answer_by }} |"
    made = fill(with_text(text), {"answer_by": "2026-03-02"}, head=HEAD)
    assert made.blocks == [Table(("a", "b"), (("1", "2"),)), Table((), (("Dag", "2\xa0mars\xa02026"),))]
    assert plain(made.blocks) == "a | b\n1 | 2\n\nDag: 2\xa0mars\xa02026\n"


def test_a_template_of_the_municipality_is_filled_and_the_pdf_says_what_it_says():
    template = docx.Document()
    template.add_heading("Från {{ head.board }}", level=1)
    template.add_paragraph("{{ subject }}")
    template.add_paragraph("{%p for one in may_lead_to %}")
    template.add_paragraph("{{ one }}", style="List Bullet")
    template.add_paragraph("{%p endfor %}")
    kept = io.BytesIO()
    template.save(kept)
    made = filled(LETTER.model_copy(update={"text": "", "word": kept.getvalue()}), {"subject": NASTY})
    told = NASTY.replace("\x0b", "").replace("\ue001", "")
    assert made.blocks == [
        Heading("Från Norra stadsdelsnämnden", 1),
        Paragraph(told),
        Bullets(("att pengar ska betalas tillbaka", "att inget händer")),
    ]
    assert word(made, CATALOGUE.letterhead) == made.word
    assert made == filled(made.document, {"subject": NASTY})


def test_without_the_libraries_for_pdf_it_is_said_what_to_do(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    with pytest.raises(NoPdfError) as told:
        pdf(filled(LETTER))
    assert str(told.value) == "PDF kan inte göras i den här installationen: hämta dokumentet som Word"
