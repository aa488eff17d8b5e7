"""Requests for the log: asked by auditors, answered by the data protection officer, taken out as a file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tillit.web.actions.log_request import answer_log_request, ask_for_log, take_out_log
from tillit.web.actions.refusal import HeldBackError
from tillit.web.forms.log_request import LogRequestForm
from tillit.web.queries.access import people_at_work
from tillit.web.queries.log_request import log_requests
from tillit.web.rules.doors import may_enter
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, behind

PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@behind("log_requests")
def requests(request: ViewerRequest) -> HttpResponse:
    """What is asked for, and the form for who may ask."""
    may_ask = may_enter(request.viewer, "log_ask")
    form = LogRequestForm(people_at_work(request.viewer), request.POST or None) if may_ask else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                ask_for_log(by=request.viewer, now=request.viewer.now, **form.cleaned_data)
            except HeldBackError as error:
                form.add_error(None, sentence(error))
            else:
                messages.success(request, _("Din begäran väntar på dataskyddsombudet."))
                return redirect("log_requests")
    found = log_requests(request.viewer)[:PAGE]
    context = {"form": form, "found": found, "may_answer": may_enter(request.viewer, "log_export")}
    return render(request, "log_request/list.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@behind("log_export")
def answer(request: ViewerRequest, pk: int) -> HttpResponse:
    """The officer's answer."""
    found, said = log_requests(request.viewer).filter(pk=pk).first(), request.POST.get("answer")
    if found is None or said not in {"grant", "decline"}:
        raise Http404
    reason = request.POST.get("reason", "")[:300]
    try:
        answer_log_request(found, granted=said == "grant", reason=reason, by=request.viewer, now=request.viewer.now)
    except HeldBackError as error:
        messages.error(request, sentence(error))
    return redirect("log_requests")


@require_POST
@behind("log_ask")
def file(request: ViewerRequest, pk: int) -> HttpResponse:
    """The lines, as a file that is proved without Tillit."""
    found = log_requests(request.viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    lines = take_out_log(found, by=request.viewer, now=request.viewer.now)
    answer = HttpResponse("".join(lines), content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="tillit-logg-{found.pk}-{request.viewer.day}.jsonl"'
    return answer
