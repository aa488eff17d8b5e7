"""Who holds which role where."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.web.queries.access import grants
from tillit.web.rules.content import catalogue
from tillit.web.views.request import ViewerRequest, behind

PAGE = 100


@require_safe
@behind("access")
def access(request: ViewerRequest) -> HttpResponse:
    """Roles within what the viewer answers for; to be read. They are given where the municipality gives them."""
    text, role, past = (request.GET.get(name, "") for name in ("text", "role", "past"))
    found = grants(request.viewer, text=text.strip()[:100], role=role, past=past == "ja")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "text": text, "role": role, "past": past, "roles": catalogue().roles}
    return render(request, "access/access.html", context)
