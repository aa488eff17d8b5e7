"""Providers: the list, and the page that is the same for every board."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tillit.web.actions.cooperation import end_cooperation
from tillit.web.actions.refusal import HeldBackError
from tillit.web.forms.cooperation import EndForm
from tillit.web.queries import provider as queries
from tillit.web.queries.case import can_open
from tillit.web.queries.cooperation import can_end, ended
from tillit.web.queries.deviation import PROCESS, deviations_of
from tillit.web.queries.permit import checks_of
from tillit.web.queries.provider_event import events_of
from tillit.web.queries.provider_link import linked_with
from tillit.web.queries.signal import watched
from tillit.web.rules.doors import may_enter
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, behind

if TYPE_CHECKING:
    from tillit.web.models import Provider

PAGE = 100


@require_safe
@behind("providers")
def provider_list(request: ViewerRequest) -> HttpResponse:
    """All providers, or those whose name or number holds a text."""
    text = request.GET.get("text", "").strip()[:100]
    page = Paginator(queries.providers(request.viewer, text), PAGE).get_page(request.GET.get("page"))
    marks = watched((one.number for one in page.object_list), request.viewer)
    return render(request, "provider/list.html", {"page": page, "text": text, "watched": marks})


@require_safe
@behind("providers")
def provider(request: ViewerRequest, number: str) -> HttpResponse:
    """What is known of a provider, without any individual."""
    return _page(request, _found(number))


@require_safe
@behind("provider_events")
def events(request: ViewerRequest, number: str) -> HttpResponse:
    """What has happened around a provider over time, at all boards."""
    found = _found(number)
    context = {"provider": found, "events": events_of(found, request.viewer)}
    return render(request, "provider/events.html", context)


@require_POST
@behind("cooperation")
def end(request: ViewerRequest, number: str) -> HttpResponse:
    """A board ends its cooperation with the provider."""
    found = _found(number)
    boards = list(can_end(found, request.viewer))
    if not boards:
        raise Http404
    form = EndForm(boards, request.POST)
    if not form.is_valid():
        return _page(request, found, tried=form)
    board = next(one for one in boards if one.slug == form.cleaned_data["board"])
    given = {name: form.cleaned_data[name] for name in ("until", "because")}
    try:
        end_cooperation(found, board, by=request.viewer, now=request.viewer.now, **given)
    except HeldBackError as error:
        form.add_error(None, sentence(error))
        return _page(request, found, tried=form)
    messages.success(request, _("Samarbetet är avslutat. Det syns nu för alla nämnder."))
    return redirect("provider", number)


def _found(number: str) -> "Provider":
    found = queries.provider(number)
    if found is None:
        raise Http404
    return found


def _end_form(request: ViewerRequest, found: "Provider") -> EndForm | None:
    boards = list(can_end(found, request.viewer)) if may_enter(request.viewer, "cooperation") else []
    return EndForm(boards) if boards else None


def _page(request: ViewerRequest, found: "Provider", *, tried: EndForm | None = None) -> HttpResponse:
    months = queries.by_month(found, request.viewer)
    context = {
        "provider": found,
        "signals": watched({found.number}, request.viewer).get(found.number, []),
        "months": months,
        "any": any(month.number != 0 for month in months),
        "most": max([month.number or 0 for month in months] + [1]),
        "boards": queries.use_by_board(found, request.viewer),
        "areas": queries.areas(found, request.viewer.day),
        "permit_checks": checks_of(found),
        "links": linked_with(found, request.viewer.day),
        "relation": queries.relation(found, request.viewer),
        "ended": ended(found, request.viewer),
        "deviations": deviations_of(found, request.viewer),
        "end_form": tried or _end_form(request, found),
        "may_report": PROCESS in can_open(request.viewer) and not found.is_person,
        "matters": queries.matters_of(found, request.viewer),
    }
    return render(request, "provider/provider.html", context, status=422 if tried else 200)
