"""Lets a text leave its zone when nothing in it leads to a person, or a named person has cleared each place that might.

Every way out calls `may_leave`: a step with a field that leaves its zone, a letter that is dispatched, a fact about
a provider that other boards will read.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError
from tillit.web.models import Clearance, Matter
from tillit.web.queries.personal_data import held_in
from tillit.web.rules.personal_data import Hit, hits
from tillit.web.rules.viewer import Viewer


@dataclass(frozen=True)
class Open:
    """A hit that nobody has cleared yet: in which text, and what stands there, for the one who wrote it."""

    text: str
    hit: Hit
    quoted: str


class PersonalDataError(HeldBackError):
    """A text that is leaving its zone holds something that may lead to a person. `open` is never written to a log."""

    def __init__(self, open: list[Open], *, where: str) -> None:
        super().__init__(
            "Texten lämnar ärendet, och något i den kan leda till en person",
            where=where,
            fix="ta bort det, eller skriv för varje ställe varför det får stå kvar",
        )
        self.open = open
        self.details = dict(Counter(one.hit.kind for one in open))


def may_leave(
    matter: Matter, texts: Mapping[str, str], *, by: Viewer, now: datetime, clears: Mapping[str, str] | None = None
) -> None:
    """Stops texts that may lead to a person until each place is cleared, in the transaction of what takes them out.

    Takes: each text under the name of its field or document; the key of a hit -> why it may stand, from the screen.
    Changes: a clearance for each hit that is cleared now, and a line of the log that says how many of which kind.
    Raises: PersonalDataError with the places that are left.
    """
    known, day = held_in(matter), local_date(now)
    found = [(name, text, hit) for name, text in texts.items() for hit in hits(text, on=day, known=known)]
    if not found:
        return
    keys = [hit.key for _, _, hit in found]
    cleared = set(Clearance.objects.filter(matter=matter, key__in=keys).values_list("key", flat=True))
    left, now_cleared = [], []
    for name, text, hit in found:
        reason = (clears or {}).get(hit.key, "").strip()[:300]
        if hit.key in cleared:
            continue
        if not reason or "\0" in reason:
            left.append(Open(name, hit, hit.quoted(text)))
            continue
        now_cleared.append(
            Clearance(matter=matter, text=name, kind=hit.kind, key=hit.key, reason=reason, by=by.user, at=now)
        )
    if left:
        raise PersonalDataError(left, where=matter.number)
    if now_cleared:
        Clearance.objects.bulk_create(now_cleared)
        kinds = dict(Counter(one.kind for one in now_cleared))
        log.write("change", "clear personal data", by=by.user, at=now, matter=matter, details=kinds)
