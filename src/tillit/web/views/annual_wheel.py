"""The annual wheel."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.web.queries.annual_wheel import running_out, wheel
from tillit.web.views.request import ViewerRequest, behind


@require_safe
@behind("routines")
def annual_wheel(request: ViewerRequest) -> HttpResponse:
    """What comes back every year, the present month first."""
    context = {"months": wheel(request.viewer), "running_out": running_out(request.viewer)}
    return render(request, "annual_wheel/annual_wheel.html", context)
