"""What is held about a person: asked for, decided thing by thing, and given as a file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tillit.web.actions.refusal import HeldBackError
from tillit.web.actions.subject_request import (
    HELD_BACK,
    open_subject_request,
    read_subject_request,
    settle_subject_request,
)
from tillit.web.forms.subject_request import SubjectRequestForm
from tillit.web.queries.subject_request import subject_boards, subject_requests
from tillit.web.rules.content import codes
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, as_file, behind

PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@behind("subject_requests")
def requests(request: ViewerRequest) -> HttpResponse:
    """The questions, and the form for one more."""
    form = SubjectRequestForm(subject_boards(request.viewer), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            made = open_subject_request(given.pop("number"), by=request.viewer, now=request.viewer.now, **given)
        except HeldBackError as error:
            form.add_error(None, sentence(error))
        else:
            return redirect("subject_request", made.pk)
    context = {"form": form, "found": subject_requests(request.viewer)[:PAGE]}
    return render(request, "subject_request/list.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@behind("subject_requests")
def one(request: ViewerRequest, pk: int) -> HttpResponse:
    """One question: what was found, and the decision, which gives the file."""
    found = read_subject_request(pk, by=request.viewer, now=request.viewer.now)
    answers = {
        item["key"]: (request.POST.get(f"answer-{index}", ""), request.POST.get(f"why-{index}", ""))
        for index, item in enumerate(found.items)
    }
    if request.method == "POST":
        try:
            file = settle_subject_request(found, answers, by=request.viewer, now=request.viewer.now)
        except HeldBackError as error:
            messages.error(request, sentence(error))
        else:
            return as_file(f"registerutdrag-{found.pk}.json", file)
    items = [(item, *answers[item["key"]]) for item in found.items]
    context = {"one": found, "items": items, "grounds": codes(HELD_BACK)}
    return render(request, "subject_request/one.html", context, status=422 if request.method == "POST" else 200)
