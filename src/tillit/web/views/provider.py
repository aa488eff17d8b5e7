"""Providers: the list, and the page that is the same for every board."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.web.queries import provider as queries
from tillit.web.queries.provider_link import linked_with
from tillit.web.queries.signal import watched
from tillit.web.views.request import ViewerRequest, behind

PAGE = 100


@require_safe
@behind("providers")
def provider_list(request: ViewerRequest) -> HttpResponse:
    """All providers, or those whose name or number holds a text."""
    text = request.GET.get("text", "").strip()[:100]
    page = Paginator(queries.providers(request.viewer, text), PAGE).get_page(request.GET.get("page"))
    marks = watched((one.number for one in page.object_list), request.viewer)
    return render(request, "provider/list.html", {"page": page, "text": text, "watched": marks})


@require_safe
@behind("providers")
def provider(request: ViewerRequest, number: str) -> HttpResponse:
    """What is known of a provider, without any individual."""
    found = queries.provider(number)
    if found is None:
        raise Http404
    months = queries.by_month(found, request.viewer)
    context = {
        "provider": found,
        "signals": watched({found.number}, request.viewer).get(found.number, []),
        "months": months,
        "any": any(month.number != 0 for month in months),
        "most": max([month.number or 0 for month in months] + [1]),
        "boards": queries.use_by_board(found, request.viewer),
        "areas": queries.areas(found, request.viewer.day),
        "links": linked_with(found, request.viewer.day),
        "relation": queries.relation(found, request.viewer),
        "matters": queries.matters_of(found, request.viewer),
    }
    return render(request, "provider/provider.html", context)
