"""Identifiers: each number that a file carries, held as it came with a verdict on it, and never shown."""

from tillit.identifiers.account import Account, ClearingRange, clearing_ranges, parse_account
from tillit.identifiers.giro import parse_bankgiro, parse_gln, parse_iban, parse_ocr, parse_plusgiro
from tillit.identifiers.number import Number, Scheme, Verdict
from tillit.identifiers.organisation import (
    OrganisationKind,
    OrganisationNumber,
    parse_organisation,
    parse_vat,
)
from tillit.identifiers.person import PersonKind, PersonNumber, parse_person

__all__ = [
    "Account",
    "ClearingRange",
    "Number",
    "OrganisationKind",
    "OrganisationNumber",
    "PersonKind",
    "PersonNumber",
    "Scheme",
    "Verdict",
    "clearing_ranges",
    "parse_account",
    "parse_bankgiro",
    "parse_gln",
    "parse_iban",
    "parse_ocr",
    "parse_organisation",
    "parse_person",
    "parse_plusgiro",
    "parse_vat",
]
