"""Which files are not taken at all, by what is in them: programs, and workbooks with programs in them."""

import zipfile
from pathlib import Path

from django.conf import settings

_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OLD_MACROS = {name.encode("utf-16-le").rstrip(b"\0") for name in ("_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA")}
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_OPEN_DOCUMENT_MACROS = ("basic/", "scripts/")


def largest() -> int:
    """Bytes of the largest file that is taken: TILLIT_LARGEST_FILE. A month of a large city is far below what it is."""
    return int(settings.TILLIT.largest_file)


def why_not_taken(path: Path) -> str:
    """Why a file is not taken, in Swedish for the one who gives it; empty for one that may be tried.

    Whether it can be understood is asked later, by the readers. Its name is never asked.
    """
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(_PROGRAMS):
        return "Filen är ett program och inget underlag"
    if head.startswith(b"PK") and _has_macros(path):
        return "Filen innehåller makron, som är program"
    if head.startswith(_OLD_OFFICE) and _has_old_macros(path):
        return "Filen innehåller makron, som är program"
    return ""


def shown_name(name: str) -> str:
    """What a given file is called on a page: its own name, without a folder and without what cannot be seen."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[-255:] or "utan namn"


def _has_macros(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            names = [name.lower() for name in packed.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False  # the readers say what is wrong with it
    return any(name.endswith(_MACRO_PARTS) or name.startswith(_OPEN_DOCUMENT_MACROS) for name in names)


def _has_old_macros(path: Path) -> bool:
    # Its directory is of entries of 128 bytes, each with the name of a stream first, in UTF-16.
    with path.open("rb") as file:
        while sector := file.read(512 * 128):
            if any(sector[at : at + 64].rstrip(b"\0") in _OLD_MACROS for at in range(0, len(sector), 128)):
                return True
    return False
