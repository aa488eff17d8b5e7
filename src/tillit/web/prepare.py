"""Makes the database ready, and the made-up city where one is asked for. `python -m tillit.web.prepare`."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from tillit.errors import TillitError


def main() -> int:
    """Migrates; in the made-up city makes it if it is not there, and says who to log in as."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.web.settings")
    try:
        django.setup()
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
        call_command("migrate", verbosity=0)
        _city()
    except TillitError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _city() -> None:
    from tillit.web.city import make_city
    from tillit.web.rules.made_up_city import PASSWORD, is_made_up

    if is_made_up():
        make_city(now=datetime.now(UTC))
        print("Log in as klas (controls), cilla (manages the unit), asta (investigates), or anyone on the first page.")
        print(f"Everyone has the password {PASSWORD}")


if __name__ == "__main__":
    sys.exit(main())
