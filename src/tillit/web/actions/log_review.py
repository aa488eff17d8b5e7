"""Reviews the log: reading it is itself logged, a sample goes to the managers every month, and a copy can be proved."""

import hashlib
import json
from collections.abc import Container, Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from tillit.units import Period, add_working_days, local_date
from tillit.web.actions import log
from tillit.web.actions.refusal import NotForYouError, NotYourStepError, one_press
from tillit.web.models import Entry, Matter, Review, User
from tillit.web.queries.log import OFFICER, all_lines, lines_for, reviews_for
from tillit.web.rules.audiences import holders, managers
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.viewer import Viewer

REVIEWERS = {"R26", "R02", "R22"}
SEALED = {"whistleblowing", "staff"}


def read_log(
    *,
    by: Viewer,
    now: datetime,
    matter: str = "",
    person: User | None = None,
    period: Period | None = None,
    kind: str = "",
    purpose: str = "",
) -> QuerySet[Entry]:
    """The lines that a reviewer asks for, the newest first, with the asking in the log.

    Raises: NotForYouError for one who reviews nothing.
    """
    with one_press("read log", by=by, now=now, number=matter):
        if not REVIEWERS & by.roles():
            raise NotForYouError("Det finns ingen logg för dig")
        found = lines_for(by)
        if matter:
            found = found.filter(matter=matter)
        if person:
            found = found.filter(by=person)
        if period:
            found = found.filter(at__gte=period.starts_at, at__lt=period.ends_at)
        if kind:
            found = found.filter(kind=kind)
        asked = {"matter": matter, "person": person.pk if person else None, "kind": kind}
        log.note_read("log", by=by.user, at=now, purpose=purpose, details=asked)
        return found


def draw_sample(*, month: Period, seed: str, now: datetime) -> int:
    """Asks managers to look at a share of a month's reads (IS9); the same seed draws the same lines. A job calls it.

    Each drawn line goes to one manager of the matter's unit who is not the reader, or to the head of administration.
    Gives: how many were asked for; none anew where it has been drawn before.
    """
    share = catalogue().parameters["casework.log_sample_share"].on(month.first).value
    assert isinstance(share, Decimal)
    due = add_working_days(local_date(now), whole("casework.log_review_days", local_date(now)))
    with one_press("draw sample", by=None, now=now):
        before = Review.objects.count()
        reads = Entry.objects.filter(kind="read", at__gte=month.starts_at, at__lt=month.ends_at)
        drawn = [
            line for line in reads.exclude(matter="").iterator(chunk_size=5000) if _chance(seed, line.hash) < share
        ]
        matters = {one.number: one for one in Matter.objects.filter(number__in={line.matter for line in drawn})}
        asked = []
        for line in drawn:
            reviewer = _reviewer(matters.get(line.matter), line, now)
            if reviewer:
                asked.append(Review(entry=line, reviewer=reviewer, why="sample", asked_at=now, due_on=due))
        Review.objects.bulk_create(asked, ignore_conflicts=True)
        made = Review.objects.count() - before
        log.write("change", "draw sample", by=None, at=now, details={"lines": len(drawn), "asked": made})
        return made


def answer_review(review: Review, *, by: Viewer, now: datetime, answer: str, remark: str = "") -> None:
    """A manager says of a line that it was needed in the work, that the reader has been asked, or that it was wrong."""
    with one_press("answer review", by=by, now=now):
        mine = reviews_for(by).filter(pk=review.pk)
        if answer not in {"right", "asked", "wrong"} or not mine.exists():
            raise NotForYouError("Det finns inget sådant för dig att gå igenom")
        Review.objects.filter(pk=review.pk, answered_at=None).update(
            answered_at=now, answer=answer, remark=remark[:500]
        )
        log.write("change", "answer review", by=by.user, at=now, details={"line": review.entry_id, "answer": answer})


def export_log(*, by: Viewer, now: datetime, purpose: str) -> Iterator[str]:
    """The whole log as JSON lines that store/chain.py proves without Tillit.

    Lines that the officer may not read (whistleblowing, bias) are sealed: the chain through them is proved, and
    what they say is not given.
    Raises: NotYourStepError for anyone but the data protection officer.
    """
    with one_press("export log", by=by, now=now):
        if OFFICER not in by.roles():
            raise NotYourStepError("Bara dataskyddsombudet tar ut loggen")
        log.write("read", "export log", by=by.user, at=now, purpose=purpose)
    return exported_lines(set(lines_for(by).values_list("count", flat=True)))


def exported_lines(open_to: Container[int]) -> Iterator[str]:
    """Every line, sealed but for those that are open to the one who gets it. The action that gives it out logs it."""
    names = dict(User.objects.values_list("pk", "username"))
    return (_exported(line, line["count"] in open_to, names) for line in all_lines())


def copy_log(*, now: datetime) -> Iterator[str]:
    """The whole log for the one who runs the installation, sealed where it is about whistleblowing or bias.

    Nobody is logged in where it is asked for, so the line in the log names no one.
    """
    with transaction.atomic():
        log.write("read", "copy log", by=None, at=now, purpose="tillit audit export")
    names = dict(User.objects.values_list("pk", "username"))
    return (_exported(line, line["zone"] not in SEALED, names) for line in all_lines())


def _exported(line: dict[str, object], open_to_reader: bool, names: dict[int, str]) -> str:
    if not open_to_reader:
        line = {"count": line["count"], "previous": line["previous"], "hash": line["hash"], "sealed": True}
    elif isinstance(line["by"], int):
        line = line | {"username": names.get(line["by"], "")}
    return json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n"


def _chance(seed: str, hash_: str) -> Decimal:
    drawn = hashlib.sha256(f"{seed}:{hash_}".encode()).digest()
    return Decimal(int.from_bytes(drawn[:8])) / 2**64


def _reviewer(matter: Matter | None, line: Entry, now: datetime) -> User | None:
    if matter is None:
        return None
    for people in (managers(matter, now), holders("R24", matter, now)):
        able = list(
            people.exclude(pk__in=filter(None, [line.by_id]))
            .exclude(blocks__matter=matter, blocks__lifted_at=None)
            .order_by("pk")
        )
        if able:
            return able[int(line.hash[:8], 16) % len(able)]
    return None


def last_month(day: date) -> Period:
    """The month before the one that a day lies in."""
    first = day.replace(day=1)
    return Period.month(*((first.year, first.month - 1) if first.month > 1 else (first.year - 1, 12)))
