"""The systems that send for a provider: connected and ended by its own people, or ordered of the administrator."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tillit.web.actions.provider_system import Connected, connect_system, disconnect_system, order_system
from tillit.web.actions.refusal import HeldBackError
from tillit.web.forms.provider_system import OwnSystemForm
from tillit.web.queries.provider import names
from tillit.web.queries.provider_system import administers, own_systems
from tillit.web.views.errors import sentence
from tillit.web.views.portal import now_of
from tillit.web.views.portal_account import accounts_page, ordered_form
from tillit.web.views.request import OutsideRequest, ViewerRequest, behind, for_outsiders


@require_http_methods(["GET", "HEAD", "POST"])
@for_outsiders
def systems(request: OutsideRequest) -> HttpResponse:
    """The systems that may send now, and a new one; its token is shown in the answer, this once."""
    own = {one.pk: one for one in administers(request.outsider)}
    if not own:
        raise Http404
    called = names({one.provider_number for one in own.values()})
    shown = {pk: f"{called.get(one.provider_number) or one.called}, {one.board.name}" for pk, one in own.items()}
    if request.method != "POST":
        return _page(request, OwnSystemForm(providers=shown))
    form = OwnSystemForm(request.POST, providers=shown)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    try:
        done = connect_system(
            own[given["portal"]], called=given["called"], until=given["until"], by=request.outsider, now=now_of(request)
        )
    except HeldBackError as error:
        form.add_error(None, sentence(error))
        return _page(request, form, status=422)
    return _page(request, OwnSystemForm(providers=shown), done=done)


@require_POST
@for_outsiders
def end(request: OutsideRequest, pk: int) -> HttpResponse:
    """Ends a system."""
    disconnect_system(pk, by=request.outsider, now=now_of(request))
    messages.success(request, _("Systemet kommer inte längre in."))
    return redirect("portal_systems")


@require_POST
@behind("give_role")
def give(request: ViewerRequest) -> HttpResponse:
    """Connects a system on the order of a manager; its token is shown in the answer, this once."""
    form = ordered_form(request, request.POST)
    if not form.is_valid():
        return accounts_page(request, system_form=form, status=422)
    given = form.cleaned_data
    try:
        done = order_system(
            given["board"],
            form.number(),
            called=given["called"],
            until=given["until"],
            ordered_by=given["ordered_by"],
            by=request.viewer,
            now=request.viewer.now,
        )
    except HeldBackError as error:
        form.add_error(None, sentence(error))
        return accounts_page(request, system_form=form, status=422)
    return accounts_page(request, done=done)


def _page(
    request: OutsideRequest, form: OwnSystemForm, *, done: Connected | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "systems": own_systems(request.outsider), "done": done}
    return render(request, "portal/systems.html", context, status=status)
