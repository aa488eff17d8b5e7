"""The first start of an installation that is no made-up city. `python -m tillit.web.begin WAY BOARD PART=NAME...`."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import django
from django.core.management import call_command

from tillit.errors import TillitError


def main(arguments: Sequence[str]) -> int:
    """Makes the database ready, the board and its first people, and says how each logs in, this once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.web.settings")
    way, board_name, *people = arguments
    try:
        django.setup()
        call_command("migrate", verbosity=0)
        from tillit.web.actions.begin import begin

        names = dict(one.partition("=")[::2] for one in people)
        passwords = begin(way, names=names, board_name=board_name, now=datetime.now(UTC))
    except TillitError as error:
        print(error, file=sys.stderr)
        return 1
    print("Hand each their own, in person; they are shown this once, and each chooses a new one under Konto:")
    for account, password in passwords.items():
        print(f"  {account}  {password}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
