"""Identifiers: each number that a file carries, held as it came with a verdict on it, and never shown."""

from tillit.identifiers.number import Number, Scheme, Verdict
from tillit.identifiers.organisation import (
    OrganisationKind,
    OrganisationNumber,
    parse_organisation,
    parse_vat,
)
from tillit.identifiers.person import PersonKind, PersonNumber, parse_person

__all__ = [
    "Number",
    "OrganisationKind",
    "OrganisationNumber",
    "PersonKind",
    "PersonNumber",
    "Scheme",
    "Verdict",
    "parse_organisation",
    "parse_person",
    "parse_vat",
]
