"""The months of a claim, and the money that comes back: forms on the page of the case."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tillit.errors import RefusedError
from tillit.web.actions.recovery import MonthGiven, record_repayment, set_months
from tillit.web.actions.refusal import NotForYouError, NotYourStepError, SomeoneWasFasterError
from tillit.web.forms.recovery import RepaymentForm, month_forms
from tillit.web.queries.recovery import ClaimShown, claim_shown
from tillit.web.views.errors import sentence
from tillit.web.views.matter import found
from tillit.web.views.request import ViewerRequest, behind

if TYPE_CHECKING:
    from tillit.web.models import Matter


@require_http_methods(["GET", "HEAD", "POST"])
@behind("cases")
def months(request: ViewerRequest, number: str) -> HttpResponse:
    """The months, a row each; what they come to is counted when they are saved."""
    matter, shown = _claim(request, number)
    hours = shown.claim.basis == "hours"
    known = [
        MonthGiven(
            one.given.month,
            one.given.paid_on,
            one.given.paid_minutes if hours else one.given.paid_ore,
            one.given.right_minutes if hours else one.given.right_ore,
        )
        for one in shown.months
    ]
    sent: Any = request.POST if request.method == "POST" else None
    rows = month_forms(sent, hours=hours, known=known)
    why = ""
    if sent is not None and not [row for row in rows if not row.is_valid()]:
        given = [one for one in (row.given() for row in rows) if one]
        try:
            version = int(sent.get("version") or -1)
            set_months(matter, given, by=request.viewer, now=request.viewer.now, version=version)
        except (NotForYouError, NotYourStepError, SomeoneWasFasterError):
            raise
        except RefusedError as error:
            why = sentence(error)
        else:
            messages.success(request, _("Beloppet är uträknat."))
            return redirect("case", number)
    context = {"matter": matter, "shown": shown, "rows": rows, "hours": hours, "why": why}
    return render(request, "recovery/months.html", context, status=422 if sent is not None else 200)


@require_POST
@behind("cases")
def repayment(request: ViewerRequest, number: str) -> HttpResponse:
    """Money that has come back."""
    matter, _shown = _claim(request, number)
    form = RepaymentForm(request.POST, prefix="repayment")
    if form.is_valid():
        try:
            record_repayment(matter, by=request.viewer, now=request.viewer.now, **form.cleaned_data)
        except (NotForYouError, NotYourStepError):
            raise
        except RefusedError as error:
            messages.error(request, sentence(error))
        else:
            messages.success(request, _("Betalningen är registrerad."))
    else:
        messages.error(request, _("Ange dag och belopp."))
    return redirect("case", number)


def _claim(request: ViewerRequest, number: str) -> tuple["Matter", ClaimShown]:
    matter = found(request, number)
    shown = claim_shown(matter, request.viewer) if matter.process == "recovery" else None
    if shown is None:
        raise Http404
    return matter, shown
