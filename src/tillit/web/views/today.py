"""My work today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.web.views.request import ViewerRequest


@require_safe
def today(request: ViewerRequest) -> HttpResponse:
    """What is due, what is late, and what others have to do first."""
    return render(request, "today/today.html", {})
