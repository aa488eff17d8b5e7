"""Reads delivered files as columns, and refuses by line what it does not understand."""
