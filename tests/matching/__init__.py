"""Invoices held against what was ordered, agreed and done."""
