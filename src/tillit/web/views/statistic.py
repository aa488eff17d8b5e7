"""Statistics: the figures of a period, what each means, the rows behind each, and files to take with one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tillit.units import Period, add_months
from tillit.web.actions.statistic import give_out
from tillit.web.forms.notification import PeriodForm
from tillit.web.queries import statistic as queries
from tillit.web.queries.board_paper import PROCESS, papers
from tillit.web.queries.case import can_open
from tillit.web.queries.completeness import boards_of, coverage
from tillit.web.queries.statistic_words import Words
from tillit.web.rules.deadline import whole
from tillit.web.views.request import ViewerRequest, behind

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
}


@require_safe
@behind("statistics")
def statistics(request: ViewerRequest) -> HttpResponse:
    """Every figure of a period, in short; how complete the reports are; and what waits for data."""
    form, period = _period(request)
    context: dict[str, Any] = {"form": form, "period": period, "waiting": queries.waiting()}
    context |= {"papers": papers(request.viewer), "may_write": PROCESS in can_open(request.viewer)}
    if period:
        found = queries.figures(request.viewer, period)
        context |= {"figures": found, "ledgers": queries.ledgers(found), "words": _words()}
        if boards_of(request.viewer):
            context["coverage"] = coverage(request.viewer, period)
    return render(request, "statistic/statistics.html", context)


@require_safe
@behind("statistics")
def figure(request: ViewerRequest, name: str) -> HttpResponse:
    """One figure: what it means, its tables and charts."""
    form, period, found = _figure(request, name)
    limit = whole("casework.small_cell", request.viewer.day)
    context = {"form": form, "period": period, "figure": found, "words": _words(), "limit": limit}
    return render(request, "statistic/statistic.html", context)


@require_safe
@behind("statistics")
def rows(request: ViewerRequest, name: str) -> HttpResponse:
    """The rows behind a figure, or behind one of its cells."""
    _form, period, found = _figure(request, name)
    cut, key = request.GET.get("tabell", ""), request.GET.get("rad", "")
    if found is None or (cut and cut not in found.statistic.cuts):
        raise Http404
    told = queries.behind(found, request.viewer, cut=cut, key=key)
    context = {
        "figure": found,
        "period": period,
        "cut": cut,
        "what": _words().cell(found.statistic, cut, key) if cut else "",
        "number": found.cells(cut).get(key) if cut else found.total,
        "rows": told[: queries.MOST_ROWS],
    }
    return render(request, "statistic/rows.html", context)


@require_safe
@behind("statistics")
def file(request: ViewerRequest, kind: str) -> HttpResponse:
    """The figures of a period as a file."""
    _form, period = _period(request)
    if kind not in TYPES or period is None:
        raise Http404
    answer = HttpResponse(give_out(kind, period, by=request.viewer, now=request.viewer.now), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="statistik-{period.first}-{period.last}.{kind}"'
    return answer


def _period(request: ViewerRequest) -> tuple[PeriodForm, Period | None]:
    day = request.viewer.day
    year = {"first": add_months(day.replace(day=1), -11).isoformat(), "last": day.isoformat()}
    form = PeriodForm({name: request.GET.get(name) or said for name, said in year.items()})
    return form, form.period() if form.is_valid() else None


def _words() -> Words:
    return Words(english=get_language() == "en")


def _figure(request: ViewerRequest, name: str) -> tuple[PeriodForm, Period | None, queries.Figure | None]:
    form, period = _period(request)
    if name not in {one.statistic for one in queries.shown_to(request.viewer)}:
        raise Http404
    return form, period, queries.figure(name, request.viewer, period) if period else None
