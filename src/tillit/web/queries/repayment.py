"""What became of each payment in a bank's file: recorded with a claim, or left to a person, and why."""

from dataclasses import dataclass

from tillit.web.models import Matter, Upload
from tillit.web.queries.delivery import accepted
from tillit.web.queries.matter import readable
from tillit.web.rules.board_store import store_of
from tillit.web.rules.repayment import Incoming, claims_by_reference, incoming, judge, recorded
from tillit.web.rules.viewer import Viewer

MOST = 500
"""As many payments as a page shows."""


@dataclass(frozen=True)
class PaymentShown:
    """A payment of a file, with the claim where the viewer may read it."""

    payment: Incoming
    why: str
    """Empty where it is recorded."""
    number: str


def payments_shown(upload: Upload, viewer: Viewer) -> list[PaymentShown]:
    """The payments of a delivery that the viewer has been let in to: those that a person has to see to come first."""
    files = {upload.sha256} & set(accepted(upload.board))
    found = incoming(store_of(upload.board), files)
    if not found:
        return []
    known, claims = recorded(one.source for one in found), claims_by_reference(upload.board)
    told: list[tuple[Incoming, str, int | None]] = []
    for one in found:
        if one.source in known:
            told.append((one, "", known[one.source].matter_id))
            continue
        judged = judge(one, claims, viewer.day)
        told.append((one, judged.why or "waits", judged.claim.matter_id if judged.claim else None))
    keys = {pk for _one, _why, pk in told if pk is not None}
    numbers = dict(readable(Matter, viewer).filter(pk__in=keys).values_list("pk", "number"))
    shown = [PaymentShown(one, why, numbers.get(pk, "") if pk else "") for one, why, pk in told]
    return sorted(shown, key=lambda one: (not one.why, one.payment.line))[:MOST]
