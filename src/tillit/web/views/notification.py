"""Notices to other authorities: which duty, the decision aid, and how many there were."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tillit.errors import RefusedError
from tillit.web.actions.notification import answer_aid
from tillit.web.actions.refusal import TurnedAwayError
from tillit.web.forms.notification import AidForm, PeriodForm
from tillit.web.queries.access import own_boards
from tillit.web.queries.course import process_named
from tillit.web.queries.notification import duties, statistics
from tillit.web.rules.doors import may_enter
from tillit.web.views.errors import sentence
from tillit.web.views.matter import found
from tillit.web.views.request import ViewerRequest, behind


@require_safe
@behind("notify")
def choose(request: ViewerRequest) -> HttpResponse:
    """The duties there are, for someone who has seen something."""
    context = {
        "duties": duties(request.viewer),
        "about": _about(request),
        "may_count": may_enter(request.viewer, "notifications"),
    }
    return render(request, "notification/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@behind("notify")
def aid(request: ViewerRequest, duty: str) -> HttpResponse:
    """The questions of one duty, and where they led."""
    chosen = next((one for one in duties(request.viewer) if one.duty == duty), None)
    if chosen is None:
        raise Http404
    about = found(request, _about(request)) if _about(request) else None
    boards = list(own_boards(request.viewer, {*process_named(chosen.process).opened_by}))
    if about is not None:
        boards = [one for one in boards if one.pk == about.board_id]
    if not boards:
        raise Http404
    sent: Any = request.POST if request.method == "POST" else None
    form = AidForm(sent, duty=chosen, boards=[(one.slug, one.name) for one in boards])
    context: dict[str, Any] = {"duty": chosen, "form": form, "about": about}
    if sent is not None and form.is_valid():
        board = next((one for one in boards if one.slug == form.cleaned_data.get("board")), boards[0])
        try:
            said, case = answer_aid(
                duty,
                by=request.viewer,
                now=request.viewer.now,
                board=board,
                replies=form.replies(),
                authority=form.cleaned_data.get("authority", ""),
                about=about,
            )
        except TurnedAwayError:
            raise
        except RefusedError as error:
            context["why"] = sentence(error)
        else:
            if case is not None:
                messages.info(request, said.because)
                return redirect("case", case.number)
            context["said"] = said
            return render(request, "notification/aid.html", context)
    return render(request, "notification/aid.html", context, status=422 if sent is not None else 200)


@require_safe
@behind("notifications")
def counted(request: ViewerRequest) -> HttpResponse:
    """How many were notified, left out and answered, in a period."""
    day = request.viewer.day
    days = {"first": day.replace(month=1, day=1).isoformat(), "last": day.isoformat()}
    form = PeriodForm(request.GET if "first" in request.GET else days)
    figures = None
    if form.is_valid():
        period = form.period()
        figures = statistics(request.viewer, period.first, period.last)
    return render(request, "notification/counted.html", {"form": form, "figures": figures})


def _about(request: ViewerRequest) -> str:
    return request.GET.get("om", "")[:40]
