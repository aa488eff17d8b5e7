"""Random samples: drawn, followed while they are reviewed, and what they say when they are closed."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillit.errors import RefusedError
from tillit.web.actions.refusal import NotForYouError, NotYourStepError
from tillit.web.actions.sample import close_sample, draw_sample, frame_file, unit_file
from tillit.web.forms.sample import SampleForm
from tillit.web.queries import sample as queries
from tillit.web.queries.access import own_boards
from tillit.web.queries.provider import names
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import may_enter, roles_of
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, as_file, behind


@require_http_methods(["GET", "HEAD", "POST"])
@behind("samples")
def sample_list(request: ViewerRequest) -> HttpResponse:
    """The samples, and a draw for those who draw."""
    viewer, form, why = request.viewer, None, ""
    if may_enter(viewer, "draw"):
        boards = {board.slug: board for board in own_boards(viewer, roles_of("draw"))}
        first, last = queries.periods(viewer.day)
        proposed = {"first": first, "last": last, "size": 60, "mixed": 20}
        sent: Any = request.POST if request.method == "POST" else None
        form = SampleForm(sent, boards=[(slug, one.name) for slug, one in boards.items()], initial=proposed)
        if sent is not None and form.is_valid():
            given = form.cleaned_data
            try:
                drawn = draw_sample(
                    board=boards[given["board"]], frame=given["frame"], period=form.period(), size=given["size"],
                    mixed=given["mixed"] or 0, by=viewer, now=viewer.now,
                )  # fmt: skip
            except (NotForYouError, NotYourStepError):
                raise
            except RefusedError as error:
                why = sentence(error)
            else:
                messages.success(request, _("Urvalet dras. Granskningarna ligger sedan under Ärenden."))
                return redirect("sample", drawn.pk)
    elif request.method == "POST":
        raise Http404
    context = {"samples": queries.listed(viewer)[:100], "frames": catalogue().frames, "form": form, "why": why}
    return render(request, "sample/list.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@behind("samples")
def sample(request: ViewerRequest, pk: int) -> HttpResponse:
    """How far the review has come; what it says when it is closed."""
    found = _found(request, pk)
    context = {
        "sample": found,
        "frame": catalogue().frames.get(found.frame),
        "strata": queries.strata(found),
        "may_close": queries.may_draw(request.viewer, found.board_id),
        "said": queries.said(found) if found.closed_at else None,
        "names": names(set(found.providers)),
    }
    return render(request, "sample/sample.html", context)


@require_POST
@behind("draw")
def close(request: ViewerRequest, pk: int) -> HttpResponse:
    """The reviews are done."""
    found = _found(request, pk)
    try:
        close_sample(found, by=request.viewer, now=request.viewer.now)
    except (NotForYouError, NotYourStepError):
        raise
    except RefusedError as error:
        messages.warning(request, sentence(error))
    return redirect("sample", found.pk)


@require_safe
@behind("samples")
def file(request: ViewerRequest, pk: int, kind: str) -> HttpResponse:
    """The frame, or every unit with its chance and its answer: by these anyone draws and counts again."""
    found = _found(request, pk)
    if kind == "ram" and found.drawn_at:
        return as_file(f"ram-{found.pk}.csv", frame_file(found, by=request.viewer, now=request.viewer.now))
    if kind == "enheter" and found.closed_at:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerows([queries.COLUMNS, *queries.rows_of(found)])
        unit_file(found, by=request.viewer, now=request.viewer.now)
        return as_file(f"urval-{found.pk}.csv", text.getvalue().encode())
    raise Http404


def _found(request: ViewerRequest, pk: int) -> Any:
    found = queries.sample(pk, request.viewer)
    if found is None:
        raise Http404
    return found
