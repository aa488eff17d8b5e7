"""Who reaches the portal and for what: listed and given by the access administrator, ended as every role is."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tillit.web.actions.portal_account import open_portal
from tillit.web.actions.provider_system import Connected
from tillit.web.actions.refusal import HeldBackError
from tillit.web.forms.portal_account import PortalAccountForm
from tillit.web.forms.provider_system import OrderedSystemForm
from tillit.web.queries.access import ADMINISTRATOR, own_boards, people_at_work
from tillit.web.queries.portal_account import portal_accounts
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, behind

PAGE = 100


@require_safe
@behind("give_role")
def accounts(request: ViewerRequest) -> HttpResponse:
    """The accounts of the portal."""
    return accounts_page(request)


@require_POST
@behind("give_role")
def give(request: ViewerRequest) -> HttpResponse:
    """Opens the portal to someone."""
    form = _form(request, request.POST)
    if not form.is_valid():
        return accounts_page(request, form=form, status=422)
    given = form.cleaned_data
    try:
        open_portal(
            given["username"],
            given["name"],
            form.bond(),
            board=given["board"],
            until=given["until"],
            ordered_by=given["ordered_by"],
            by=request.viewer,
            now=request.viewer.now,
        )
    except HeldBackError as error:
        form.add_error(None, sentence(error))
        return accounts_page(request, form=form, status=422)
    messages.success(request, _("Kontot når portalen."))
    return redirect("access_portal")


def _form(request: ViewerRequest, sent: object = None) -> PortalAccountForm:
    boards = own_boards(request.viewer, {ADMINISTRATOR})
    return PortalAccountForm(boards, people_at_work(request.viewer).filter(external=False), sent)


def ordered_form(request: ViewerRequest, sent: object = None) -> OrderedSystemForm:
    """The form of a provider's system, with the boards that the viewer administers."""
    boards = own_boards(request.viewer, {ADMINISTRATOR})
    return OrderedSystemForm(boards, people_at_work(request.viewer).filter(external=False), sent)


def accounts_page(
    request: ViewerRequest,
    *,
    form: PortalAccountForm | None = None,
    system_form: OrderedSystemForm | None = None,
    done: Connected | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that was sent as it was sent, or the token of a system that was connected just now."""
    past = request.GET.get("past") == "ja"
    page = Paginator(portal_accounts(request.viewer, past=past), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form or _form(request),
        "system_form": system_form or ordered_form(request),
        "done": done,
        "past": past,
    }
    return render(request, "portal_account/list.html", context, status=status)
