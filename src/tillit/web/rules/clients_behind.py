"""Whether a provider has so few clients of a board that what is told of it could point one of them out (M179, IS4)."""

from dataclasses import dataclass
from datetime import date

from tillit.web.models import Run


@dataclass(frozen=True)
class Behind:
    """How many clients of a board stand behind a provider, as of the day of a run. None where no delivery says."""

    number: int | None
    on: date | None

    def are_few(self, fewest: int) -> bool | None:
        """Whether they are fewer than the city lets a provider be told of with; None where it is not known."""
        return None if self.number is None else self.number < fewest


def clients_behind(board: int, provider_number: str) -> Behind:
    """What the last run over the board's deliveries counted.

    A provider that no decision and no time report names is not known, which is not the same as no client: then the
    one who reports has to say.
    """
    runs = Run.objects.filter(board=board, finished_at__isnull=False, error="", summary__has_key="clients_behind")
    last = runs.order_by("-finished_at", "-pk").first()
    number = last.summary["clients_behind"].get(provider_number) if last and provider_number else None
    return Behind(number, last.day if last and number is not None else None)
