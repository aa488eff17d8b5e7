"""Reads delivered files: recognises them by their content, checks every line, and stores what can be understood."""

from tillit.readers.read import read_file
from tillit.readers.recognise import NearMiss, Recognition, recognise
from tillit.readers.unreadable import Unreadable

__all__ = ["NearMiss", "Recognition", "Unreadable", "read_file", "recognise"]
