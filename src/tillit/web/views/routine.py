"""The start page on welfare crime."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.web.queries.routine import start_page
from tillit.web.views.request import ViewerRequest, behind


@require_safe
@behind("routines")
def routines(request: ViewerRequest) -> HttpResponse:
    """Routines, forms, contacts and news; with a text those that hold it."""
    text = request.GET.get("text", "").strip()[:100]
    return render(request, "routine/routines.html", {"text": text, "found": start_page(request.viewer.day, text)})
