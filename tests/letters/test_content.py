"""Every document of the content: its example says what example.txt says, and its other examples what they promise."""

import pytest

from tests.letters.examples import example_file, filled
from tillit.catalogue import check_documents, load
from tillit.letters import plain

CATALOGUE = load()
DOCUMENTS = list(CATALOGUE.documents.values())
EXAMPLES = [(document, example) for document in DOCUMENTS for example in document.examples]


def named(value):
    return getattr(value, "name", None) or value.document


def test_the_content_that_comes_with_tillit_has_no_fault():
    assert check_documents(CATALOGUE) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_the_example_reads_as_it_stands_beside_the_document(document):
    assert plain(filled(document).blocks) == example_file(document).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_no_document_accuses_or_promises(document):
    text = plain(filled(document).blocks).lower()
    assert [word for word in ("misstänk", "fusk", "bluff", "skyldig till", "lurat") if word in text] == []


@pytest.mark.parametrize(("document", "example"), EXAMPLES, ids=named)
def test_another_example_says_what_it_promises(document, example):
    text = plain(filled(document, example.given).blocks)
    assert [words for words in example.says if words not in text] == []
    assert [words for words in example.says_not if words in text] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_document_with_nothing_filled_is_a_draft_with_a_gap_for_each_field_that_must_be(document):
    empty = filled(document, dict.fromkeys(document.fields))
    assert empty.missing == [name for name, field in document.fields.items() if field.required]
