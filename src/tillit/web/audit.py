"""The log for the one who runs the installation: its proof, and a copy. `python -m tillit.web.audit verify|export`."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import django

from tillit.errors import TillitError


def main(arguments: Sequence[str]) -> int:
    """verify: every line of the log in the database. export FILE: the copy that `tillit audit verify-file` proves."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.web.settings")
    try:
        django.setup()
        from tillit.web.rules.scope import within_all

        # PostgreSQL shows a board's lines only within its scope; a proof over some of them would find lines missing.
        with within_all():
            return _verify() if arguments[0] == "verify" else _export(Path(arguments[1]))
    except TillitError as error:
        print(error, file=sys.stderr)
        return 1


def _verify() -> int:
    from tillit.web.queries.log import faults, head

    found = faults()
    for fault in found:
        print(f"line {fault.line}: {fault.why}")
    count, hash_ = head()
    if not found:
        print(f"unbroken: {count} lines; write down the head where nobody here can change it:\n{count} {hash_}")
    return 1 if found else 0


def _export(file: Path) -> int:
    from tillit.web.actions.log_review import copy_log

    # Never over an earlier copy, which may be the one that proves something; and for its owner alone.
    file.touch(mode=0o600, exist_ok=False)
    with file.open("w", encoding="utf-8") as copy:
        lines = sum(1 for line in copy_log(now=datetime.now(UTC)) if copy.write(line))
    print(f"{lines} lines in {file}; prove them anywhere with: tillit audit verify-file {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
