"""Fills the examples of content/documents, and writes example.txt anew:  python -m tests.letters.examples"""

from datetime import date
from pathlib import Path

from tillit.catalogue import Catalogue, Document, content_folder, load
from tillit.letters import Filled, Head, fill, plain

HEAD = Head(
    board="Norra stadsdelsnämnden",
    number="NORR-U-2026-1",
    title="",
    code="",
    day=date(2026, 3, 2),
    handler="Asta",
)


def filled(document: Document, given=None) -> Filled:
    values = {name: field.example for name, field in document.fields.items()} | (given or {})
    return fill(document, values, head=HEAD)


def example_file(document: Document) -> Path:
    return content_folder() / "documents" / document.document / "example.txt"


def write(catalogue: Catalogue) -> None:
    for document in catalogue.documents.values():
        example_file(document).write_text(plain(filled(document).blocks), encoding="utf-8")


if __name__ == "__main__":
    write(load())
