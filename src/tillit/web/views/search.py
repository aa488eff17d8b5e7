"""Search among what the viewer may read; of anything else not even that it is there."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.web.actions.read import read_list
from tillit.web.queries.matter import can_be_asked_for
from tillit.web.queries.search import MOST, search
from tillit.web.views.request import ViewerRequest


@require_safe
def find(request: ViewerRequest) -> HttpResponse:
    """What holds a text. A number that the viewer could be given leads to the request for access (IS1)."""
    viewer, text = request.viewer, request.GET.get("text", "").strip()[:100]
    found = search(viewer, text)
    shown = found[:MOST]
    can_ask = bool(text) and not shown and can_be_asked_for(viewer, text).exists()
    if text:
        read_list("search", by=viewer, now=viewer.now, shown=len(shown))
    context = {"text": text, "shown": shown, "more": len(found) > MOST, "can_ask": can_ask}
    return render(request, "search/search.html", context)
