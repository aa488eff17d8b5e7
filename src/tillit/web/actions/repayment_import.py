"""Reads a bank's file into repayments: those that name one claim that waits for money. All else is left to a person."""

from datetime import datetime

from django.db import transaction

from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.models import Matter, Repayment, Upload
from tillit.web.queries.delivery import accepted
from tillit.web.rules.board_store import store_of
from tillit.web.rules.repayment import claims_by_reference, incoming, judge, recorded
from tillit.web.rules.scope import within


def bring_repayments(upload: int, *, board: int, now: datetime) -> int:
    """Records the payments of a delivered file; a job, put in line when the file has been read. Gives how many.

    All of the file or nothing; done again, or with the same payments in another file, it gives the same. What it
    leaves is listed on the page of the delivery (queries/repayment.py). It takes no step and decides nothing: that a
    claim is paid is said by a person.
    """
    with within([board]):
        file = Upload.objects.select_related("board").get(pk=upload)
        files = {file.sha256} & set(accepted(file.board))
    found, day, made = incoming(store_of(file.board), files), local_date(now), 0
    with within([board]), transaction.atomic():
        claims, known = claims_by_reference(file.board), recorded(one.source for one in found)
        for one in found:
            judged = judge(one, claims, day)
            if one.source in known or judged.why or judged.claim is None:
                continue
            matter = Matter.objects.select_for_update().get(pk=judged.claim.matter_id)
            new = Repayment.objects.create(
                matter=judged.claim.matter, paid_on=one.paid_on, ore=one.ore, kind="payment", source=one.source, at=now
            )
            details = {"ore": one.ore, "repayment": new.pk, "delivery": upload, "line": one.line}
            log.write("change", "read repayment", by=None, at=now, matter=matter, details=details)
            made += 1
    return made
