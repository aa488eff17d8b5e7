"""Time reports for those who work here: the month's list, and the page of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.web.actions.read import read_list
from tillit.web.queries.provider import names
from tillit.web.queries.time_report import PROCESS, by_state, listed, months, through
from tillit.web.rules.content import catalogue
from tillit.web.views.matter import matter_page
from tillit.web.views.pages import Counted
from tillit.web.views.request import ViewerRequest, behind

PAGE = 100


@require_safe
@behind("time_reports")
def report_list(request: ViewerRequest) -> HttpResponse:
    """The reports of a month: where each stands, and how many went through without handwork."""
    offered = months(request.viewer.day)
    asked = request.GET.get("month", "")
    month = next((one for one in offered if f"{one:%Y-%m}" == asked), offered[0])
    states = catalogue().processes[PROCESS].states
    state = request.GET.get("state", "")
    state = state if state in states else ""
    page = Counted(listed(request.viewer, month=month, state=state), PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    read_list("time_reports", by=request.viewer, now=request.viewer.now, shown=len(rows))
    counts = by_state(request.viewer, month)
    context = {
        "page": page,
        "rows": rows,
        "month": month,
        "months": offered,
        "state": state,
        "states": [(name, one, counts[name]) for name, one in states.items() if name in counts],
        "through": through(request.viewer, month),
        "names": names({one.provider_number for one in rows}),
    }
    return render(request, "time_report/list.html", context)


@require_safe
@behind("time_reports")
def report(request: ViewerRequest, number: str) -> HttpResponse:
    """The page of a report."""
    return matter_page(request, number, wanted="time_report")
