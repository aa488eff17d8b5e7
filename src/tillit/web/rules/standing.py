"""When a signal stands: shared, not ended, and its last day not past. Nothing else marks a provider, anywhere."""

from datetime import date

from django.db.models import QuerySet

from tillit.web.models import Signal


def standing(day: date) -> QuerySet[Signal]:
    """The signals that stand on a day.

    Asked of the dates themselves and never of a copy: what is cleared or past its last day marks nothing from that
    moment, whether a job has run or not.
    """
    return Signal.objects.filter(ended_at=None, expires_on__gte=day)


def is_marked(provider_number: str, day: date) -> bool:
    """Whether a provider has increased attention on a day."""
    return bool(provider_number) and standing(day).filter(provider_number=provider_number).exists()
