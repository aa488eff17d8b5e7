"""Tillit in the browser: one Django app in floors, urls > views > forms > actions > queries > rules > models."""
