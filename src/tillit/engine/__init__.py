"""Runs controls over the stored rows and gives findings."""
