"""Proves the controls on towns drawn at random: what they find of what is wrong, and how often they are wrong themselves."""

from tillit.proof.page import page
from tillit.proof.prove import Proof, Tried, prove

__all__ = ["Proof", "Tried", "page", "prove"]
