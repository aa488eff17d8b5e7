"""The portal's screen of one assistant's month: rows, a week copied, signing, approving, correcting."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tillit.errors import RefusedError
from tillit.web.actions.refusal import NotForYouError
from tillit.web.actions.reported_time import WRITTEN_IN, copy_week, remove_assistant, remove_row, write_row
from tillit.web.actions.time_report import CORRECTED_IN, SIGNED_IN, approve, correct, sign
from tillit.web.forms.portal import ApproveForm, CopyForm, CorrectForm, RowForm
from tillit.web.queries.portal import As, called, own_part, warnings, weeks
from tillit.web.queries.time_report import Part, Shown
from tillit.web.rules.reported_time import WhichHourError
from tillit.web.rules.time_report import last_day
from tillit.web.views.errors import sentence
from tillit.web.views.portal import now_of, opened, told
from tillit.web.views.request import OutsideRequest, for_outsiders

if TYPE_CHECKING:
    from tillit.web.models import TimeReport


@require_http_methods(["GET", "HEAD", "POST"])
@for_outsiders
def part(request: OutsideRequest, number: str, pk: int) -> HttpResponse:
    """The month of one assistant; a time is added to it by the same address."""
    found, role = opened(request, number)
    one = _part(found, pk, role)
    if request.method != "POST":
        return _page(request, found, role, one, RowForm(month=found.month, initial=_next(one)))
    form = RowForm(request.POST, month=found.month)
    if not form.is_valid():
        return _page(request, found, role, one, form, why=_("Fyll i dag, från och till."))
    try:
        made = write_row(one.report, form.written(), also_on=form.also_on(), by=request.outsider, now=now_of(request))
    except NotForYouError:
        raise
    except WhichHourError as error:
        asked = RowForm(request.POST, month=found.month, asks=error.ends)
        return _page(request, found, role, one, asked, why=sentence(error))
    except RefusedError as error:
        return _page(request, found, role, one, form, why=sentence(error))
    messages.success(request, _("Sparat.") if len(made) == 1 else _("Sparat: %(rows)s tider.") % {"rows": len(made)})
    return redirect("portal_part", number, pk)


@require_POST
@for_outsiders
def row_gone(request: OutsideRequest, number: str, pk: int, row: int) -> HttpResponse:
    """Takes a row away."""
    found, role = opened(request, number)
    one = _part(found, pk, role)
    told(request, lambda: remove_row(one.report, row, by=request.outsider, now=now_of(request)))
    return redirect("portal_part", number, pk)


@require_POST
@for_outsiders
def copied(request: OutsideRequest, number: str, pk: int) -> HttpResponse:
    """Copies a week."""
    found, role = opened(request, number)
    one = _part(found, pk, role)
    form = CopyForm(request.POST, weeks=weeks(found.month))
    if form.is_valid():
        of, to = form.cleaned_data["of"], form.other_weeks()
        done = told(request, lambda: copy_week(one.report, of=of, to=to, by=request.outsider, now=now_of(request)))
        if done:
            count, refused = done
            said = ngettext("%(count)s tid är kopierad.", "%(count)s tider är kopierade.", count) % {"count": count}
            messages.success(request, said)
            for why in refused:
                messages.warning(request, _("Inte kopierad: %(why)s. Skriv in den själv.") % {"why": why})
    return redirect("portal_part", number, pk)


@require_POST
@for_outsiders
def signed(request: OutsideRequest, number: str, pk: int) -> HttpResponse:
    """The assistant signs."""
    found, role = opened(request, number)
    one = _part(found, pk, role)
    if told(request, lambda: sign(one.report, by=request.outsider, now=now_of(request), method=_method(request))):
        messages.success(request, _("Underskrivet."))
    return redirect("portal_part", number, pk)


@require_POST
@for_outsiders
def approved(request: OutsideRequest, number: str, pk: int) -> HttpResponse:
    """The client or the representative approves."""
    found, role = opened(request, number)
    one = _part(found, pk, role)
    form = ApproveForm(request.POST)
    unable = form.cleaned_data["unable"] if form.is_valid() else ""
    done = told(
        request,
        lambda: approve(one.report, by=request.outsider, now=now_of(request), unable=unable, method=_method(request)),
    )
    if done:
        messages.success(request, _("Godkänt."))
    return redirect("portal_report", number)


@require_POST
@for_outsiders
def corrected(request: OutsideRequest, number: str, pk: int) -> HttpResponse:
    """A new version, to change."""
    found, role = opened(request, number)
    one = _part(found, pk, role)
    form = CorrectForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    new = told(request, lambda: correct(one.report, by=request.outsider, now=now_of(request), why=why))
    return redirect("portal_part", number, new.pk if new else pk)


@require_POST
@for_outsiders
def removed(request: OutsideRequest, number: str, pk: int) -> HttpResponse:
    """An assistant who did not work this month is taken off it."""
    found, role = opened(request, number)
    one = _part(found, pk, role)
    told(request, lambda: remove_assistant(one.report, by=request.outsider, now=now_of(request)))
    return redirect("portal_report", number)


def _part(report: "TimeReport", pk: int, role: As) -> Part:
    one = own_part(report, pk, role)
    if one is None:
        raise Http404
    return one


def _next(one: Part) -> dict[str, Any]:
    # The day after the last one written, with the same times: most months are like their weeks.
    if not one.rows:
        return {"kind": "active"}
    last = one.rows[-1]
    day = min(last.date + timedelta(days=1), last_day(one.report.matter.month))
    return {"day": day.isoformat(), "start": last.start, "end": last.end.replace("24:00", "00:00"), "kind": last.kind}


def _page(
    request: OutsideRequest, report: "TimeReport", role: As, one: Part, form: RowForm, *, why: str = ""
) -> HttpResponse:
    own = one.report.worker_code in role.workers
    writes = (own or role.provider) and report.state in WRITTEN_IN and one.report.signed_at is None
    shown = Shown(report, [one], [], [])
    by_week = [
        (first, last, [row for row in one.rows if first <= row.date <= last]) for first, last in weeks(report.month)
    ]
    context = {
        "report": report,
        "part": one,
        "own": own,
        "role": role,
        "names": called(report),
        "weeks": [(first, last, rows, sum(row.minutes for row in rows)) for first, last, rows in by_week],
        "form": form if writes else None,
        "why": why,
        "copy_form": CopyForm(weeks=weeks(report.month), fullest=_fullest(by_week)) if writes and one.rows else None,
        "may_sign": own and report.state in SIGNED_IN and one.report.signed_at is None,
        "may_correct": own and report.state in CORRECTED_IN and one.report.signed_at is not None,
        "may_remove": role.provider and writes and one.report.corrects_id is None,
        "correct_form": CorrectForm(),
        "warnings": [warn for warn in warnings(shown) if warn.what != "above"] if writes else [],
    }
    return render(request, "portal/part.html", context, status=422 if why else 200)


def _fullest(by_week: Sequence[tuple[date, date, Sequence[object]]]) -> date:
    """The week with the most rows, by its first day: the one that the others most likely are like."""
    return max(by_week, key=lambda one: len(one[2]))[0]


def _method(request: OutsideRequest) -> str:
    ways = [str(one.get("method", "")) for one in request.session.get("account_authentication_methods", [])]
    return "identity" if "socialaccount" in ways else "password"
