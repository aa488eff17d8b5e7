"""What a whole delivery must be like to be taken."""

from tillit.catalogue import Source
from tillit.store import Delivery, Refusal, Total


def expect(source: Source, delivery: Delivery) -> None:
    """Rejects a delivery that as a whole is not what its source expects.

    Changes: the delivery. Of a rejected one no line counts as stored.
    """
    read, stored, refused = delivery.lines_read, delivery.lines_stored, delivery.lines_refused
    least, share = source.expects.min_rows, source.expects.max_refused_share
    if read and not stored:
        why = "none of its lines could be read"
    elif stored < least:
        why = f"it has {read} lines, and at least {least} are expected" if read else "it has no lines"
    elif read and refused / read > share:
        why = f"{refused} of {read} lines could not be read"
    else:
        return
    delivery.status = "rejected"
    delivery.lines_stored, delivery.lines_refused = 0, read
    delivery.totals = [Total(each.of, each.read, 0, each.read, each.stated) for each in delivery.totals]
    delivery.refusals.insert(0, Refusal(0, f"nothing of the file is stored: {why}", "ask the sender for a right file"))
