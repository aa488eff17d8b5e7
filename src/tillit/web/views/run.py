"""Runs of the controls: asked for, followed while they go on, and what they brought."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tillit.errors import RefusedError
from tillit.web.actions.refusal import NotForYouError, NotYourStepError
from tillit.web.actions.run import start_run
from tillit.web.queries.access import own_boards
from tillit.web.queries.delivery import runs
from tillit.web.queries.run import explained_in, gone_in, new_in, reopened_in
from tillit.web.queries.signal import watched
from tillit.web.rules.doors import roles_of
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, behind, wants_part

MOST = 50
LONG = ("result",)
"""A column that only the page of a finding needs."""


@require_safe
@behind("deliveries")
def run(request: ViewerRequest, pk: int) -> HttpResponse:
    """How far a run has come, and what changed since the one before."""
    found = runs(request.viewer).filter(pk=pk).select_related("board", "by").first()
    if found is None:
        raise Http404
    if wants_part(request):
        return render(request, "run/run.html#progress", {"run": found})
    parts = {"new": new_in, "reopened": reopened_in, "gone": gone_in, "explained": explained_in}
    brought = {name: list(part(found, request.viewer).defer(*LONG)[:MOST]) for name, part in parts.items()}
    marks = watched((one.provider_number for shown in brought.values() for one in shown), request.viewer)
    return render(request, "run/run.html", {"run": found, "most": MOST, "watched": marks, **brought})


@require_POST
@behind("run")
def start(request: ViewerRequest) -> HttpResponse:
    """Puts a run in line."""
    boards = own_boards(request.viewer, roles_of("run"))
    board = boards.filter(slug=request.POST.get("board", "")).first()
    if board is None:
        raise Http404
    try:
        started = start_run(board=board, by=request.viewer, now=request.viewer.now)
    except (NotForYouError, NotYourStepError):
        raise
    except RefusedError as error:
        messages.warning(request, sentence(error))
        return redirect("delivery_list")
    return redirect("run", started.pk)
