"""Receives a file, kept as it came, byte for byte; reads it into the board's own store; gives out what was refused."""

import csv
import hashlib
import io
import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import transaction
from django.db.models import Q

from tillit import readers
from tillit.errors import RefusedError
from tillit.store import Delivery, remove
from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.decision import bring_decisions
from tillit.web.actions.job import enqueue
from tillit.web.actions.provider_import import bring_providers
from tillit.web.actions.refusal import NotForYouError, NotYourStepError, one_press
from tillit.web.models import Board, Upload
from tillit.web.queries.delivery import UNDERSTOOD, deliveries
from tillit.web.rules.board_store import arrived, store_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import roles_of
from tillit.web.rules.file_content import largest, shown_name, why_not_taken
from tillit.web.rules.invoice import changes_invoices
from tillit.web.rules.payment_batch import changes_payments
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import Viewer

SHOWN = 200
"""Refused lines and remarks that are kept beside the upload; all of them are in the store."""


_AT_IT = timedelta(hours=1)


_log = logging.getLogger("tillit.web")


class DeliveredBeforeError(RefusedError):
    """The same bytes have been delivered to the same board before."""


class NotTakenError(RefusedError):
    """A file that is empty, too large, a program, or holds one."""


def receive(name: str, chunks: Iterable[bytes], *, board: Board, by: Viewer, now: datetime) -> Upload:
    """Keeps a delivered file among the board's protected ones, and puts it in line to be read.

    The name is only shown: where the file lies follows from what it holds. Where it could not be put in line, because
    the database went away, the file is left there for clean_up to take: it is nowhere said to have been received.
    Raises: NotYourStepError, NotTakenError, DeliveredBeforeError.
    """
    with one_press("receive file", by=by, now=now):
        if not by.has(roles_of("deliver"), board=board.pk):
            raise NotYourStepError("Din roll lämnar inte filer till den här nämnden")
        with _told_when_full(board):
            draft, sha256, size = _written(chunks, arrived(board))
        try:
            _can_be_taken(draft, size)
            standing = Q(delivery={}) | Q(delivery__status__in=UNDERSTOOD)
            same = Upload.objects.filter(standing, board=board, sha256=sha256, error="", withdrawn_at=None)
            before = same.order_by("at").first()
            if before is not None:
                raise DeliveredBeforeError(
                    "Precis samma fil är redan lämnad", where=before.name, fix="kontrollera att det är rätt fil"
                )
            place = arrived(board) / sha256
            place.mkdir(exist_ok=True)
            shown = shown_name(name)
            draft.replace(place / _file_name(shown))
        finally:
            draft.unlink(missing_ok=True)
        upload: Upload = Upload.objects.create(board=board, name=shown, sha256=sha256, size=size, by=by.user, at=now)
        enqueue("import", now=now, given={"board": board.pk, "upload": upload.pk}, once=f"import:{upload.pk}")
        log.write("change", "receive file", by=by.user, at=now, details={"delivery": upload.pk, "bytes": size})
        return upload


def read_upload(upload: int, *, board: int, now: datetime, tell: Callable[[int], None]) -> None:
    """Reads a received file; a job. Done again it gives the same: what has been read is not read again.

    Takes: what is told how far it has come, in per cent.
    Changes: the board's store, how the upload was understood, what all boards know of providers, the log.
    """
    with within([board]):
        found = Upload.objects.select_related("board").get(pk=upload)
    place = arrived(found.board) / found.sha256
    if not found.delivery:
        # No transaction and no scope is held while it is read, which may take minutes.
        file, store = place / _file_name(found.name), store_of(found.board)
        delivery = readers.read_file(file, store, catalogue(), progress=lambda share: tell(int(share * 100)))
        with within([board]), transaction.atomic():
            Upload.objects.filter(pk=upload).update(delivery=_beginning(delivery), read_at=now, error="")
            details = {"delivery": upload, "lines": delivery.lines_stored, "refused": delivery.lines_refused}
            bring_providers(store, found.sha256, board=found.board, day=local_date(now))
            bring_decisions(store, found.sha256, board=found.board, now=now)
            if changes_invoices(store, found.sha256, found.board):
                enqueue("invoices", now=now, given={"board": board, "upload": upload}, once=f"invoices:{upload}")
            if changes_payments(store, found.sha256, found.board):
                enqueue("payments", now=now, given={"board": board}, once=f"payments:{upload}")
            if store.parquet("bank_entry", [found.sha256]):
                enqueue("repayments", now=now, given={"board": board, "upload": upload}, once=f"repayments:{upload}")
            log.write("change", "read file", by=None, at=now, details=details)
    shutil.rmtree(place, ignore_errors=True)  # the store has kept its bytes


def clean_up(*, now: datetime) -> int:
    """Takes away what was left half done by a worker or a request that was killed. Gives how many things.

    Called before the web and the worker start. Nothing younger than an hour: another worker may be at it.
    """
    taken = 0
    for board in Board.objects.order_by("pk"):
        store = store_of(board)
        taken += store.clear_half_made(before=now - _AT_IT)
        with within([board.pk]):
            waits = set(Upload.objects.filter(board=board, delivery={}, error="").values_list("sha256", flat=True))
        for left in arrived(board).iterdir():
            if left.name not in waits and left.stat().st_mtime < (now - _AT_IT).timestamp():
                remove(left)
                taken += 1
    return taken


def reading_failed(upload: int, code: str, *, board: int) -> None:
    """The file could not even be tried: the page says so, and it may be given again."""
    with within([board]):
        Upload.objects.filter(pk=upload, delivery={}).update(error=code)


def refused_lines(upload: int, *, by: Viewer, now: datetime) -> Iterator[str]:
    """Every refused line as CSV: its number, what is wrong and what to do; never what it says.

    Raises: NotForYouError, the same for what does not exist and for another board's.
    """
    with one_press("refused lines", by=by, now=now):
        found = deliveries(by).filter(pk=upload).first()
        if found is None:
            raise NotForYouError("Det finns ingen sådan leverans för dig")
        log.note_read("refused lines", by=by.user, at=now, details={"delivery": upload})
        delivery = store_of(found.board).find(found.sha256)
    return _as_csv(delivery)


def _as_csv(delivery: Delivery | None) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    rows = [(one.line, one.what, one.fix) for one in delivery.refusals] if delivery else []
    for row in [("Rad", "Vad som inte stämmer", "Vad man kan göra"), *rows]:
        writer.writerow(_plain(cell) for cell in row)
    # The mark says to a spreadsheet that it is UTF-8.
    yield "\ufeff" + text.getvalue()


def _plain(cell: object) -> object:
    # A cell that begins so is a formula to a spreadsheet.
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _beginning(delivery: Delivery) -> dict[str, object]:
    told = asdict(delivery)
    return told | {"refusals": told["refusals"][:SHOWN], "remarks": told["remarks"][:SHOWN]}


@contextmanager
def _told_when_full(board: Board) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as fault:
        _log.error("a file could not be kept at %s: %s", board.slug, getattr(fault, "strerror", None) or fault)
        raise NotTakenError(
            "Filen fick inte plats på servern, och inget av den är sparat",
            fix="säg till den som sköter systemet, och lämna den igen när det är rättat",
        ) from None


def _written(chunks: Iterable[bytes], folder: Path) -> tuple[Path, str, int]:
    digest = hashlib.sha256()
    # Written beside and moved: a full disk or a killed worker leaves no half file under a whole file's name.
    with NamedTemporaryFile(dir=folder, prefix="half-", delete=False) as half:
        try:
            for chunk in chunks:
                digest.update(chunk)
                half.write(chunk)
                if half.tell() > largest():
                    raise NotTakenError(
                        f"Filen är större än {largest() // 2**20} MB",
                        fix="lämna den i delar, till exempel en månad i taget",
                    )
            half.flush()
        except BaseException:
            Path(half.name).unlink(missing_ok=True)
            raise
        return Path(half.name), digest.hexdigest(), half.tell()


def _can_be_taken(path: Path, size: int) -> None:
    if not size:
        raise NotTakenError("Filen är tom", fix="kontrollera att du valde rätt fil")
    why_not = why_not_taken(path)
    if why_not:
        raise NotTakenError(why_not, fix="spara den som xlsx eller csv och lämna den igen")


def _file_name(shown: str) -> str:
    # The readers tell of a file by its name on disk, which a file system holds to 255 bytes.
    return shown.lstrip(".").encode()[-200:].decode(errors="ignore") or "utan namn"
