"""A filled document as PDF: tagged for screen readers, and fit to be kept (PDF/A)."""

import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from tillit.errors import RefusedError
from tillit.letters.fill import Filled, said_of


class NoPdfError(RefusedError):
    """This installation cannot make PDF."""


def pdf(filled: Filled) -> bytes:
    """The PDF; the same bytes for the same document on the same machine. Nothing is fetched.

    Raises: NoPdfError where the extra 'pdf' or the libraries of the machine are missing.
    """
    try:
        from weasyprint import HTML  # optional extra, and slow to load
        from weasyprint.text.fonts import FontConfiguration
    except (ImportError, OSError) as fault:
        raise NoPdfError("PDF kan inte göras i den här installationen", fix="hämta dokumentet som Word") from fault
    page = html(filled)
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    made = HTML(string=page, url_fetcher=_fetch_nothing, base_url=None).write_pdf(
        pdf_variant="pdf/a-3a", pdf_identifier=identifier, font_config=FontConfiguration()
    )
    assert isinstance(made, bytes)
    return made


def html(filled: Filled) -> str:
    """The page that the PDF is made from."""
    style = files("tillit.letters").joinpath("letter.css").read_text(encoding="utf-8")
    said = said_of(filled.head)
    return _template().render(blocks=filled.blocks, head=said, iso=filled.head.day.isoformat(), style=style)


@cache
def _template() -> Template:
    made = Environment(
        loader=PackageLoader("tillit.letters", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return made.get_template("letter.html.j2")


def _fetch_nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    raise ValueError("a document fetches nothing")
