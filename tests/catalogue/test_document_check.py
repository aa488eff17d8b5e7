"""What the catalogue refuses of a document, each fault with its file, its line and what to do."""

import io
import shutil
import zipfile

import docx
import pytest

from tillit.catalogue import ContentErrors, check_documents, content_folder, load
from tillit.catalogue.word_file import LARGEST, word_faults

NAMES = (
    "roles.yaml",
    "cast.yaml",
    "acts.yaml",
    "recipients.yaml",
    "parameters",
    "processes/disclosure.yaml",
    "processes/bias.yaml",
)
WHERE = "content/documents/information_request/"


@pytest.fixture
def content(tmp_path):
    """A copy of a document and of the process that makes it, to be spoiled."""
    for name in (*NAMES, "documents/information_request", "documents/letterhead.docx"):
        source, target = content_folder() / name, tmp_path / "content" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    return tmp_path / "content"


def folder(content):
    return content / "documents" / "information_request"


def spoil(content, name, old, new):
    path = folder(content) / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(content):
    try:
        return [str(fault) for fault in check_documents(load(base=content))]
    except ContentErrors as told:
        return [str(fault) for fault in told.errors]


def as_word(document):
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def template(*lines):
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    return as_word(made)


def with_part(file, name, data):
    kept = io.BytesIO(file)
    with zipfile.ZipFile(kept, "a") as packed:
        packed.writestr(name, data, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


CODE = "macros, filters, calls, includes and arithmetic are code, and a text has none"
KNOWN = "contact, counterpart, gateway, head, needed_by, purpose, question, whom"
SAY = "let a field hold what is to be said"
TEXTS = [
    ("{{ purpose }}", "{{ purpos }}", [
        f"{WHERE}text.md:15: there is no field 'purpos': known: {KNOWN}",
        f"{WHERE}document.yaml:15: the text never says 'purpose': say it in the text, or take the field away",
    ]),
    ("{{ purpose }}", "{{ purpose | upper }}", [f"{WHERE}text.md:15: 'filter' is not taken: {CODE}: {SAY}",
]),
    ("{{ purpose }}", "{{ purpose.upper() }}", [f"{WHERE}text.md:15: 'call' is not taken: {CODE}: {SAY}"]),
    ("{{ purpose }}", "{{ purpose.__class__ }}", [
        f"{WHERE}text.md:15: 'purpose' has no '__class__': after its point: nothing"]),
    ("{{ purpose }}", "{{ counterpart.code.x }} {{ purpose }}", [
        f"{WHERE}text.md:15: '.x' stands after something that is no field: write field.part"]),
    ("{{ purpose }}", "{{ purpose * 9999 }}", [f"{WHERE}text.md:15: 'mul' is not taken: {CODE}: {SAY}"]),
    ("{{ purpose }}", "{% macro m() %}{{ purpose }}{% endmacro %}", [
        f"{WHERE}text.md:15: 'macro' is not taken: {CODE}: {SAY}"]),
    ("{{ purpose }}", "{% include 'x' %}{{ purpose }}", [f"{WHERE}text.md:15: 'include' is not taken: {CODE}: {SAY}"]),
    ("{{ purpose }}", "{% set x = 1 %}{{ purpose }}", [f"{WHERE}text.md:15: 'assign' is not taken: {CODE}: {SAY}"]),
    ("## Ändamål", "## Syfte", [f"{WHERE}text.md: the heading 'Ändamål' is missing: add it: it must be there"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), TEXTS, ids=[new[:30] for _, new, _ in TEXTS])
def test_a_text_holds_its_fields_and_no_code(content, old, new, told):
    spoil(content, "text.md", old, new)
    assert faults(content) == told


def test_a_text_that_cannot_be_read_is_told_with_how_to_write(content):
    spoil(content, "text.md", "{{ purpose }}", "{{ purpose ")
    found = faults(content)[0]
    assert found.startswith(f"{WHERE}text.md:17: it cannot be read: ")
    assert found.endswith("write {{ field }}, {% if field %} … {% endif %} or {% for row in field %} … {% endfor %}")


def test_a_huge_text_is_not_even_read(content):
    (folder(content) / "text.md").write_text("{{ purpose }}\n" * 20_000, encoding="utf-8")
    assert faults(content)[0] == f"{WHERE}text.md:1: it is 280000 characters long: write at most 200000"


FILES = [
    ("from: field.purpose", "from: field.porpose",
        "disclosure makes it, and has no field 'porpose': see the fields of the process"),
    ("{type: date, from: field.needed_by", "{type: money, from: field.needed_by",
        "'needed_by' of disclosure is date, and this says money: give both the same type"),
    ("from: field.purpose", "from: field.answer",
        "it is sent, and 'answer' of disclosure does not leave its zone: take it away, or say 'leaves_zone: true' "
        "there, so that the guard reads it"),
    ("zones: [individual]", "zones: [staff]",
        "disclosure makes it, and lies in zone individual: add the zone, or let the process name another"),
    ("zones: [individual]", "zones: [individual]\noffered_in: [nothing]",
        "there is no process 'nothing': see processes/"),
    ("sent_to: [fk,", "sent_to: [king,", "there is no recipient 'king': see recipients.yaml"),
    ('"2009:400", at: 6', '"2009:4000", at: 6', "act '2009:4000' is not known: add it to acts.yaml"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), FILES, ids=[told[:40] for _, _, told in FILES])
def test_a_field_comes_from_where_it_says(content, old, new, told):
    spoil(content, "document.yaml", old, new)
    assert [fault.partition(": ")[2] for fault in faults(content)] == [told]


YAML = [
    ("from: field.purpose", "from: nowhere.x", "'nowhere.x' is nowhere: write field.X of the process, or one of"),
    ("example: Utredning om felaktig utbetalning", "example: null", "it is required, and the example goes without it"),
    ("sent_to: [", "sent_to: [] #", "it leaves the zone: say in 'sent_to' to whom"),
    ("  whom: {type: long_text", "  head: {type: long_text", "fields.head: choose another name"),
    ("headings:", "holds_back: [{when: {whom: x}, because: y}]\nheadings:",
        "holds_back: no field 'whom' is asked for with the answer 'x'"),
    ("headings:", "examples: [{name: a, given: {b: c}}]\nheadings:", "example 'a': there is no field 'b'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), YAML, ids=[told[:40] for _, _, told in YAML])
def test_a_file_that_cannot_work_is_refused_when_it_is_read(content, old, new, told):
    spoil(content, "document.yaml", old, new)
    assert [fault for fault in faults(content) if told in fault] == faults(content)
    assert len(faults(content)) == 1


def test_a_document_has_one_text(content):
    (folder(content) / "template.docx").write_bytes(template("x"))
    assert faults(content) == [
        f"{WHERE}text.md: a document has one text, and here are two: keep text.md or template.docx"
    ]


def test_a_document_without_a_text_is_told(content):
    (folder(content) / "text.md").unlink()
    assert faults(content) == [f"{WHERE}document.yaml:1: it has no text: write text.md beside it"]


WHOLE = (
    "Vad vi ber om Ändamål Lagstöd Svar", "{{ counterpart }} {{ question }} {{ purpose }} {{ gateway }}",
    "{%p if needed_by %}", "{{ needed_by }}", "{%p endif %}", "{{ whom }} {{ contact }}",
)  # fmt: skip


def test_a_word_template_in_an_overlay_takes_the_place_of_the_text(content, tmp_path):
    own = tmp_path / "own" / "documents" / "information_request"
    own.mkdir(parents=True)
    (own / "template.docx").write_bytes(template(*WHOLE))
    laid = load(tmp_path / "own", base=content)
    assert check_documents(laid) == []
    assert (laid.documents["information_request"].text, laid.documents["information_request"].revision) == ("", 1)
    assert laid.digest != load(base=content).digest


def test_a_word_template_is_held_to_the_same(content):
    (folder(content) / "text.md").unlink()
    (folder(content) / "template.docx").write_bytes(template(*WHOLE[1:], "{{ cycler.__init__.__globals__ }}"))
    found = faults(content)
    assert [fault.partition("template.docx:")[2] for fault in found if "heading" not in fault] == [
        "6: '.__globals__' stands after something that is no field: write field.part"
    ]
    assert len([fault for fault in found if "heading" in fault]) == 4


def linked():
    made = docx.Document()
    made.part.relate_to("https://example.org/x.dotm", "http://x/attachedTemplate", is_external=True)
    return as_word(made)


def with_field(instruction):
    made = docx.Document()
    for kind, text in (("fldChar", ""), ("instrText", instruction)):
        one = docx.oxml.OxmlElement(f"w:{kind}")
        one.text = text
        made.add_paragraph().add_run()._r.append(one)
    return as_word(made)


PLAIN = template("x")
FAULTS = [
    (PLAIN, []),
    (with_field(" PAGE "), []),
    (b"PK\x03\x04", ["this is no Word file (.docx)"]),
    (b"%PDF-1.7", ["this is no Word file (.docx)"]),
    (b"x" * (LARGEST + 1), ["the file is 5 MB"]),
    (with_part(PLAIN, "word/vbaProject.bin", b"x"), ["there are macros in it, which are programs"]),
    (with_part(PLAIN, "word/embeddings/oleObject1.bin", b"x"), ["another file or control is embedded in it"]),
    (with_part(PLAIN, "word/afchunk1.html", b"x"), ["another document is folded into it"]),
    (with_part(PLAIN, "word/x.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"),
        ["word/x.xml declares things of its own (DTD)"]),
    (with_part(PLAIN, "word/x.xml", b"<a"), ["word/x.xml cannot be read"]),
    (with_part(PLAIN, "word/big.xml", b" " * 50_000_000), ["the file is far larger unpacked"]),
    (linked(), ["it links to something outside itself"]),
    (with_field(" DDEAUTO c:\\\\cmd.exe "), ["the Word field 'DDEAUTO' is not taken"]),
    (with_field(' INCLUDETEXT "x" '), ["the Word field 'INCLUDETEXT' is not taken"]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "told"), FAULTS, ids=[str(number) for number in range(len(FAULTS))])
def test_a_word_file_that_could_do_something_by_itself_is_refused(file, told):
    assert [fault.what for fault in word_faults(file)] == told


def test_a_letterhead_has_a_place_for_the_text(content):
    path = content / "documents" / "letterhead.docx"
    path.write_bytes(template("{{ text }} här", "{{ head.boards }}"))
    found = faults(content)
    assert found[0] == (
        "documents/letterhead.docx: the place of the text is missing: "
        "write it once, in a paragraph of its own: {{ text }}"
    )
    assert found[1].startswith("documents/letterhead.docx: 'head' has no 'boards': after its point: board, unit, ")
    path.unlink()
    assert faults(content) == ["content/documents: there is no letterhead: add letterhead.docx"]


def test_what_lies_among_the_documents_belongs_to_one(content):
    (content / "documents" / "loose.docx").write_bytes(PLAIN)
    assert faults(content) == [
        "content/documents/loose.docx: this belongs to no document: put text.md or template.docx into the folder "
        "of a document, or letterhead.docx beside the folders"
    ]
