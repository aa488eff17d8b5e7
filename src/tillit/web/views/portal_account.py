"""Who reaches the portal and for what: listed and given by the access administrator, ended as every role is."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tillit.web.actions.portal_account import open_portal
from tillit.web.actions.refusal import HeldBackError
from tillit.web.forms.portal_account import PortalAccountForm
from tillit.web.queries.access import ADMINISTRATOR, own_boards, people_at_work
from tillit.web.queries.portal_account import portal_accounts
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, behind

PAGE = 100


@require_safe
@behind("give_role")
def accounts(request: ViewerRequest) -> HttpResponse:
    """The accounts of the portal."""
    return _page(request, _form(request))


@require_POST
@behind("give_role")
def give(request: ViewerRequest) -> HttpResponse:
    """Opens the portal to someone."""
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
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
        return _page(request, form, status=422)
    messages.success(request, _("Kontot når portalen."))
    return redirect("access_portal")


def _form(request: ViewerRequest, sent: object = None) -> PortalAccountForm:
    boards = own_boards(request.viewer, {ADMINISTRATOR})
    return PortalAccountForm(boards, people_at_work(request.viewer).filter(external=False), sent)


def _page(request: ViewerRequest, form: PortalAccountForm, *, status: int = 200) -> HttpResponse:
    past = request.GET.get("past") == "ja"
    page = Paginator(portal_accounts(request.viewer, past=past), PAGE).get_page(request.GET.get("page"))
    return render(request, "portal_account/list.html", {"page": page, "form": form, "past": past}, status=status)
