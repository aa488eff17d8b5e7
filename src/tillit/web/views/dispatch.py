"""Registers that a document has been sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tillit.errors import RefusedError
from tillit.web.actions.clearance import PersonalDataError
from tillit.web.actions.dispatch import register_dispatch
from tillit.web.actions.document import read_document
from tillit.web.actions.refusal import NotForYouError, SomeoneWasFasterError
from tillit.web.views.document import dispatch_form, page
from tillit.web.views.errors import sentence
from tillit.web.views.matter import cleared
from tillit.web.views.request import ViewerRequest


@require_POST
def dispatch(request: ViewerRequest, number: str, document: int) -> HttpResponse:
    """Registers a dispatch, or says on the page of the document why it cannot be."""
    paper = read_document(number, document, by=request.viewer, now=request.viewer.now)
    form = dispatch_form(paper, request.POST)
    if not form.is_valid():
        return page(request, paper, sending=form)
    try:
        clears = cleared(request)
        register_dispatch(paper.row, by=request.viewer, now=request.viewer.now, clears=clears, **form.cleaned_data)
    except (NotForYouError, SomeoneWasFasterError):
        raise
    except PersonalDataError as error:
        return page(request, paper, sending=form, why=sentence(error), open=error.open)
    except RefusedError as error:
        return page(request, paper, sending=form, why=sentence(error))
    messages.success(request, _("Utskicket är registrerat."))
    return redirect("document", number, document)
