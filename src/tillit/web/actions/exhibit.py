"""Adds evidence to a matter, numbered as it comes; nothing is changed or taken away, only added to or withdrawn."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.db.models import Max

from tillit.catalogue import in_force
from tillit.store import Evidence
from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.delivery import NotTakenError
from tillit.web.actions.refusal import HeldBackError, NotForYouError, one_press
from tillit.web.models import Case, Exhibit, ExhibitFile, ExhibitWithdrawal, Matter, User
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import LONGEST, WrongValueError
from tillit.web.rules.file_content import shown_name, why_not_taken
from tillit.web.rules.viewer import Viewer

LARGEST = 25 * 2**20
"""Bytes of one file of evidence: it lies in the database and is read whole."""

DELIVERED = "delivered"
"""The way of what a finding rests on (content/plans/exhibits.yaml)."""


def add_exhibit(
    matter: Matter,
    *,
    by: Viewer,
    now: datetime,
    title: str,
    origin: str,
    dated_on: date,
    way: str,
    remark: str = "",
    adds_to: Exhibit | None = None,
    name: str = "",
    chunks: Iterable[bytes] = (),
) -> Exhibit:
    """A piece of evidence, with the bytes of its file where there is one.

    Takes: `way` of content/plans/exhibits.yaml, in force today; the name of the file is only shown.
    Changes: the exhibit under the next number, its bytes, a line of the log.
    Raises: NotForYouError, HeldBackError where the matter is closed, WrongValueError, NotTakenError.
    """
    with one_press("add exhibit", by=by, now=now, matter=matter):
        found = readable(Matter, by).filter(pk=matter.pk).select_for_update().first()
        if found is None:
            raise NotForYouError("Det finns inget sådant ärende för dig")
        if found.closed_at:
            raise HeldBackError("Ärendet är avslutat och tar inte emot fler handlingar", where=found.number)
        _can_be_kept(way, [title, origin], remark, dated_on, local_date(now))
        if adds_to is not None and adds_to.matter_id != matter.pk:
            raise NotForYouError("Det finns ingen sådan handling i ärendet")
        content = _content(chunks)
        if not content and not remark.strip():
            raise WrongValueError(
                "En handling är en fil eller en text", fix="lägg till en fil, eller skriv vad den säger"
            )
        exhibit = _next(
            found, by.user, now, title=title, origin=origin, dated_on=dated_on, way=way, remark=remark, adds_to=adds_to,
            name=shown_name(name) if content else "", size=len(content),
            sha256=hashlib.sha256(content or remark.encode()).hexdigest(),
        )  # fmt: skip
        if content:
            ExhibitFile.objects.create(matter=found, exhibit=exhibit, content=content)
        log.write("change", "add exhibit", by=by.user, at=now, matter=found, details=_told(exhibit))
        return exhibit


def withdraw_exhibit(exhibit: Exhibit, *, by: Viewer, now: datetime, reason: str) -> ExhibitWithdrawal:
    """Evidence is no longer relied on. It stays in the list, with the reason.

    Raises: NotForYouError, WrongValueError, HeldBackError where it is withdrawn already.
    """
    matter = Matter.objects.get(pk=exhibit.matter_id)
    with one_press("withdraw exhibit", by=by, now=now, matter=matter):
        if not readable(Matter, by).filter(pk=matter.pk).exists():
            raise NotForYouError("Det finns inget sådant ärende för dig")
        if not reason.strip() or len(reason) > 500 or "\0" in reason:
            raise WrongValueError("Skriv varför handlingen inte längre gäller", fix="skriv högst 500 tecken")
        if ExhibitWithdrawal.objects.filter(exhibit=exhibit).exists():
            raise HeldBackError("Handlingen är redan tillbakadragen", where=matter.number)
        withdrawn: ExhibitWithdrawal = ExhibitWithdrawal.objects.create(
            matter=matter, exhibit=exhibit, reason=reason, by=by.user, at=now
        )
        log.write("change", "withdraw exhibit", by=by.user, at=now, matter=matter, details={"number": exhibit.number})
        return withdrawn


def file_of(matter: Matter, number: int, *, by: Viewer, now: datetime) -> tuple[str, bytes]:
    """The name and bytes of a file of evidence, with the read in the log. It is given as it came, never opened here.

    Raises: NotForYouError, the same for what does not exist and for what is another's.
    """
    with one_press("exhibit file", by=by, now=now, matter=matter):
        mine = readable(Matter, by).filter(pk=matter.pk)
        kept = ExhibitFile.objects.filter(matter__in=mine, exhibit__number=number).select_related("exhibit").first()
        if kept is None:
            raise NotForYouError("Det finns ingen sådan handling för dig")
        log.note_read("exhibit file", by=by.user, at=now, matter=matter, details={"number": number})
        return kept.exhibit.name, bytes(kept.content)


def exhibits_from_findings(case: Case, *, by: User, now: datetime) -> None:
    """What the findings of a case rest on becomes its first evidence: a delivered file each, with the rows in it.

    The rows are copied in: who reads the case reads its evidence, and need not read the findings.

    A part of the opening of the case, which has asked for the permission and writes the log.
    """
    for finding in case.findings.order_by("pk"):
        files: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in finding.result.get("evidence", []):
            files[row["file"], row["sha256"]].append(row)
        for (name, sha256), lines in files.items():
            _next(
                case, by, now, title=finding.title, origin=name, dated_on=local_date(finding.opened_at), way=DELIVERED,
                name=name, sha256=sha256, finding=finding, lines=lines,
            )  # fmt: skip


def exhibits_from_rows(case: Case, title: str, rows: Iterable[Evidence], *, by: User, now: datetime) -> None:
    """Delivered rows as evidence of a case: a file each, with the rows in it.

    A part of the opening of the case, which has asked for the permission and writes the log.
    """
    files: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        files[row.file, row.sha256].append(asdict(row))
    for (name, sha256), lines in files.items():
        _next(
            case, by, now, title=title, origin=name, dated_on=local_date(now), way=DELIVERED, name=name, sha256=sha256,
            lines=lines,
        )  # fmt: skip


def _next(matter: Matter, by: User, now: datetime, **what: Any) -> Exhibit:
    last = Exhibit.objects.filter(matter=matter).aggregate(last=Max("number"))["last"] or 0
    made: Exhibit = Exhibit.objects.create(matter_id=matter.pk, number=last + 1, by=by, at=now, **what)
    return made


def _told(exhibit: Exhibit) -> dict[str, int | str]:
    return {"number": exhibit.number, "bytes": exhibit.size, "sha256": exhibit.sha256}


def _can_be_kept(way: str, lines: list[str], remark: str, dated_on: date, today: date) -> None:
    if way not in in_force(catalogue().ways.items(), today):
        raise WrongValueError("Välj hur handlingen kom hit")
    if not all(0 < len(line.strip()) <= LONGEST["text"] and "\0" not in line for line in lines):
        raise WrongValueError("Skriv vad handlingen är och varifrån den kommer", fix="högst 200 tecken vardera")
    if len(remark) > LONGEST["long_text"] or "\0" in remark:
        raise WrongValueError("Anmärkningen kan inte tas emot", fix=f"skriv högst {LONGEST['long_text']} tecken")
    if dated_on > today:
        raise WrongValueError("Handlingens dag kan inte ligga i framtiden", fix="ändra dagen")


def _content(chunks: Iterable[bytes]) -> bytes:
    with NamedTemporaryFile() as file:
        for chunk in chunks:
            file.write(chunk)
            if file.tell() > LARGEST:
                raise NotTakenError(
                    f"Filen är större än {LARGEST // 2**20} MB", fix="dela den, eller spara den som PDF"
                )
        file.flush()
        why_not = why_not_taken(Path(file.name))
        if why_not:
            raise NotTakenError(why_not, fix="spara det som PDF eller utan makron och lägg till det igen")
        return Path(file.name).read_bytes()
