"""The made-up town: files as real systems export them, with nothing wrong, or with wrongs that are known."""

from tillit.demo.make import DAY, SIZES, FolderNotEmpty, Truth, UnknownSize, build_town, make_town
from tillit.demo.numbers import organisation_number
from tillit.demo.town import RefusedLine, Wrong

__all__ = [
    "DAY",
    "SIZES",
    "FolderNotEmpty",
    "RefusedLine",
    "Truth",
    "UnknownSize",
    "Wrong",
    "build_town",
    "make_town",
    "organisation_number",
]
