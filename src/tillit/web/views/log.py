"""Who has seen what: the log for its reviewers, and the lines that a manager is asked to look at."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tillit.web.actions.log_review import answer_review, export_log, read_log
from tillit.web.forms.log import LogForm, ReviewForm
from tillit.web.queries.account import by_username
from tillit.web.queries.log import reviews_for
from tillit.web.views.pages import Ahead
from tillit.web.views.request import ViewerRequest, behind

PAGE = 100


@require_safe
@behind("log")
def log(request: ViewerRequest) -> HttpResponse:
    """The lines that were asked for. Nothing is read before something is asked: reading is logged too."""
    form = LogForm(request.GET or None)
    context = {"form": form, "reviews": reviews_for(request.viewer)[:PAGE]}
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        person = by_username(asked["person"]) if asked["person"] else None
        lines = read_log(
            by=request.viewer,
            now=request.viewer.now,
            matter=asked["matter"].strip(),
            person=person,
            period=form.period(),
            kind=asked["kind"],
            purpose=asked["purpose"],
        )
        if asked["person"] and person is None:
            lines = lines.none()
        context["page"] = Ahead(lines, PAGE).get_page(request.GET.get("page"))
    return render(request, "log/log.html", context)


@require_POST
@behind("log")
def review(request: ViewerRequest, pk: int) -> HttpResponse:
    """What a manager says of a line."""
    form = ReviewForm(request.POST)
    found = reviews_for(request.viewer).filter(pk=pk).first()
    if found is None or not form.is_valid():
        raise Http404
    answer_review(found, by=request.viewer, now=request.viewer.now, **form.cleaned_data)
    messages.success(request, _("Tack, svaret är sparat."))
    return redirect("log")


@require_POST
@behind("log_export")
def export(request: ViewerRequest) -> HttpResponse:
    """The whole log as a file that can be proved without Tillit."""
    lines = export_log(by=request.viewer, now=request.viewer.now, purpose=request.POST.get("purpose", ""))
    answer = HttpResponse("".join(lines), content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="tillit-logg-{request.viewer.day}.jsonl"'
    return answer
