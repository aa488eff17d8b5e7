"""The rules for e-invoices that concern Swedish ones: which of them a document breaks, and where.

Source: Peppol BIS Billing 3.0.19 and the EN 16931 artefacts 1.3.16, in our own words. A rule judges; it never
refuses. Rules for other countries are left out.
"""

from tillit.readers.xml import Element

from . import codes, peppol, present, sums, swedish, taxes, vat
from .rule import RULES, Broken, broken

__all__ = ["RULES", "Broken", "broken_rules", "codes", "peppol", "present", "sums", "swedish", "taxes", "vat"]


def broken_rules(document: Element) -> list[Broken]:
    """Every rule that an invoice or credit note breaks, once for each place, in the order of the rules."""
    return [fault for rule in sorted(RULES) for fault in broken(rule, document)]
