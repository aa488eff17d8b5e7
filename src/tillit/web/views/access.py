"""Who holds which role where: read, reviewed by managers, given and ended by the access administrator."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tillit.web.actions.refusal import HeldBackError, NotYourStepError
from tillit.web.actions.role import end_role, give_role, settle_role
from tillit.web.actions.role_review import answer_role_review
from tillit.web.forms.role import AnswerForm, GiveForm
from tillit.web.queries.access import ADMINISTRATOR, grants, own_boards, people_at_work
from tillit.web.queries.role import is_waiting, roles_to_settle
from tillit.web.queries.role_review import administered, to_remove, to_review
from tillit.web.rules.content import catalogue
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, behind

PAGE = 100


@require_safe
@behind("access")
def access(request: ViewerRequest) -> HttpResponse:
    """Roles within what the viewer answers for."""
    return _page(request)


@require_POST
@behind("give_role")
def give(request: ViewerRequest) -> HttpResponse:
    """The access administrator gives a role that a manager has ordered."""
    form = _give_form(request, request.POST)
    if not form.is_valid():
        return _page(request, tried=form)
    given = dict(form.cleaned_data)
    try:
        made = give_role(given.pop("user"), given.pop("role"), by=request.viewer, now=request.viewer.now, **given)
    except (HeldBackError, NotYourStepError) as error:
        form.add_error(None, sentence(error))
        return _page(request, tried=form)
    messages.success(request, _("Rollen väntar på en andra person.") if is_waiting(made) else _("Rollen är given."))
    return redirect("access")


@require_POST
@behind("give_role")
def end(request: ViewerRequest, pk: int) -> HttpResponse:
    """The access administrator ends a role."""
    grant = administered(request.viewer).filter(pk=pk).first()
    if grant is None:
        raise Http404
    try:
        waits = end_role(grant, by=request.viewer, now=request.viewer.now)
    except HeldBackError as error:
        messages.error(request, sentence(error))
        return redirect("access")
    if waits:
        messages.success(request, _("Rollen avslutas när en andra person har godkänt det."))
    elif grant.origin == "claims":
        messages.warning(
            request, _("Rollen är avslutad här. Ta bort den i kommunens katalog också, annars kommer den tillbaka.")
        )
    else:
        messages.success(request, _("Rollen är avslutad."))
    return redirect("access")


@require_POST
@behind("access")
def settled(request: ViewerRequest, pk: int) -> HttpResponse:
    """A second person agrees to a role that is given or ended, or declines."""
    one, answer = roles_to_settle(request.viewer).filter(pk=pk).first(), request.POST.get("answer")
    if one is None or answer not in {"agree", "decline"}:
        raise Http404
    settle_role(one, agreed=answer == "agree", by=request.viewer, now=request.viewer.now)
    messages.success(request, _("Ditt svar är sparat."))
    return redirect("access")


@require_POST
@behind("access")
def review(request: ViewerRequest, pk: int) -> HttpResponse:
    """A manager says whether a role is kept."""
    one, form = to_review(request.viewer).filter(pk=pk).first(), AnswerForm(request.POST)
    if one is None or not form.is_valid():
        raise Http404
    try:
        answer_role_review(one, by=request.viewer, now=request.viewer.now, **form.cleaned_data)
    except HeldBackError as error:
        messages.error(request, sentence(error))
    return redirect("access")


def _give_form(request: ViewerRequest, sent: object = None) -> GiveForm:
    boards = own_boards(request.viewer, {ADMINISTRATOR})
    return GiveForm(boards, people_at_work(request.viewer), sent)


def _page(request: ViewerRequest, *, tried: GiveForm | None = None) -> HttpResponse:
    viewer = request.viewer
    text, role, past = (request.GET.get(name, "") for name in ("text", "role", "past"))
    found = grants(viewer, text=text.strip()[:100], role=role, past=past == "ja")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    administrator = ADMINISTRATOR in viewer.roles()
    context = {
        "page": page,
        "text": text,
        "role": role,
        "past": past,
        "roles": catalogue().roles,
        "to_review": to_review(viewer),
        "to_settle": roles_to_settle(viewer),
        "to_remove": to_remove(viewer) if administrator else [],
        "give_form": tried or (_give_form(request) if administrator else None),
        "can_end": set(administered(viewer).values_list("pk", flat=True)) if administrator else set(),
    }
    return render(request, "access/access.html", context, status=422 if tried else 200)
