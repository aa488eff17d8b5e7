"""Cases: the list, the page, and opening one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.errors import RefusedError
from tillit.web.actions.clearance import Open, PersonalDataError
from tillit.web.actions.matter import open_case
from tillit.web.actions.refusal import NotForYouError, NotYourStepError
from tillit.web.forms.step import fields_form
from tillit.web.queries.access import own_boards
from tillit.web.queries.case import can_open, listed, my_turn, rows_of
from tillit.web.queries.course import proposed, waits_for
from tillit.web.queries.provider import name_of, names
from tillit.web.queries.signal import watched
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import may_enter
from tillit.web.views.errors import sentence
from tillit.web.views.matter import cleared, matter_page
from tillit.web.views.pages import Counted
from tillit.web.views.request import ViewerRequest, behind

PAGE = 50


@require_safe
@behind("cases")
def case_list(request: ViewerRequest) -> HttpResponse:
    """The cases, what is due first."""
    chosen = {name: request.GET.get(name, "") for name in ("process", "state", "text")}
    found = Counted(listed(request.viewer, **chosen), PAGE, shown=lambda keys: rows_of(keys, request.viewer))
    page = found.get_page(request.GET.get("page"))
    cases = list(page)
    waiting = proposed([one for one in cases if getattr(one, "whole", False)], request.viewer)
    rows = [(one, my_turn(one, request.viewer), waits_for(one)) for one in cases]
    context = {
        "chosen": chosen,
        "page": page,
        "rows": rows,
        "waiting": waiting,
        "names": names({one.provider_number for one in cases}),
        "watched": watched((one.provider_number for one in cases), request.viewer),
        "processes": [one for one in catalogue().processes.values() if one.model == "case"],
        "may_notify": may_enter(request.viewer, "notify"),
        "can_open": [catalogue().processes[name] for name in can_open(request.viewer)],
    }
    return render(request, "case/list.html", context)


@require_safe
@behind("cases")
def case(request: ViewerRequest, number: str) -> HttpResponse:
    """The page of a case."""
    return matter_page(request, number, wanted="case")


@require_http_methods(["GET", "HEAD", "POST"])
@behind("cases")
def open_new(request: ViewerRequest, process: str) -> HttpResponse:
    """Opens a case from nothing."""
    if process not in can_open(request.viewer):
        raise Http404
    content = catalogue().processes[process]
    boards = list(own_boards(request.viewer, {*content.opened_by}))
    sent: Any = request.POST if request.method == "POST" else None
    form = fields_form(content, content.opening.asks, content.opening.may_give, sent)
    if sent is None and "provider" in form.fields:
        form.initial["provider"] = request.GET.get("provider", "")[:20]
        form.initial["provider_name"] = name_of(form.initial["provider"])
    why = ""
    left: list[Open] = []
    if sent is not None and form.is_valid():
        board = next((one for one in boards if one.slug == sent.get("board")), boards[0])
        given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "", [])}
        if "provider_name" in form.fields and not given.get("provider_name"):
            given |= {"provider_name": found} if (found := name_of(given.get("provider", ""))) else {}
        try:
            clears = cleared(request)
            viewer = request.viewer
            opened = open_case(process, by=viewer, now=viewer.now, board=board, given=given, clears=clears)
        except PersonalDataError as error:
            why, left = sentence(error), error.open
        except (NotForYouError, NotYourStepError):
            raise
        except RefusedError as error:
            why = sentence(error)
        else:
            messages.success(request, _("Ärendet är öppnat."))
            return redirect("case", opened.number)
    context = {"process": content, "form": form, "boards": boards, "why": why, "open": left}
    return render(request, "case/open.html", context, status=422 if sent is not None else 200)
