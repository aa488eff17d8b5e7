"""Whether support is given at another unit: asked with a purpose, answered with a unit's name alone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tillit.web.actions.other_units import ask_other_units
from tillit.web.actions.refusal import HeldBackError
from tillit.web.queries.other_units import may_ask_other_units
from tillit.web.views.errors import sentence
from tillit.web.views.matter import found
from tillit.web.views.request import ViewerRequest


@require_http_methods(["GET", "HEAD", "POST"])
def other_units(request: ViewerRequest, number: str) -> HttpResponse:
    """The question, and its answer."""
    matter = found(request, number)
    if not may_ask_other_units(matter, request.viewer):
        raise Http404
    units, purpose, status = None, request.POST.get("purpose", "")[:200], 200
    if request.method == "POST":
        try:
            units = ask_other_units(matter, purpose=purpose, by=request.viewer, now=request.viewer.now)
        except HeldBackError as error:
            messages.error(request, sentence(error))
            status = 422
    context = {"matter": matter, "units": units, "purpose": purpose}
    return render(request, "matter/other_units.html", context, status=status)
