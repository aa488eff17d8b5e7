"""The form for boards that are not connected: a signed link, no account. It takes what is written and shows nothing."""

from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tillit.errors import RefusedError
from tillit.web.actions.form_link import NoSuchLinkError, link_of, outcome_by_link, report_by_link
from tillit.web.forms.signal import OutcomeForm
from tillit.web.forms.step import fields_form
from tillit.web.rules.content import catalogue
from tillit.web.views.errors import sentence
from tillit.web.views.request import View, now


def by_link(view: View) -> View:
    """A view behind a link: where the link does not hold, the page does not exist."""

    @wraps(view)
    def seen(request: HttpRequest, token: str) -> HttpResponse:
        try:
            link = link_of(token, now=now())
        except NoSuchLinkError:
            raise Http404 from None
        answer = view(request, token, link)
        # The address is a key, and told to no other site. With no-referrer a browser would send the form as from
        # nowhere, which Django refuses.
        answer["Cache-Control"], answer["Referrer-Policy"] = "no-store", "same-origin"
        return answer

    return seen


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def outside(request: HttpRequest, token: str, link: Any) -> HttpResponse:
    """A report, and its receipt number, which is shown this once."""
    process = catalogue().processes["signal"]
    sent: Any = request.POST if request.method == "POST" else None
    form = fields_form(process, process.opening.asks, process.opening.may_give, sent)
    if sent is not None and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "", [])}
        try:
            receipt = report_by_link(link, given=given, now=now())
        except RefusedError as error:
            return _form(request, token, link, form=form, why=sentence(error))
        return render(request, "outside/receipt.html", {"receipt": receipt, "token": token, "board": link.board})
    return _form(request, token, link, form=form)


@login_not_required
@require_POST
@by_link
def outcome(request: HttpRequest, token: str, link: Any) -> HttpResponse:
    """What a report led to."""
    form = OutcomeForm(request.POST, process=catalogue().processes["signal"])
    if not form.is_valid():
        return _form(request, token, link, outcome=form)
    given = {name: form.cleaned_data[name] for name in ("outcome", "outcome_on")}
    try:
        outcome_by_link(link, code=form.cleaned_data["receipt"], given=given, now=now())
    except RefusedError as error:
        return _form(request, token, link, outcome=form, why_outcome=sentence(error))
    return render(request, "outside/thanks.html", {"board": link.board, "told": _("Tack. Samordnaren har fått veta.")})


def _form(request: HttpRequest, token: str, link: Any, **more: Any) -> HttpResponse:
    process = catalogue().processes["signal"]
    tried = bool(more) and request.method == "POST"
    context = {
        "board": link.board,
        "token": token,
        "expires_on": link.expires_on,
        "form": fields_form(process, process.opening.asks, process.opening.may_give),
        "outcome": OutcomeForm(process=process),
        **more,
    }
    return render(request, "outside/form.html", context, status=422 if tried else 200)
