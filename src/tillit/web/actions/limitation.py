"""Reminds in time of the last day to claim money back: those who work with the case, and their managers."""

from datetime import datetime, timedelta

from django.db import transaction

from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.notice import tell
from tillit.web.models import Claim, Notice
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole

BEFORE = ("casework.limitation_remind_days", "casework.limitation_last_days")
"""How many days before the last day one is told: early, so that there is time to hear the party; and late."""

NOT_CLAIMED_IN = ("received", "calculated", "hearing", "answered")
"""Where nothing is decided yet, so that time still runs for every ground."""

UNTIL_COURT = (*NOT_CLAIMED_IN, "decided", "served", "plan", "reminded")
"""Where the claim is kept only by going to court."""


def remind_of_limitation(*, now: datetime) -> int:
    """A notice for each claim whose last day is near, once for each of the two times. Gives how many claims.

    A job calls it, with every board in scope, as often as it likes. A last day that is counted anew is told anew.
    """
    day, count = local_date(now), 0
    near = day + timedelta(days=max(whole(name, day) for name in BEFORE))
    found = Claim.objects.filter(matter__closed_at=None, limitation_on__lte=near).select_related("matter")
    for claim in found.order_by("limitation_on", "pk"):
        court = catalogue().grounds[claim.ground].way == "court"
        if claim.matter.state not in (UNTIL_COURT if court else NOT_CLAIMED_IN) or claim.limitation_on is None:
            continue
        left = (claim.limitation_on - day).days
        # The shortest time that has come: where both have, one notice is enough.
        days = min((whole(name, day) for name in BEFORE if left <= whole(name, day)), default=None)
        what = f"limitation.{claim.limitation_on}.{days}"
        if days is None or Notice.objects.filter(matter=claim.matter_id, what=what).exists():
            continue
        with transaction.atomic():
            told = tell(["assigned", "managers"], claim.matter, what, at=now)
            details = {"days": left, "told": told}
            log.write("change", "remind of limitation", by=None, at=now, matter=claim.matter, details=details)
        count += 1
    return count
