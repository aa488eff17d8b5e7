"""The portal of those outside: their months, one report, its receipts; handing in and approving."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tillit.errors import RefusedError
from tillit.web.actions.read import read_own
from tillit.web.actions.refusal import NotForYouError
from tillit.web.actions.reported_time import add_assistant
from tillit.web.actions.time_report import hand_in
from tillit.web.forms.portal import ApproveForm, AssistantForm
from tillit.web.queries.portal import (
    BEFORE_HANDING_IN,
    As,
    as_what,
    assistants,
    called,
    own_report,
    own_reports,
    receipts,
    shown_to,
    warnings,
)
from tillit.web.queries.provider import names
from tillit.web.queries.provider_system import administers
from tillit.web.queries.report_file import months_of
from tillit.web.queries.time_report import PROCESS
from tillit.web.rules.content import catalogue
from tillit.web.views.account import YEAR
from tillit.web.views.errors import sentence
from tillit.web.views.request import OutsideRequest, for_outsiders

if TYPE_CHECKING:
    from tillit.web.models import TimeReport

T = TypeVar("T")
MOST = 60


@require_safe
@for_outsiders
def months(request: OutsideRequest) -> HttpResponse:
    """My months: what is to be done first, then the others."""
    found = list(own_reports(request.outsider)[:MOST])
    names_known = {code: name for one in found for code, name in called(one).items()}
    context = {
        "todo": [one for one in found if one.state in BEFORE_HANDING_IN],
        "others": [one for one in found if one.state not in BEFORE_HANDING_IN],
        "names": names({one.provider_number for one in found}) | names_known,
        "by_file": bool(months_of(request.outsider)),
        "by_system": bool(administers(request.outsider)),
    }
    return render(request, "portal/months.html", context)


@require_safe
@for_outsiders
def report(request: OutsideRequest, number: str) -> HttpResponse:
    """One report. An assistant with one part of it alone comes straight to that."""
    found, role = opened(request, number)
    shown = shown_to(found, role)
    if not role.sees_all and len(shown.standing) == 1:
        return redirect("portal_part", number, shown.standing[0].report.pk)
    people = assistants(found) if role.provider else {}
    employer = role.client is not None and found.arrangement == "own_employer"
    context = {
        "report": found,
        "process_state": catalogue().processes[PROCESS].states[found.state],
        "role": role,
        "shown": shown,
        "names": called(found),
        "provider_name": names({found.provider_number}).get(found.provider_number, ""),
        "warnings": warnings(shown) if found.state in BEFORE_HANDING_IN else [],
        "assistant_form": AssistantForm(people=people) if people and found.state in BEFORE_HANDING_IN else None,
        "approve_form": ApproveForm() if role.client and role.client.represents != "client" else None,
        "may_hand_in": (role.provider or employer) and found.state in ("approved", "completion"),
        "waits": found.state in BEFORE_HANDING_IN,
        "receipts": receipts(found),
    }
    return render(request, "portal/report.html", context)


@require_POST
@for_outsiders
def assistant(request: OutsideRequest, number: str) -> HttpResponse:
    """Adds an assistant to the month."""
    found, _role = opened(request, number)
    form = AssistantForm(request.POST, people=assistants(found))
    if form.is_valid():
        told(
            request, lambda: add_assistant(found, form.cleaned_data["worker"], by=request.outsider, now=now_of(request))
        )
    return redirect("portal_report", number)


@require_POST
@for_outsiders
def handed_in(request: OutsideRequest, number: str) -> HttpResponse:
    """Hands the month in, and shows the receipt."""
    found, _role = opened(request, number)
    done = told(request, lambda: hand_in(found, by=request.outsider, now=now_of(request)))
    return redirect("portal_receipt", number, done.pk) if done else redirect("portal_report", number)


@require_safe
@for_outsiders
def receipt(request: OutsideRequest, number: str, pk: int) -> HttpResponse:
    """A receipt: its number, when and by whom, and the hash of what was handed in."""
    found, role = opened(request, number)
    one = next((one for one in receipts(found) if one.pk == pk), None)
    if one is None or not role.sees_all:
        raise Http404
    return render(request, "portal/receipt.html", {"report": found, "receipt": one, "names": called(found)})


@require_POST
@for_outsiders
def easy(request: OutsideRequest) -> HttpResponse:
    """Shorter words, or the usual ones."""
    answer = redirect("portal")
    answer.set_cookie(
        "easy", "1" if request.POST.get("easy") == "1" else "0", max_age=YEAR, samesite="Lax", httponly=True
    )
    return answer


def opened(request: OutsideRequest, number: str) -> tuple["TimeReport", As]:
    """The report of this number and as what it is met, with the read in the log; for everyone else it is not there."""
    found = own_report(number, request.outsider)
    if found is None:
        raise Http404
    read_own(found, by=request.outsider.viewer, now=now_of(request))
    return found, as_what(found, request.outsider)


def told(request: HttpRequest, do: Callable[[], T]) -> T | None:
    """Does it, or tells on the next page why it cannot be done. What is not one's own is not there."""
    try:
        return do()
    except RefusedError as error:
        if isinstance(error, NotForYouError):
            raise
        messages.error(request, sentence(error))
        return None


def now_of(request: OutsideRequest) -> datetime:
    """When the request came."""
    return request.outsider.viewer.now
