"""Files in one archive, with a list of their hashes that anyone can check:  sha256sum -c SHA256SUMS."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

HASHES = "SHA256SUMS"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of files, by name. The same files give the same bytes, whenever it is done: no clock is in it.

    >>> packed({"b.txt": b"2", "a.txt": b"1"}) == packed({"a.txt": b"1", "b.txt": b"2"})
    True
    """
    names = sorted(files)
    hashes = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in names)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in [*names, HASHES]:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # else it would be told which system made it
            # Not made smaller: another version of the library would make other bytes of it.
            archive.writestr(entry, files.get(name, hashes.encode()), zipfile.ZIP_STORED)
    return made.getvalue()


def member(archive: bytes, name: str) -> bytes:
    """A file in such an archive; empty where it is not there."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.read(name) if name in opened.namelist() else b""


def entry_name(number: int, name: str) -> str:
    """What a piece of evidence is called in an archive: its number first, and nothing that a file system refuses.

    >>> entry_name(3, "Schema: mars/2026.pdf")
    'handlingar/03-Schema_ mars_2026.pdf'
    """
    plain = "".join("_" if sign in '<>:"/\\|?*' or not sign.isprintable() else sign for sign in name).strip(". ")
    return f"handlingar/{number:02}-{plain[-120:] or 'utan namn'}"
