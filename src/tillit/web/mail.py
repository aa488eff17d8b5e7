"""What comes back by mail, for the one who runs the installation. `python -m tillit.web.mail read FILE...`."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import django

from tillit.errors import TillitError


def main(arguments: Sequence[str]) -> int:
    """read FILE...: says of each how many of our messages it tells were not delivered."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.web.settings")
    try:
        django.setup()
        from tillit.web.actions.bounce import read_mail

        for name in arguments[1:]:
            found = read_mail(Path(name).read_bytes(), now=datetime.now(UTC))
            print(f"{name}: {found} not delivered; another recipient gets each, where there is one")
    except TillitError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
