"""How many of the notes that were written at once are there, each once. `python -m benchmarks.web.kept`."""

import django

django.setup()

from tillit.web.models import Note
from tillit.web.rules.scope import within_all


def main() -> None:
    """Says the number."""
    with within_all():
        print(Note.objects.filter(text__startswith="not ").values("text").distinct().count())


if __name__ == "__main__":
    main()
