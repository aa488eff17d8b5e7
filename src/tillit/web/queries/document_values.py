"""What comes from a matter into a document: its fields, facts, people and lists, as they stand when it is made."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from tillit.catalogue import Document, DocumentField, ProcessField
from tillit.units import local_date
from tillit.web.models import Finding, Hearing, Matter, Note, Provider, Reply, StepTaken, TimeReport, User
from tillit.web.queries.board_paper import approvals
from tillit.web.queries.course import rests_on
from tillit.web.queries.permit import asked_in
from tillit.web.rules.checklist import runs_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.note import CHANNELS, CONTACTS
from tillit.web.rules.repayment import reference_of
from tillit.web.rules.settlement import basis_of, days_by_permit
from tillit.web.rules.viewer import Viewer


def values_of(
    document: Document,
    matter: Matter,
    viewer: Viewer,
    *,
    fields: Mapping[str, Any],
    by: User,
    second: User | None,
    now: datetime,
) -> dict[str, Any]:
    """What comes from the matter into a document, as JSON keeps it; what is asked for is left out.

    Takes: the fields of the matter as they will be when the step is taken.
    """
    step = {"by": by.name, "second": second.name if second else None, "day": local_date(now).isoformat()}
    found: dict[str, Any] = {}
    for name, field in document.fields.items():
        match field.source:
            case "field", source:
                known = catalogue().processes[matter.process].fields[source]
                found[name] = said(known, fields.get(source))
            case "matter", source:
                found[name] = _of_matter(matter, source)
            case "step", source:
                found[name] = step[source]
            case "list", source:
                found[name] = list(_LISTS[source](matter, viewer))
    return found


def said(field: ProcessField | DocumentField, value: Any) -> Any:
    """A choice as its code and its words, so that a document says what was chosen even when the words change."""
    if value in (None, "", []):
        return None
    if field.type == "choice":
        return {"code": str(value), "word": field.one_of.get(str(value), str(value))}
    if field.type == "choices":
        return [{"code": str(one), "word": field.one_of.get(str(one), str(one))} for one in value]
    return value


def _of_matter(matter: Matter, name: str) -> Any:
    finding = Finding.objects.filter(pk=matter.pk).first() if name in {"control", "period", "amount"} else None
    match name:
        case "number" | "title" | "provider_number":
            return getattr(matter, name)
        case "payment_reference":
            return reference_of(matter.pk)
        case "board":
            return matter.board.name
        case "unit":
            return matter.unit.name if matter.unit else ""
        case "opened_on":
            return local_date(matter.opened_at).isoformat()
        case "provider_name":
            known = Provider.objects.filter(number=matter.provider_number).first() if matter.provider_number else None
            return known.name if known else ""
        case "control":
            return f"{finding.control}, revision {finding.control_revision}" if finding and finding.control else ""
        case "period":
            return _period(finding) if finding else ""
        case "amount":
            return finding.at_risk_ore if finding and finding.at_risk_ore else None
        case _:
            raise AssertionError(name)


def _period(finding: Finding) -> str:
    days = list(dict.fromkeys(str(one) for one in (finding.period_from, finding.period_to) if one))
    return "–".join(days)


def _findings(matter: Matter, viewer: Viewer) -> list[Finding]:
    own = Finding.objects.filter(pk=matter.pk).first()
    return [own] if own else rests_on(matter, viewer).findings


def _evidence(matter: Matter, viewer: Viewer) -> Iterable[dict[str, str]]:
    tables = catalogue().tables
    rows = [(one.number, row) for one in _findings(matter, viewer) for row in one.result.get("evidence", [])]
    for count, (number, row) in enumerate(rows, start=1):
        table = tables.get(row["table"])
        yield {
            "number": str(count),
            "finding": number,
            "table": table.title if table else row["table"],
            "file": row["file"],
            "line": str(row["line"]),
            "sha256": row["sha256"],
        }


def _finding_rows(matter: Matter, viewer: Viewer) -> Iterable[dict[str, str]]:
    for one in _findings(matter, viewer):
        amount = str(one.at_risk_ore // 100) if one.at_risk_ore else ""
        yield {
            "number": one.number,
            "title": one.title,
            "control": one.control,
            "period": _period(one),
            "amount": amount,
        }


def _contacts(matter: Matter, viewer: Viewer) -> Iterable[dict[str, str]]:
    for one in Note.objects.filter(matter=matter, kind="contact").order_by("happened_at", "pk"):
        day = local_date(one.happened_at).isoformat() if one.happened_at else ""
        who, how = CONTACTS.get(one.contact_with, ""), CHANNELS.get(one.channel, "")
        yield {"day": day, "with_whom": who, "how": how, "text": one.text}


def _history(matter: Matter, viewer: Viewer) -> Iterable[dict[str, str]]:
    steps = catalogue().processes[matter.process].steps
    for one in StepTaken.objects.filter(matter=matter).select_related("by"):
        if one.step in steps:
            by = one.by.name if one.by else ""
            yield {"day": local_date(one.at).isoformat(), "step": steps[one.step].sv, "by": by}


def _hearings(matter: Matter, viewer: Viewer) -> Iterable[dict[str, str]]:
    for one in Hearing.objects.filter(matter=matter, sent_at__isnull=False).order_by("pk"):
        came = f"svar kom {one.answered_on}" if one.answered_on else "inget svar" if one.silent_on else "väntar på svar"
        sent = local_date(one.sent_at).isoformat() if one.sent_at else ""
        yield {"sent_on": sent, "answer_by": str(one.answer_by or ""), "answer": came}


_STANDING = {
    "valid": "Tillstånd finns",
    "grace": "Inom tiden efter att den enskilde fick veta",
    "none": "Inget tillstånd",
    "unclear": "Inte klarlagt",
}


def _permit_days(matter: Matter, viewer: Viewer) -> Iterable[dict[str, str]]:
    report = TimeReport.objects.filter(pk=matter.pk).first()
    if report is None:
        return
    known = days_by_permit(basis_of(report, viewer.now), whole("assistance.permit_grace_days", viewer.day))
    for standing, days in groupby(known, key=lambda one: one[1]):
        span = [day.isoformat() for day, _same in days]
        told = span[0] if len(span) == 1 else f"{span[0]}–{span[-1]}"
        yield {"days": told, "standing": _STANDING[standing]}


def _permits(matter: Matter, viewer: Viewer) -> Iterable[dict[str, str]]:
    services = catalogue().processes["permit_check"].fields["service"].one_of
    for row, one in enumerate(asked_in(matter), start=1):
        number = one.provider_number
        yield {
            "row": str(row),
            "organisation": f"{number[:6]}-{number[6:]}",
            "name": one.fields.get("provider_name", ""),
            "service": services.get(one.fields["service"], one.fields["service"]),
            "unit": one.fields.get("unit", ""),
        }


def _points(matter: Matter, viewer: Viewer) -> Iterable[dict[str, str]]:
    """Every question of the matter's check lists as it was asked, and the last answer to it."""
    words = dict(Reply._meta.get_field("reply").choices or ())
    for filled in runs_of(matter):
        known = catalogue().checklists.get(filled.run.checklist)
        for name, question in filled.run.asked.items():
            one = filled.replies.get(name)
            yield {
                "checklist": known.title if known else filled.run.checklist,
                "question": question["sv"],
                "reply": str(words[one.reply]) if one else "Inte besvarad",
                "source": one.source if one else "",
                "by": one.by.name if one else "",
                "day": local_date(one.at).isoformat() if one else "",
            }


_LISTS: dict[str, Callable[[Matter, Viewer], Iterable[dict[str, str]]]] = {
    "approvals": lambda matter, viewer: approvals(matter),
    "evidence": _evidence,
    "findings": _finding_rows,
    "contacts": _contacts,
    "history": _history,
    "hearings": _hearings,
    "permit_days": _permit_days,
    "permits": _permits,
    "points": _points,
}
