"""Reads delivered files: recognises them by their content, checks every line, and stores what can be understood."""

from tillit.readers.proposal import Guess, Proposal, propose
from tillit.readers.proposal_file import write_proposal
from tillit.readers.read import read_file
from tillit.readers.recognise import NearMiss, Recognition, recognise
from tillit.readers.unreadable import Unreadable

__all__ = [
    "Guess",
    "NearMiss",
    "Proposal",
    "Recognition",
    "Unreadable",
    "propose",
    "read_file",
    "recognise",
    "write_proposal",
]
