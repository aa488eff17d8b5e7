"""Check lists: filled in within a matter, read as a list, and the municipality's own questions in them."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillit.web.actions.checklist import (
    WrongQuestionError,
    WrongReplyError,
    answer_checklist,
    begin_checklist,
    change_questions,
)
from tillit.web.actions.read import read_matter
from tillit.web.forms.checklist import QuestionForm, answer_forms, given
from tillit.web.queries import checklist as queries
from tillit.web.queries.course import open_to, process_of
from tillit.web.queries.signal import marks
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import may_enter, roles_of
from tillit.web.templatetags.content import address
from tillit.web.views.errors import sentence
from tillit.web.views.matter import found
from tillit.web.views.request import ViewerRequest, behind

if TYPE_CHECKING:
    from tillit.catalogue import Checklist
    from tillit.web.models import Board, Unit


@require_POST
def begin(request: ViewerRequest, number: str) -> HttpResponse:
    """Begins a check list in a matter."""
    matter = found(request, number)
    run = begin_checklist(matter, request.POST.get("checklist", ""), by=request.viewer, now=request.viewer.now)
    return redirect("checklist_fill", matter.number, run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: ViewerRequest, number: str, run: int) -> HttpResponse:
    """A check list of a matter: to fill in, or where it is signed to read."""
    read = read_matter(number, by=request.viewer, now=request.viewer.now)
    filled = queries.run_of(read.matter, run) if read.whole else None
    if filled is None:
        raise Http404
    state = process_of(read.matter).states[read.matter.state]
    can = bool(open_to(read.matter, request.viewer)) and not (state.sealed or state.final)
    forms = answer_forms(filled, request.POST if request.method == "POST" else None)
    why = ""
    if request.method == "POST" and all(form.is_valid() for form in forms.values()):
        try:
            added = answer_checklist(filled.run, given(forms), by=request.viewer, now=request.viewer.now)
        except WrongReplyError as error:
            why = sentence(error)
        else:
            told = ngettext("%(added)d svar är sparat.", "%(added)d svar är sparade.", added) % {"added": added}
            messages.success(request, told)
            return redirect(address(read.matter) + "#checklistor")
    rows = [(name, asked, forms[name], filled.replies.get(name)) for name, asked in filled.run.asked.items()]
    checklist = catalogue().checklists.get(filled.run.checklist)
    context = {"matter": read.matter, "filled": filled, "checklist": checklist, "rows": rows, "can": can, "why": why}
    if checklist and checklist.for_marked:
        context["signals"] = marks(read.matter, request.viewer)[0]
    return render(request, "checklist/fill.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@behind("checklists")
def checklist_list(request: ViewerRequest) -> HttpResponse:
    """Every check list, by the phase it belongs to."""
    return render(request, "checklist/list.html", {"lists": sorted(catalogue().checklists.values(), key=_number)})


@require_http_methods(["GET", "HEAD", "POST"])
@behind("checklists")
def checklist(request: ViewerRequest, code: str) -> HttpResponse:
    """One check list: its questions with law and source, the municipality's own, and every version of them."""
    content = _known(code)
    places = queries.places(request.viewer, roles_of("checklists_change"))
    if request.method == "POST" and not may_enter(request.viewer, "checklists_change"):
        raise Http404
    sent: Any = request.POST if request.method == "POST" else None
    form = QuestionForm(sent, places=[(_place(*one), str(one[1] or one[0])) for one in places]) if places else None
    why = ""
    if sent is not None and form and form.is_valid():
        board, unit = next(one for one in places if _place(*one) == form.cleaned_data["place"])
        text = {part: form.cleaned_data[part] for part in ("sv", "source", "if_no")}
        try:
            _change(request, code, board, unit, add=text)
        except WrongQuestionError as error:
            why = sentence(error)
        else:
            messages.success(request, _("Frågan är tillagd. Listor som redan är påbörjade ändras inte."))
            return redirect("checklist", code)
    found = queries.versions(code)
    standing = {(one.board_id, one.unit_id): one for one in reversed(found)}
    mine = {_place(*one) for one in places}
    own = [(one, _place(one.board, one.unit) in mine, _place(one.board, one.unit)) for one in standing.values()]
    context = {"checklist": content, "form": form, "why": why, "own": own, "versions": found}
    return render(request, "checklist/checklist.html", context, status=422 if sent is not None else 200)


@require_POST
@behind("checklists_change")
def remove(request: ViewerRequest, code: str) -> HttpResponse:
    """Takes an own question out of a check list; the versions before keep it."""
    _known(code)
    places = {_place(*one): one for one in queries.places(request.viewer, roles_of("checklists_change"))}
    chosen = places.get(request.POST.get("place", ""))
    if chosen is None:
        raise Http404
    try:
        _change(request, code, *chosen, take=request.POST.get("question", ""))
    except WrongQuestionError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Frågan är borttagen. Den finns kvar i de listor där den är besvarad."))
    return redirect("checklist", code)


def _change(
    request: ViewerRequest,
    code: str,
    board: "Board",
    unit: "Unit | None",
    *,
    add: dict[str, str] | None = None,
    take: str = "",
) -> None:
    last = queries.last_version(code, board=board, unit=unit)
    questions = {name: one for name, one in (last.questions if last else {}).items() if name != take}
    revision = last.revision if last else 0
    if add:
        questions[f"own_{unit.slug if unit else board.slug}_{revision + 1}"] = add
    now = request.viewer.now
    change_questions(code, questions, by=request.viewer, now=now, board=board, unit=unit, revision=revision)


def _place(board: "Board", unit: "Unit | None") -> str:
    return f"{board.slug}/{unit.slug}" if unit else board.slug


def _known(code: str) -> "Checklist":
    content = catalogue().checklists.get(code)
    if content is None:
        raise Http404
    return content


def _number(one: "Checklist") -> int:
    return int(one.id.removeprefix("CL"))
