"""The tables of an extract: its evidence, its times and its contacts, as blocks that become a page and a PDF."""

from collections.abc import Mapping

from django.utils.timezone import localtime

from tillit.letters import Block, Heading, Paragraph, Table
from tillit.web.models import Exhibit, Matter, Note
from tillit.web.queries.timeline import timeline
from tillit.web.rules.content import catalogue


def list_of(kept: list[Exhibit]) -> list[Block]:
    """The evidence, piece by piece, with how it came and its hash."""
    ways = catalogue().ways
    rows = tuple(
        (str(one.number), one.title, one.origin, one.dated_on.isoformat(), ways[one.way].sv if one.way in ways else "",
         f"tillbakadragen: {one.withdrawal.reason}" if hasattr(one, "withdrawal") else "", one.sha256)
        for one in kept
    )  # fmt: skip
    heads = ("Nr", "Vad", "Varifrån", "Dag", "Hur det kom", "Anmärkning", "Kontrollsumma")
    return [Heading("Handlingarna", 2), Table(heads, rows)] if rows else []


def times(matter: Matter) -> list[Block]:
    """The timeline (queries/timeline.py)."""
    rows = []
    for one in timeline(matter):
        at = f"{one.starts:%H:%M}–{one.ends:%H:%M}" if one.starts and one.ends else ""
        said = "; ".join(f"{label}: {cell.value}" for label, cell in one.said)
        clash = f"går inte ihop med {', '.join(one.clash)}" if one.clash else ""
        rows.append((one.day.isoformat(), at, one.table, said, one.place, clash))
    return [Table(("Dag", "Tid", "Vad", "Uppgifter", "Fil och rad", "Anmärkning"), tuple(rows))] if rows else []


def contacts(matter: Matter, *, who: Mapping[str, str], how: Mapping[str, str]) -> list[Block]:
    """Every contact of a matter in the order of time.

    Takes: the words for with whom and how (actions/note.py).
    """
    found = Note.objects.filter(matter=matter, kind="contact").select_related("by").order_by("happened_at", "pk")
    rows = tuple(
        (f"{localtime(one.happened_at):%Y-%m-%d %H:%M}", who.get(one.contact_with, ""), how.get(one.channel, ""),
         one.text, one.by.name)
        for one in found
    )  # fmt: skip
    if not rows:
        return [Paragraph("Ingen kontakt är antecknad.")]
    return [Table(("När", "Med", "Hur", "Vad som sades", "Antecknat av"), rows)]
