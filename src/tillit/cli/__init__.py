"""The command line: tillit read, run, explain, check, test, template, town, serve, audit. One file a command."""

from tillit.cli.main import main

__all__ = ["main"]
