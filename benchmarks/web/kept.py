"""What is left of all that was written at once."""

from benchmarks.web.users import TEXT
from tillit.web.models import Note
from tillit.web.queries.log import faults
from tillit.web.rules.scope import within_all


def main() -> dict[str, int]:
    """How many different notes are there, and at how many places the chain of the log does not hold."""
    with within_all():  # outside a scope the second wall shows no line of a board
        notes = Note.objects.filter(text__startswith=TEXT).values("text").distinct().count()
        return {"notes": notes, "faults": len(faults())}
