"""Saving and forgetting filters of the list of findings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tillit.web.actions.saved_filter import forget_filter, save_filter
from tillit.web.views.request import ViewerRequest, behind


@require_POST
@behind("findings")
def save(request: ViewerRequest) -> HttpResponse:
    """Keeps the filter of the list under a name."""
    query = request.POST.get("query", "")
    save_filter(request.POST.get("name", ""), query, by=request.viewer)
    messages.success(request, _("Filtret är sparat."))
    return redirect(f"{reverse('finding_list')}?{query}")


@require_POST
@behind("findings")
def forget(request: ViewerRequest, pk: int) -> HttpResponse:
    """Forgets a filter."""
    forget_filter(pk, by=request.viewer)
    return redirect("finding_list")
