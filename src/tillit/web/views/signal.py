"""Coordination: what is shared between the boards, how far each has come, and whether every report has arrived."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tillit.errors import RefusedError
from tillit.web.actions.form_link import end_link, make_link, token_of
from tillit.web.actions.no_reports import certify
from tillit.web.actions.signal_mail import note_bounce
from tillit.web.forms.signal import CertifyForm, LinkForm
from tillit.web.queries.access import own_boards
from tillit.web.queries.case import can_open
from tillit.web.queries.completeness import certificates, missing
from tillit.web.queries.form_link import not_connected, open_links
from tillit.web.queries.signal import message, open_items, own_stands
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import may_enter
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, behind


@require_safe
@behind("coordination")
def coordination(request: ViewerRequest) -> HttpResponse:
    """The page of a coordinator, and of a commissioning manager for its own board."""
    return _page(request)


@require_POST
@behind("coordination")
def certify_none(request: ViewerRequest) -> HttpResponse:
    """A board certifies that it made no report in a period."""
    boards = list(own_boards(request.viewer, {"R03"}))
    form = CertifyForm(request.POST, boards=boards)
    if not form.is_valid():
        return _page(request, form=form)
    board = next(one for one in boards if one.slug == form.cleaned_data["board"])
    period = {name: form.cleaned_data[name] for name in ("first", "last")}
    try:
        certify(board, by=request.viewer, now=request.viewer.now, **period)
    except RefusedError as error:
        return _page(request, form=form, why=sentence(error))
    messages.success(request, _("Intyget är sparat."))
    return redirect("coordination")


@require_POST
@behind("coordinate")
def bounce(request: ViewerRequest, pk: int) -> HttpResponse:
    """A message came back: another recipient gets it."""
    found = message(pk)
    if found is None:
        raise Http404
    note_bounce(found, by=request.viewer, now=request.viewer.now)
    messages.success(request, _("Antecknat. Nästa mottagare får meddelandet om det finns någon."))
    return redirect("case", found.signal.number)


@require_POST
@behind("coordinate")
def link_make(request: ViewerRequest) -> HttpResponse:
    """A link for a board that is not connected."""
    boards = not_connected()
    form = LinkForm(request.POST, boards=boards)
    if not form.is_valid():
        return _page(request)
    board = next(one for one in boards if one.slug == form.cleaned_data["board"])
    make_link(board, by=request.viewer, now=request.viewer.now)
    messages.success(request, _("Länken är gjord. Skicka den till nämndens funktionsbrevlåda."))
    return redirect("coordination")


@require_POST
@behind("coordinate")
def link_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """A link that leads nowhere from now on."""
    end_link(pk, by=request.viewer, now=request.viewer.now)
    messages.success(request, _("Länken är stängd."))
    return redirect("coordination")


def _page(request: ViewerRequest, *, form: CertifyForm | None = None, why: str = "") -> HttpResponse:
    viewer = request.viewer
    coordinates = may_enter(viewer, "coordinate")
    boards, outside = list(own_boards(viewer, {"R03"})), not_connected() if coordinates else []
    context: dict[str, Any] = {
        "coordinates": coordinates,
        "sharing": catalogue().sharing.held,
        "may_report": "signal" in can_open(viewer),
        "stands": [] if coordinates else own_stands(viewer),
        "items": open_items(viewer),
        "missing": missing(viewer),
        "certificates": certificates(viewer),
        "certify_form": (form or CertifyForm(boards=boards)) if boards else None,
        "why": why,
        "link_form": LinkForm(boards=outside) if outside else None,
        "links": [
            {"link": one, "address": request.build_absolute_uri(reverse("outside", args=[token_of(one)]))}
            for one in (open_links(viewer) if coordinates else [])
        ],
    }
    return render(request, "signal/coordination.html", context, status=422 if form else 200)
