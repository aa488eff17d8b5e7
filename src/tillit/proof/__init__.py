"""Proves the controls on towns drawn at random: what they find of what is wrong, and what they tell of the honest."""

from tillit.proof.page import page
from tillit.proof.prove import Proof, Tried, prove

__all__ = ["Proof", "Tried", "page", "prove"]
