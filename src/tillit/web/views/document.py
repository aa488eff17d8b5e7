"""The page of a document: what it says, what is missing, its files, and to whom it has been sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillit.errors import RefusedError
from tillit.web.actions.clearance import Open
from tillit.web.actions.document import file_of, fill_in, make_document, read_document, settle
from tillit.web.actions.edited_file import take_edited, use_made
from tillit.web.actions.refusal import NotForYouError, SomeoneWasFasterError
from tillit.web.forms.document import DispatchForm, EditedForm, FillForm, fill_form
from tillit.web.queries.document import Paper, dispatches, edited_files, files, sent_words
from tillit.web.rules.content import catalogue
from tillit.web.rules.dispatch import CHANNELS
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest
from tillit.web.words import word

TYPES = {
    "pdf": ("pdf", "application/pdf"),
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: ViewerRequest, number: str, document: int) -> HttpResponse:
    """The page, and what is filled in on it."""
    paper = read_document(number, document, by=request.viewer, now=request.viewer.now)
    if request.method != "POST":
        return page(request, paper)
    form = FillForm(paper.document, request.POST)
    if not form.is_valid():
        return page(request, paper, form=form)
    try:
        fill_in(
            paper.row,
            by=request.viewer,
            now=request.viewer.now,
            times=form.cleaned_data["times"],
            given=form.given(),
            recipient=form.cleaned_data.get("recipient", ""),
            registry_number=form.cleaned_data["registry_number"],
        )
    except (NotForYouError, SomeoneWasFasterError):
        raise
    except RefusedError as error:
        return page(request, paper, form=form, why=sentence(error))
    messages.success(request, _("Sparat."))
    return redirect("document", number, document)


@require_safe
def file(request: ViewerRequest, number: str, document: int, kind: str) -> HttpResponse:
    """The document as a file: the one that was sent, or a draft made now."""
    if kind not in TYPES:
        raise Http404
    paper = read_document(number, document, by=request.viewer, now=request.viewer.now, kind=kind)
    ending, type_ = TYPES[kind]
    answer = HttpResponse(file_of(paper, kind), content_type=type_)
    # A name that says nothing of anyone: it stays in the reader's folder of downloads.
    name = f"{number}-{paper.document.code}-{document}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
def make(request: ViewerRequest, number: str, name: str) -> HttpResponse:
    """Makes a document that no step makes."""
    made = make_document(number, name, by=request.viewer, now=request.viewer.now)
    return redirect("document", number, made.number)


@require_POST
def settled(request: ViewerRequest, number: str, document: int) -> HttpResponse:
    """A document that stays in the matter is done."""
    paper = read_document(number, document, by=request.viewer, now=request.viewer.now)
    times = request.POST.get("times", "")
    settle(paper.row, by=request.viewer, now=request.viewer.now, times=int(times) if times.isdecimal() else -1)
    messages.success(request, _("Dokumentet är fastställt."))
    return redirect("document", number, document)


@require_POST
def edited(request: ViewerRequest, number: str, document: int) -> HttpResponse:
    """A Word file in the place of the made letter."""
    paper = read_document(number, document, by=request.viewer, now=request.viewer.now)
    form = EditedForm(request.POST, request.FILES, auto_id="edited-%s")
    if not form.is_valid():
        return page(request, paper, edited=form)
    file, times = form.cleaned_data["file"], form.cleaned_data["times"]
    try:
        take_edited(paper.row, chunks=file.chunks(), times=times, by=request.viewer, now=request.viewer.now)
    except (NotForYouError, SomeoneWasFasterError):
        raise
    except RefusedError as error:
        form.add_error("file", sentence(error))
        return page(request, paper, edited=form)
    messages.success(request, _("Din fil gäller nu, och är den som skickas."))
    return redirect("document", number, document)


@require_POST
def made(request: ViewerRequest, number: str, document: int) -> HttpResponse:
    """The made letter stands again."""
    paper = read_document(number, document, by=request.viewer, now=request.viewer.now)
    times = request.POST.get("times", "")
    use_made(paper.row, times=int(times) if times.isdecimal() else -1, by=request.viewer, now=request.viewer.now)
    messages.success(request, _("Det gjorda dokumentet gäller igen. Din fil finns kvar."))
    return redirect("document", number, document)


def page(
    request: ViewerRequest,
    paper: Paper,
    *,
    form: FillForm | None = None,
    sending: DispatchForm | None = None,
    edited: EditedForm | None = None,
    why: str = "",
    open: list[Open] | None = None,
) -> HttpResponse:
    """The page of a document; with a form that could not be taken, and why."""
    row, content = paper.row, paper.document
    open_ = paper.state in {"draft", "ready", "proposed"}
    known = fill_form(content, times=row.times, known=row.asked, recipient=row.recipient, number=row.registry_number)
    can_edit = paper.state in {"draft", "ready"}
    context: dict[str, Any] = {
        "matter": row.matter,
        "paper": paper,
        "files": files(row),
        "dispatches": [(one, *sent_words(one)) for one in dispatches(row)],
        "fill_form": (form or known) if open_ else None,
        "edited_form": (edited or EditedForm(initial={"times": row.times}, auto_id="edited-%s")) if can_edit else None,
        "edited_files": edited_files(row),
        "may_settle": paper.state == "ready" and not content.leaves_zone,
        "dispatch_form": sending or _sending(request, paper),
        "why": "" if sending else why,
        "dispatch_why": why if sending else "",
        "open": open or [],
    }
    return render(request, "document/document.html", context, status=422 if form or sending or edited else 200)


def dispatch_form(paper: Paper, sent: Any = None, **more: Any) -> DispatchForm:
    """The form of a dispatch, with the receivers that the document may have."""
    known = catalogue().recipients
    recipients = [(code, word(known[code])) for code in paper.document.sent_to]
    if len(recipients) > 1:
        recipients.insert(0, ("", _("Välj")))  # nobody is written down as receiver for being the first
    return DispatchForm(sent, recipients=recipients, channels=CHANNELS, **more)


def _sending(request: ViewerRequest, paper: Paper) -> DispatchForm | None:
    if not paper.document.leaves_zone or paper.state not in {"draft", "ready", "sent"}:
        return None
    at = timezone.localtime(request.viewer.now).strftime("%Y-%m-%dT%H:%M")
    initial = {"times": paper.row.times, "sent_at": at, "registry_number": paper.row.registry_number}
    initial |= {"kind": "word"} if paper.edited else {}
    return dispatch_form(paper, initial=initial)
