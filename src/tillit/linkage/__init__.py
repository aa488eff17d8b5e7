"""Which rows may be of the same company, where numbers are missing: proposals with their reasons, never an answer."""

from tillit.linkage.names import company_key, place_key
from tillit.linkage.parts import Compare, Field, Plan, Proposal
from tillit.linkage.propose import LinkageFailed, NoLinkage, propose

__all__ = ["Compare", "Field", "LinkageFailed", "NoLinkage", "Plan", "Proposal", "company_key", "place_key", "propose"]
