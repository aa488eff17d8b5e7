"""Letters and line ends: each encoding that Swedish files come in, and none guessed or replaced."""

import codecs
from pathlib import Path

import pytest

from tests.readers.delivered import written
from tillit.readers.decode import WrongEncoding, encoding_of, write_utf8

TEXT = "Namn;Ort\nÅsa;Örebro\nPär;Mölndal\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode("cp850"), "cp850"),
        ("Pris €5\n".encode("cp1252"), "cp1252"),
        (b"plain\n", "utf-8"),
    ],
)
def test_the_encoding_is_told_by_its_mark_or_by_its_letters(tmp_path: Path, content: bytes, encoding: str) -> None:
    file = written(tmp_path, content)
    assert encoding_of(file) == encoding
    with file.open(encoding=encoding, newline=None) as text:
        assert text.read() == content.decode("utf-16" if encoding == "utf-16" else encoding)


def test_a_declared_encoding_goes_before_the_guess_but_not_before_utf8(tmp_path: Path) -> None:
    assert encoding_of(written(tmp_path, TEXT.encode("cp437")), declared="cp437") == "cp437"
    assert encoding_of(written(tmp_path, TEXT.encode()), declared="cp437") == "utf-8"


def test_the_last_letter_of_a_long_file_counts_too(tmp_path: Path) -> None:
    long = b"a;b;c\n" * 400_000
    assert encoding_of(written(tmp_path, long + "Åsa\n".encode("cp1252"))) == "cp1252"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            TEXT.encode("utf-16-le"),
            "line 1: the file has empty bytes in it: it is UTF-16 without its mark, or no text: "
            "export it again as UTF-8",
        ),
        (
            TEXT.encode() + "Åke\n".encode("cp1252"),
            "line 4: the file is UTF-8, but not all of it: export it again, all of it as UTF-8",
        ),
        (b"a;b\n\x81\x8d;c\n", "line 1: the file is not all cp1252: export it again as UTF-8"),
        (
            "Åsa".encode("utf-16")[:-1],
            "line 1: the file ends in the middle of a letter: ask the sender for it again",
        ),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(WrongEncoding) as fault:
        encoding_of(written(tmp_path, content))
    assert str(fault.value) == message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_line_end_becomes_a_line_feed(tmp_path: Path, end: str, encoding: str) -> None:
    file = written(tmp_path, end.join(["title", "å;b", "c;d", "", ""]).encode(encoding))
    body = write_utf8(file, encoding, 1, tmp_path / "body", ";")
    assert ((tmp_path / "body").read_text(encoding="utf-8"), body) == ("å;b\nc;d", (2, 2, 0))


def test_a_line_end_that_lies_over_two_chunks_is_one(tmp_path: Path) -> None:
    line = b"a" * ((1 << 20) - 1)
    file = written(tmp_path, b"head\r\n" + line[:-6] + b"\r\nb\r\n")
    assert write_utf8(file, "utf-8", 1, tmp_path / "body", ";").lines == 2
