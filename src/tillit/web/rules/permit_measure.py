"""The day on which each client was told, by letter, that a provider's permit had ended (9 d § LSS)."""

from collections.abc import Iterable
from datetime import date

from tillit.units import local_date
from tillit.web.models import Case, Dispatch, Document, Matter, StepTaken


def letters_of(matter: Matter) -> dict[str, tuple[int, date | None]]:
    """The letters of a measure, by the client's code: the number of the document, and the day the first one was sent.

    Each step 'letter' has made one document, in the same order.
    """
    steps = StepTaken.objects.filter(matter=matter, step="letter").order_by("at", "pk")
    papers = Document.objects.filter(matter=matter, step="letter").order_by("number")
    sent: dict[int, date] = {}
    for one in Dispatch.objects.filter(matter=matter, document__in=papers).order_by("-sent_at"):
        sent[one.document_id] = local_date(one.sent_at)
    found: dict[str, tuple[int, date | None]] = {}
    for step, paper in zip(steps, papers, strict=False):
        client = str(step.given.get("client", "")).strip()
        before = found.get(client)
        if before is None or before[1] is None:
            found[client] = (paper.number, sent.get(paper.pk))
    return found


def told_by_letter(*, board: int, provider: str, service: str, client: str) -> list[tuple[date, date]]:
    """When a client was told by letter: from when the permit was missing, and the day of the first letter of it.

    A letter that is written and not sent tells nobody anything.
    """
    measures: Iterable[Case] = Case.objects.filter(
        process="permit_measure", board=board, provider_number=provider, fields__service=service
    ).order_by("pk")
    found = []
    for one in measures:
        _number, sent = letters_of(one).get(client, (0, None))
        if sent:
            found.append((date.fromisoformat(one.fields["applies_from"]), sent))
    return found
