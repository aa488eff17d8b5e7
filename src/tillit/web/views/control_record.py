"""Controls as figures, for those who lead the work."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.web.queries import control_record as queries
from tillit.web.queries.routine import governing
from tillit.web.rules.deadline import whole
from tillit.web.views.request import ViewerRequest, behind


@require_safe
@behind("control_figures")
def figures(request: ViewerRequest) -> HttpResponse:
    """Why controls were made and how often all was right; what went without handwork; what is open."""
    viewer = request.viewer
    matching = queries.matching(viewer)
    rows, touched = sum(one.rows for one in matching), sum(one.touched for one in matching)
    mandatory, made = queries.mandatory(viewer)
    limit = whole("casework.small_cell", viewer.day)
    context = {
        "mandatory": mandatory if min(mandatory, made - mandatory) >= limit or mandatory in (0, made) else None,
        "governing": governing("control_record", viewer.day),
        "persons": queries.by_reason(viewer, persons=True),
        "others": queries.by_reason(viewer, persons=False),
        "since": queries.since(viewer),
        "limit": limit,
        "matching": matching,
        "all": queries.Matching("", rows, touched),
        "target": whole("casework.untouched_percent", viewer.day),
        "saved": (rows - touched) * whole("casework.minutes_a_row", viewer.day),
        "open": queries.open_work(viewer),
    }
    return render(request, "control_record/figures.html", context)
