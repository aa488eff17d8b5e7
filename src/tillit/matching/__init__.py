"""Matching: an invoice held against order, contract, price and what was done, line by line. Knows no data."""

from tillit.matching.match import match
from tillit.matching.parts import Bill, Deal, Line, Matched, Order, Price, Reason, Terms, Tried

__all__ = ["Bill", "Deal", "Line", "Matched", "Order", "Price", "Reason", "Terms", "Tried", "match"]
