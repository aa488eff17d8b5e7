"""Draws a random sample from what has been paid, and puts it in line to be reviewed; closes it when it has been."""

import csv
import gzip
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction

from django.db import IntegrityError, transaction

from tillit import engine
from tillit.engine import FrameUnit
from tillit.measure.draw import Drawn, draw, draw_by_amount, place, read_twice, shuffled
from tillit.measure.frame import Frame, freeze
from tillit.measure.frame import Unit as Drawable
from tillit.measure.size import allocate
from tillit.units import Period
from tillit.web.actions import log
from tillit.web.actions.job import enqueue
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, one_press
from tillit.web.actions.sample_queue import Known, open_review, put_in_line, totals
from tillit.web.models import Board, Finding, Sample, SampleUnit
from tillit.web.queries.delivery import accepted
from tillit.web.rules.board_store import protected_clients, store_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.decided_unit import decisions, units_of
from tillit.web.rules.doors import roles_of
from tillit.web.rules.fields import WrongValueError
from tillit.web.rules.sample import seed_of
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import Viewer

MOST = 2000
"""So many a person asks for at once: a review takes minutes, and two thousand of them a year."""

LARGE = 30
"""A provider with so many units in the frame is a large one there."""


def draw_sample(
    *, board: Board, frame: str, period: Period, size: int, mixed: int, method: str = "", by: Viewer, now: datetime
) -> Sample:
    """Puts a draw in line.

    Takes: how many to draw, of which each stratum gets a least number; how many that controls found to mix in.
    Raises: NotForYouError, NotYourStepError, WrongValueError, HeldBackError where it was drawn before or nothing has
    been delivered.
    """
    with one_press("draw sample", by=by, now=now):
        if board.pk not in by.boards():
            raise NotForYouError("Det finns ingen sådan nämnd för dig")
        if not by.has(roles_of("draw"), board=board.pk):
            raise NotYourStepError("Din roll drar inga urval", fix="be kontrollfunktionen")
        content = catalogue().frames.get(frame)
        if content is None or method not in {"", "simple", "by_amount"}:
            raise WrongValueError("Välj vad som ska granskas")
        if not 1 <= size <= MOST or not 0 <= mixed <= MOST:
            raise WrongValueError(f"Dra minst 1 och högst {MOST}", fix="ändra antalet")
        if period.last >= by.day:
            raise WrongValueError("Perioden är inte slut", fix="välj en period som har gått")
        if not accepted(board):
            raise HeldBackError("Det finns inget underlag att dra ur", fix="lämna en fil först")
        try:
            with transaction.atomic():
                sample: Sample = Sample.objects.create(
                    board=board, frame=frame, frame_revision=content.revision, first=period.first, last=period.last,
                    method=method or content.method, wanted=size, mixed=mixed, by=by.user, at=now,
                )  # fmt: skip
        except IntegrityError:
            raise HeldBackError(
                "Ett urval är redan draget för perioden", fix="granska det, eller välj en annan period"
            ) from None
        enqueue("sample", now=now, given={"board": board.pk, "sample": sample.pk}, once=f"sample:{sample.pk}")
        log.write("change", "draw sample", by=by.user, at=now, details={"sample": sample.pk, "frame": frame})
        return sample


def carry_out(pk: int, *, board: int, now: datetime) -> None:
    """Freezes the frame, draws, mixes and opens a review of each in the order of the queue; a job.

    Done again it does nothing more. Which units were drawn follows from what was delivered and nothing else.
    """
    with within([board]):
        sample = Sample.objects.select_related("board", "by").get(pk=pk)
        wanted = accepted(sample.board)
        findings = _findings(sample.board)
    if sample.drawn_at:
        return
    store, content = store_of(sample.board), catalogue()
    delivered = [one for one in map(store.find, wanted) if one is not None]
    frame, period = content.frames[sample.frame], Period(sample.first, sample.last)
    units = {one.id: one for one in engine.frame_units(store, content, delivered, frame, period)}
    found = _found_by(units.values(), findings)
    frozen = freeze(Drawable(one.id, one.stratum, one.amount, one.cluster) for one in units.values())
    seed = seed_of(sample.board.slug, sample.frame, f"{sample.first}", f"{sample.last}", frozen.hash)
    drawn = {one.unit.id: one for one in _drawn(frozen, sample, seed)}
    mixed = sorted(found.keys() - drawn.keys(), key=lambda id: place(seed + "/rule", id))[: sample.mixed]
    queue = shuffled({"random": drawn, "rule": mixed}, seed=seed)
    rows = engine.unit_rows(store, content, delivered, frame, [units[id] for id in queue])
    deliveries = [asdict(one) for one in delivered]
    large = {number for number, count in Counter(one.provider for one in units.values()).items() if count >= LARGE}
    known = Known(
        frame, found, large, protected_clients(store, deliveries), decisions(store, deliveries), units_of(sample.board)
    )
    twice = set(read_twice(drawn, seed=seed))
    with within([board]), transaction.atomic():
        sample = Sample.objects.select_for_update().select_related("board", "by").get(pk=pk)
        if sample.drawn_at:
            return
        for number, id in enumerate(queue, 1):
            one, chance = units[id], drawn[id].chance if id in drawn else Fraction(0)
            reviews = [open_review(sample, one, known, rows[id], now) for _ in range(2 if id in twice else 1)]
            put_in_line(sample, one, known, number, chance, reviews)
        sample.seed, sample.frame_hash, sample.frame_file = seed, frozen.hash, gzip.compress(_csv(frozen), mtime=0)
        sample.units, sample.paid_ore = len(frozen.units), sum(unit.amount for unit in frozen.units)
        sample.strata, sample.providers, sample.groups = totals(units.values(), known, drawn)
        sample.drawn_at = now
        sample.save()
        told = {"sample": pk, "frame_hash": frozen.hash, "seed": seed, "drawn": len(drawn), "mixed": len(mixed)}
        log.write("change", "sample is drawn", by=sample.by, at=now, details=told)


def sample_failed(pk: int, code: str, *, board: int) -> None:
    """The draw came to no end: the page says so, and it may be tried again."""
    with within([board]):
        Sample.objects.filter(pk=pk, drawn_at=None).update(error=code)


def close_sample(sample: Sample, *, by: Viewer, now: datetime) -> None:
    """The reviews are done, and the figures are told. What was not answered is counted as what cannot be decided.

    Raises: NotForYouError, NotYourStepError, HeldBackError where it is closed, or less than half is answered.
    """
    with one_press("close sample", by=by, now=now):
        found = Sample.objects.select_for_update().filter(pk=sample.pk, board__in=by.boards()).first()
        if found is None:
            raise NotForYouError("Det finns inget sådant urval för dig")
        if not by.has(roles_of("draw"), board=found.board_id):
            raise NotYourStepError("Din roll avslutar inga urval", fix="be kontrollfunktionen")
        if found.closed_at or not found.drawn_at:
            raise HeldBackError("Urvalet kan inte avslutas nu")
        drawn = SampleUnit.objects.filter(sample=found)
        answered = drawn.filter(matter__closed_at__isnull=False).count()
        if 2 * answered < drawn.count():
            raise HeldBackError("Mindre än hälften är granskat", fix="granska fler först")
        Sample.objects.filter(pk=found.pk).update(closed_at=now, closed_by=by.user)
        log.write("change", "close sample", by=by.user, at=now, details={"sample": found.pk, "answered": answered})


def frame_file(sample: Sample, *, by: Viewer, now: datetime) -> bytes:
    """The frame as CSV, for one who wants to draw again and see that the same come out; with a line in the log."""
    with one_press("sample frame", by=by, now=now):
        kept = Sample.objects.get(pk=sample.pk, board__in=by.boards())
        log.note_read("sample frame", by=by.user, at=now, details={"sample": kept.pk})
        return gzip.decompress(bytes(kept.frame_file))


def unit_file(sample: Sample, *, by: Viewer, now: datetime) -> None:
    """Writes in the log that every unit of a closed sample was taken out, with what was answered."""
    with one_press("sample units", by=by, now=now):
        log.note_read("sample units", by=by.user, at=now, details={"sample": sample.pk})


def _findings(board: Board) -> list[tuple[str, set[tuple[str, int]]]]:
    """Every finding of the controls that still stands: its control and the lines that it rests on."""
    rows = Finding.objects.filter(board=board, origin="rule", gone_at=None).values_list("control", "result")
    return [
        (control, {(row["sha256"], row["line"]) for row in result.get("evidence", [])})
        for control, result in rows.iterator()
    ]


def _found_by(units: Iterable[FrameUnit], findings: Sequence[tuple[str, set[tuple[str, int]]]]) -> dict[str, list[str]]:
    """Unit -> the controls with a finding that rests on one of its rows; units without any are left out."""
    unit_of: dict[tuple[str, int], list[str]] = {}
    for unit in units:
        for line in unit.lines:
            unit_of.setdefault(line, []).append(unit.id)
    found: dict[str, set[str]] = {}
    for control, lines in findings:
        for line in lines:
            for id in unit_of.get(line, ()):
                found.setdefault(id, set()).add(control)
    return {id: sorted(controls) for id, controls in found.items()}


def _drawn(frame: Frame, sample: Sample, seed: str) -> list[Drawn]:
    if sample.method == "by_amount":
        return draw_by_amount(frame, min(sample.wanted, len(frame.units)), seed=seed)
    return draw(frame, allocate(frame, sample.wanted), seed=seed)


def _csv(frozen: Frame) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["unit", "stratum", "amount_ore", "cluster"])
    writer.writerows([unit.id, unit.stratum, unit.amount, unit.cluster] for unit in frozen.units)
    return text.getvalue().encode()
