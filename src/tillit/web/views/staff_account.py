"""The accounts of those who work here: listed, opened and closed by the access administrator."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tillit.web.actions.refusal import HeldBackError, NotYourStepError
from tillit.web.actions.staff_account import Opened, close_account, open_account
from tillit.web.forms.role import OpenAccountForm
from tillit.web.queries.access import ADMINISTRATOR, own_boards, people_at_work
from tillit.web.queries.role import staff
from tillit.web.queries.role_review import administered
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, behind

PAGE = 100


@require_safe
@behind("give_role")
def accounts(request: ViewerRequest) -> HttpResponse:
    """The accounts."""
    return _page(request, _form(request))


@require_POST
@behind("give_role")
def opened(request: ViewerRequest) -> HttpResponse:
    """A new account; its first password, where it has one, is shown on this answer alone."""
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = dict(form.cleaned_data)
    first = [given.pop(name) for name in ("username", "name", "role")]
    try:
        made = open_account(*first, by=request.viewer, now=request.viewer.now, **given)
    except (HeldBackError, NotYourStepError) as error:
        form.add_error(None, sentence(error))
        return _page(request, form, status=422)
    if not made.password:
        messages.success(request, _("Kontot är öppnat."))
        return redirect("access_staff")
    return _page(request, _form(request), made=made)


@require_POST
@behind("give_role")
def closed(request: ViewerRequest, pk: int) -> HttpResponse:
    """Someone has left."""
    user = staff(request.viewer).filter(pk=pk).first()
    if user is None:
        raise Http404
    try:
        close_account(user, by=request.viewer, now=request.viewer.now)
    except (HeldBackError, NotYourStepError) as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Kontot är stängt. Chefen fördelar det som personen hade."))
    return redirect("access_staff")


def _form(request: ViewerRequest, sent: object = None) -> OpenAccountForm:
    boards = own_boards(request.viewer, {ADMINISTRATOR})
    return OpenAccountForm(boards, people_at_work(request.viewer).filter(external=False), sent)


def _page(
    request: ViewerRequest, form: OpenAccountForm, *, made: Opened | None = None, status: int = 200
) -> HttpResponse:
    text = request.GET.get("text", "").strip()[:100]
    page = Paginator(staff(request.viewer, text=text), PAGE).get_page(request.GET.get("page"))
    can_close = set(administered(request.viewer).values_list("user", flat=True))
    context = {"page": page, "form": form, "text": text, "made": made, "can_close": can_close}
    return render(request, "staff_account/list.html", context, status=status)
