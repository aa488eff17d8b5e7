"""Saying that one may be biased (jäv) in a matter."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.errors import RefusedError
from tillit.web.actions.bias import declare
from tillit.web.actions.refusal import TurnedAwayError
from tillit.web.forms.step import fields_form
from tillit.web.rules.content import catalogue
from tillit.web.views.errors import sentence
from tillit.web.views.matter import found
from tillit.web.views.request import ViewerRequest


@require_http_methods(["GET", "HEAD", "POST"])
def bias(request: ViewerRequest, number: str) -> HttpResponse:
    """A notice about oneself: from this moment the matter is shut."""
    matter = found(request, number)
    process = catalogue().processes["bias"]
    sent: Any = request.POST if request.method == "POST" else None
    form = fields_form(process, process.opening.asks, process.opening.may_give, sent)
    if sent is not None and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "", [])}
        try:
            declare(matter, by=request.viewer, now=request.viewer.now, given=given)
        except TurnedAwayError:
            raise
        except RefusedError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Tack. Du är nu spärrad i ärendet och din chef tar över frågan."))
            return redirect("today")
    context = {"matter": matter, "process": process, "form": form}
    return render(request, "matter/bias.html", context, status=422 if sent is not None else 200)
