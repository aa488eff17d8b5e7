"""Makes the database ready, and the made-up city where one is asked for. `python -m tillit.web.prepare`.

How far it has come is told on stderr, what the reader needs afterwards on stdout.
"""

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
        _tell("The database is made ready.")
        _clear_away_half_a_city()
        call_command("migrate", verbosity=0)
        _clean_up()
        _city()
        _learn()
    except KeyboardInterrupt:
        _tell("Stopped. Start again, and it is made from the beginning.")
        return 130
    except TillitError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _clear_away_half_a_city() -> None:
    from tillit.web.city import clear_away_half
    from tillit.web.rules.made_up_city import is_made_up

    if is_made_up():
        clear_away_half()


def _clean_up() -> None:
    from tillit.web.actions.delivery import clean_up

    left = clean_up(now=datetime.now(UTC))
    if left:
        _tell(f"What was left half done is taken away: {left}.")


def _learn() -> None:
    from tillit.web.actions.database import learn

    learn()


def _city() -> None:
    from tillit.web.city import make_city
    from tillit.web.rules.made_up_city import PASSWORD, is_made_up

    if is_made_up():
        make_city(now=datetime.now(UTC), tell=_tell)
        print("Log in as klas (controls), cilla (manages the unit), asta (investigates), or anyone on the first page.")
        print(f"Everyone has the password {PASSWORD}")


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
