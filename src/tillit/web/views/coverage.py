"""Coverage: what is done in all cases of a month, what is missing, and who can act."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.web.queries import coverage as queries
from tillit.web.queries.time_report import months
from tillit.web.rules.deadline import whole
from tillit.web.rules.doors import may_enter
from tillit.web.views.request import ViewerRequest, behind


@require_safe
@behind("coverage")
def coverage(request: ViewerRequest) -> HttpResponse:
    """The month that is chosen; the last one that has ended, where none is."""
    ended = months(request.viewer.day)
    offered = [request.viewer.day.replace(day=1), *ended]
    text = request.GET.get("month", "")
    month = next((one for one in offered if f"{one:%Y-%m}" == text), ended[0])
    context = {
        "rows": queries.coverage(request.viewer, month),
        "delays": queries.delays(request.viewer, month),
        "month": month,
        "months": offered,
        "may_see_invoices": may_enter(request.viewer, "invoices"),
        "target": whole("casework.coverage_target", request.viewer.day),
    }
    return render(request, "coverage/coverage.html", context)
