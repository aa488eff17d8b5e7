"""Payment files as pages show them: each payment that may be read, what came of it, and what is in no file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tillit.catalogue import Code
from tillit.web.models import Matter, PaymentBatch, PaymentOrder, TimeReport
from tillit.web.queries.matter import readable, visible
from tillit.web.rules.content import codes
from tillit.web.rules.payment_batch import CAME_BACK, OUTCOMES
from tillit.web.rules.viewer import Viewer

KINDS = ("bank", "ledger")


@dataclass(frozen=True)
class OrderShown:
    """A payment, and what came of it in words. `number` is the report's, for one who may read it."""

    order: PaymentOrder
    outcome: Code
    number: str

    @property
    def differs(self) -> bool:
        """Whether a person has to look."""
        return self.order.verdict not in ("waiting", "paid") and self.order.ended_at is None


@dataclass(frozen=True)
class BatchShown:
    """A payment file as its page shows it. `hidden` counts payments of reports that the viewer may not read."""

    batch: PaymentBatch
    orders: Sequence[OrderShown]
    hidden: int
    unordered: Code | None
    may_fetch: Sequence[str]
    """The files that the viewer may have now."""

    @property
    def paid_ore(self) -> int:
        """What the bank has booked, of what the viewer may read."""
        return sum(one.order.told_ore or 0 for one in self.orders if one.order.verdict == "paid")

    @property
    def differing(self) -> list[OrderShown]:
        """The payments that a person has to look at."""
        return [one for one in self.orders if one.differs]

    @property
    def came_back(self) -> bool:
        """Whether something can be taken back."""
        return any(one.order.verdict in CAME_BACK for one in self.differing)


def batch_shown(matter: Matter, viewer: Viewer) -> BatchShown:
    """The file of a matter that the viewer has been let in to."""
    batch = PaymentBatch.objects.defer("bank_file", "ledger_file").select_related("made_by", "attested_by")
    found, words = batch.get(pk=matter.pk), codes(OUTCOMES)
    orders = list(PaymentOrder.objects.filter(matter=matter.pk).select_related("settlement__matter"))
    may = set(
        readable(TimeReport, viewer)
        .filter(pk__in=[one.settlement.matter_id for one in orders])
        .values_list("pk", flat=True)
    )
    shown = [
        OrderShown(one, words[one.verdict], one.settlement.matter.number)
        for one in orders
        if one.settlement.matter_id in may
    ]
    return BatchShown(
        found,
        shown,
        len(orders) - len(shown),
        words["unordered"] if found.unordered else None,
        [kind for kind in KINDS if may_fetch(found, viewer, kind=kind, hidden=len(orders) - len(shown))],
    )


def may_fetch(batch: PaymentBatch, viewer: Viewer, *, kind: str, hidden: int) -> bool:
    """Whether the viewer may have the files: attested, one who pays, and nothing in them that may not be read.

    The one to the bank is given out only until it is with the bank: handed over once more it could be paid once more.
    """
    stands = batch.attested_at is not None and batch.state != "withdrawn" and (kind != "bank" or batch.sent_at is None)
    return stands and not hidden and viewer.has({"R06"}, board=batch.board_id)


def batches_of(viewer: Viewer, month: date) -> QuerySet[PaymentBatch]:
    """The payment files of a month, the newest first."""
    found = visible(PaymentBatch, viewer).defer("bank_file", "ledger_file")
    return found.filter(month=month).select_related("made_by").order_by("-pk")
