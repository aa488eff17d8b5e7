"""A sheet as OpenDocument, which every office program reads: the few parts that such a file must have."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OFFICE, _TABLE, _TEXT = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text"))
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_BEGINNING = datetime(1980, 1, 1).timetuple()[:6]  # the same figures give the same bytes

Value = str | int


def spreadsheet(sheets: Iterable[tuple[str, Iterable[Sequence[Value]]]]) -> bytes:
    """The bytes of a file with these sheets, each a name and its rows. A text is never read as a formula."""
    tables = "".join(_sheet(name, rows) for name, rows in sheets)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_OFFICE}" '
        f'xmlns:table="{_TABLE}" xmlns:text="{_TEXT}" office:version="1.3"><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        # The type comes first and is not packed: so other programs know the file by its first bytes.
        for name, text, how in (
            ("mimetype", TYPE, zipfile.ZIP_STORED),
            ("META-INF/manifest.xml", _MANIFEST, zipfile.ZIP_DEFLATED),
            ("content.xml", content, zipfile.ZIP_DEFLATED),
        ):
            parts.writestr(zipfile.ZipInfo(name, _BEGINNING), text.encode(), compress_type=how)
    return file.getvalue()


def _sheet(name: str, rows: Iterable[Sequence[Value]]) -> str:
    told = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    return f"<table:table table:name={quoteattr(name)}>{told}</table:table>"


def _cell(value: Value) -> str:
    said = f"<text:p>{escape(str(value))}</text:p>"
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}">{said}</table:table-cell>'
    return f'<table:table-cell office:value-type="string">{said}</table:table-cell>'
