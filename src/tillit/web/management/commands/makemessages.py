"""Gathers the words of the screens. What is new is left empty: a guess from what is alike is worse than none."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's own, without guesses."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]  # noqa: RUF012
