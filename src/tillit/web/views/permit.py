"""Permits: the register of all boards, one inquiry about many, answers typed or as a list, and notices from IVO."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillit.errors import RefusedError
from tillit.identifiers import parse_organisation
from tillit.web.actions.permit import ask_ivo
from tillit.web.actions.permit_answer import register_list, register_typed
from tillit.web.actions.permit_notice import KINDS, register_notice
from tillit.web.actions.refusal import NotForYouError
from tillit.web.forms.permit import AnswerForm, CameForm, ListForm, NoticeForm
from tillit.web.queries import permit as queries
from tillit.web.queries.access import own_boards
from tillit.web.queries.provider import provider
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import may_enter, roles_of
from tillit.web.rules.permit_list import WrongListError, from_file, from_text
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest, behind


@require_safe
@behind("permits")
def permit_list(request: ViewerRequest) -> HttpResponse:
    """Where every check stands, for all boards."""
    viewer = request.viewer
    chosen = {"state": request.GET.get("state", "")[:20], "text": request.GET.get("text", "").strip()[:100]}
    process = catalogue().processes["permit_check"]
    context = {
        "lines": queries.register(viewer, **chosen),
        "chosen": chosen,
        "states": process.states,
        "due": queries.can_be_asked(viewer) if may_enter(viewer, "permits_change") else [],
        "waiting": len(queries.can_be_answered(viewer)) if may_enter(viewer, "permits_change") else 0,
        "saved": queries.saved(date(viewer.day.year, 1, 1), viewer.day),
        "notices": queries.notices(viewer.day),
        "kinds": KINDS,
    }
    return render(request, "permit/list.html", context)


@require_POST
@behind("permits_change")
def ask(request: ViewerRequest) -> HttpResponse:
    """One inquiry to IVO about the chosen checks, or about all that are due."""
    viewer = request.viewer
    boards = list(own_boards(viewer, roles_of("permits_change")))
    chosen = [] if "all" in request.POST else request.POST.getlist("check")
    if not chosen and "all" not in request.POST:
        messages.error(request, _("Välj minst en kontroll, eller fråga om alla."))
        return redirect("permit_list")
    try:
        inquiry = ask_ivo(chosen, board=boards[0], by=viewer, now=viewer.now)
    except NotForYouError:
        raise
    except RefusedError as error:
        messages.error(request, sentence(error))
        return redirect("permit_list")
    messages.success(request, _("Förfrågan är gjord. Läs den, skicka den till IVO och anteckna att den är skickad."))
    return redirect("case", inquiry.number)


@require_http_methods(["GET", "HEAD", "POST"])
@behind("permits_change")
def answers(request: ViewerRequest) -> HttpResponse:
    """The checks that wait, and what IVO said of each."""
    if request.method != "POST":
        return _answers(request)
    waiting = queries.can_be_answered(request.viewer)
    forms = {one.number: AnswerForm(request.POST, number=one.number) for one in waiting}
    came = CameForm(request.POST)
    if not came.is_valid() or not all(form.is_valid() for form in forms.values()):
        return _answers(request, came=came, forms=forms)
    given: dict[str, dict[str, str]] = {}
    for number, form in forms.items():
        if form.cleaned_data["answer"]:
            days = {"answered_on": came.cleaned_data["answered_on"], "valid_to": form.cleaned_data["valid_to"]}
            said = {name: day.isoformat() for name, day in days.items() if day}
            given[number] = {"answer": form.cleaned_data["answer"], "medium": came.cleaned_data["medium"], **said}
    try:
        registered = register_typed(given, by=request.viewer, now=request.viewer.now)
    except NotForYouError:
        raise
    except RefusedError as error:
        return _answers(request, came=came, forms=forms, why=sentence(error))
    return _registered(request, registered)


@require_POST
@behind("permits_change")
def answer_list(request: ViewerRequest) -> HttpResponse:
    """A list of answers: all of it is stored, or nothing."""
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _answers(request, listed=form)
    fields = catalogue().processes["permit_check"].fields
    words = {"answers": fields["told"].one_of, "services": fields["service"].one_of}
    try:
        file = form.cleaned_data["file"]
        lines = from_file(file.read(), **words) if file else from_text(form.cleaned_data["text"], **words)
        medium = form.cleaned_data["medium"]
        number = register_list(lines, medium=medium, by=request.viewer, now=request.viewer.now)
    except WrongListError as error:
        return _answers(request, listed=form, wrong=error.lines, why=sentence(error))
    return _registered(request, number)


@require_http_methods(["GET", "HEAD", "POST"])
@behind("permit_notice")
def notice(request: ViewerRequest) -> HttpResponse:
    """IVO has written that a permit is revoked or an activity banned."""
    viewer = request.viewer
    boards = {one.slug: one for one in own_boards(viewer, roles_of("permit_notice"))}
    listed = [(slug, one.name) for slug, one in boards.items()]
    sent: Any = request.POST if request.method == "POST" else None
    first = {"received_on": viewer.day, "provider": request.GET.get("provider", "")[:20]}
    form = NoticeForm(sent, boards=listed, kinds=KINDS, initial=first)
    if sent is not None and form.is_valid():
        given = dict(form.cleaned_data)
        found = provider(parse_organisation(given.pop("provider")).number)
        try:
            if found is None:
                form.add_error("provider", _("Ingen nämnd har den anordnaren. Kontrollera numret."))
            else:
                register_notice(found, board=boards[given.pop("board")], by=viewer, now=viewer.now, **given)
                messages.success(
                    request, _("Registrerat för alla nämnder. De som anlitar anordnaren får sina listor nu.")
                )
                return redirect("permit_list")
        except NotForYouError:
            raise
        except RefusedError as error:
            form.add_error(None, sentence(error))
    return render(request, "permit/notice.html", {"form": form}, status=422 if sent is not None else 200)


def _registered(request: ViewerRequest, number: int) -> HttpResponse:
    if not number:
        messages.error(request, _("Välj minst ett svar."))
        return redirect("permit_answers")
    told = ngettext("%(number)s svar är registrerat.", "%(number)s svar är registrerade.", number)
    messages.success(request, told % {"number": number})
    return redirect("permit_list")


def _answers(request: ViewerRequest, **tried: Any) -> HttpResponse:
    waiting = queries.can_be_answered(request.viewer)
    forms = tried.get("forms") or {one.number: AnswerForm(number=one.number) for one in waiting}
    context = {
        "rows": [(one, forms[one.number]) for one in waiting if one.number in forms],
        "came": tried.get("came") or CameForm(initial={"answered_on": request.viewer.day}),
        "listed": tried.get("listed") or ListForm(),
        "list_is_tried": "listed" in tried,
        "wrong": tried.get("wrong", []),
        "why": tried.get("why", ""),
    }
    return render(request, "permit/answers.html", context, status=422 if tried else 200)
