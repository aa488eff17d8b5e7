"""Writes what the town knows as files, each in the manner of the system it would come from."""
