"""Reads the texts of documents: text.md or template.docx beside document.yaml, or alone in a municipality's overlay."""

from pathlib import Path

from tillit.catalogue.catalogue import Catalogue
from tillit.catalogue.word_file import LARGEST
from tillit.catalogue.yaml_file import ContentError

TEXTS = (".md", ".docx")


def add_text(catalogue: Catalogue, path: Path, shown: str) -> None:
    """Gives a document its text; a later one takes the place of an earlier, so that there always is one and only one.

    Raises: ContentError where the folder is no document's, or holds two texts.
    """
    if path.stat().st_size > LARGEST:
        raise ContentError("the file is too large", where=shown, fix=f"at most {LARGEST // 2**20} MB")
    if path.name == "letterhead.docx":
        catalogue.letterhead = path.read_bytes()
        return
    name = path.parent.name
    document = catalogue.documents.get(name)
    if document is None and (path.parent / "document.yaml").exists():
        return  # what is wrong with that file is told already
    if document is None or path.name not in {"text.md", "template.docx"}:
        fix = "put text.md or template.docx into the folder of a document, or letterhead.docx beside the folders"
        raise ContentError("this belongs to no document", where=shown, fix=fix)
    if path.name == "text.md" and (path.parent / "template.docx").exists():
        raise ContentError(
            "a document has one text, and here are two", where=shown, fix="keep text.md or template.docx"
        )
    try:
        text, word = (path.read_text(encoding="utf-8-sig"), b"") if path.suffix == ".md" else ("", path.read_bytes())
    except UnicodeDecodeError as fault:
        raise ContentError("this is not UTF-8", where=shown, fix="save the file as UTF-8") from fault
    catalogue.documents[name] = document.model_copy(update={"text": text, "word": word})
    catalogue.texts[name] = (shown, text)
