"""What is taken out of a matter: its timeline, evidence packs, logs of contacts, and copies for a party."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillit.catalogue import in_force
from tillit.errors import RefusedError
from tillit.web.actions.extract import extract_file, extract_text, make_contact_log, make_pack, settle
from tillit.web.actions.party_copy import make_party_copy
from tillit.web.actions.read import read_matter
from tillit.web.actions.refusal import NotForYouError, TurnedAwayError
from tillit.web.forms.extract import PackForm, PartyCopyForm, PurposeForm
from tillit.web.queries.course import notes
from tillit.web.queries.extract import extract, extracts, may_make, may_settle, parts
from tillit.web.queries.timeline import days, timeline
from tillit.web.rules.content import catalogue
from tillit.web.views.errors import sentence
from tillit.web.views.matter import found
from tillit.web.views.request import ViewerRequest, as_file

if TYPE_CHECKING:
    from tillit.web.models import Extract, Matter


@require_safe
def times(request: ViewerRequest, number: str) -> HttpResponse:
    """The timeline of a matter."""
    matter = _read(request, number)
    moments = timeline(matter)
    clashes = sum(1 for one in moments if one.clash)
    context = {"matter": matter, "moments": moments, "days": days(moments), "clashes": clashes}
    return render(request, "extract/timeline.html", context)


@require_safe
def overview(request: ViewerRequest, number: str) -> HttpResponse:
    """What has been taken out of a matter, and what may be."""
    return _overview(request, _read(request, number))


@require_POST
def pack(request: ViewerRequest, number: str) -> HttpResponse:
    """Makes an evidence pack."""
    matter = found(request, number)
    form = PackForm(request.POST, notes=_notes(matter))

    def made() -> "Extract":
        given = form.cleaned_data | {"notes": [int(pk) for pk in form.cleaned_data.get("notes") or []]}
        return make_pack(matter, by=request.viewer, now=request.viewer.now, **given)

    return _make(request, matter, form, made, "pack_form", kind="pack")


@require_POST
def contact_log(request: ViewerRequest, number: str) -> HttpResponse:
    """Makes a log of the contacts."""
    matter = found(request, number)
    form = PurposeForm(request.POST, auto_id="contacts-%s")

    def made() -> "Extract":
        return make_contact_log(matter, by=request.viewer, now=request.viewer.now, **form.cleaned_data)

    return _make(request, matter, form, made, "contacts_form", kind="contacts")


@require_http_methods(["GET", "HEAD", "POST"])
def party_copy(request: ViewerRequest, number: str) -> HttpResponse:
    """Asks of every part whether the party sees it, and makes the copy."""
    matter, viewer = _read(request, number), request.viewer
    if not may_make("party_copy", matter, viewer):
        raise Http404
    grounds = in_force(catalogue().masks.grounds.items(), viewer.day)
    sent = request.POST if request.method == "POST" else None
    form = PartyCopyForm(sent, parts=parts(matter), grounds=grounds)
    if sent is not None and form.is_valid():
        try:
            made = make_party_copy(
                matter,
                by=viewer,
                now=viewer.now,
                purpose=form.cleaned_data["purpose"],
                chosen=form.chosen(),
                files=form.whole_files(),
                words=form.words(),
                own=form.own_lines(),
            )
        except NotForYouError:
            raise
        except RefusedError as error:
            form.add_error(None, sentence(error))
        else:
            messages.info(request, _("Kopian väntar på att en annan person läser och godkänner den."))
            return redirect("extract", matter.number, made.number)
    context = {"matter": matter, "form": form, "grounds": grounds}
    return render(request, "extract/party_copy.html", context, status=422 if sent is not None else 200)


@require_safe
def one(request: ViewerRequest, number: str, extract: int) -> HttpResponse:
    """An extract: what it says, its hash, and whether it may be given out."""
    made = _one(request, number, extract)
    text = extract_text(made, by=request.viewer, now=request.viewer.now)
    may = may_settle(made, request.viewer)
    return render(
        request, "extract/extract.html", {"matter": made.matter, "one": made, "text": text, "may_settle": may}
    )


@require_POST
def settled(request: ViewerRequest, number: str, extract: int) -> HttpResponse:
    """A second person approves a copy, or does not."""
    made, approved = _one(request, number, extract), request.POST.get("answer") == "approve"
    settle(made, by=request.viewer, now=request.viewer.now, approved=approved)
    messages.success(request, _("Godkänt. Kopian kan lämnas ut.") if approved else _("Kopian lämnas inte ut."))
    return redirect("extract", number, extract)


@require_safe
def file(request: ViewerRequest, number: str, extract: int) -> HttpResponse:
    """The bytes of an extract, to save."""
    made = _one(request, number, extract)
    content = extract_file(made, by=request.viewer, now=request.viewer.now)
    return as_file(f"{number}-{made.kind.replace('_', '-')}-{made.number}.zip", content)


def _read(request: ViewerRequest, number: str) -> "Matter":
    read = read_matter(number, by=request.viewer, now=request.viewer.now)
    if not read.whole or catalogue().processes[read.matter.process].model != "case":
        raise Http404
    return read.matter


def _one(request: ViewerRequest, number: str, extract_number: int) -> "Extract":
    made = extract(found(request, number), extract_number)
    if made is None:
        raise Http404
    return made


def _make(
    request: ViewerRequest, matter: "Matter", form: Any, made: Callable[[], "Extract"], name: str, *, kind: str
) -> HttpResponse:
    if not form.is_valid():
        # One who may not make it is told so by the action, not what to fill in.
        if may_make(kind, matter, request.viewer):
            return _overview(request, matter, **{name: form})
        form.cleaned_data = dict.fromkeys(form.fields, "")
    try:
        done = made()
    except TurnedAwayError:
        raise
    except RefusedError as error:
        form.add_error(None, sentence(error))
        return _overview(request, matter, **{name: form})
    messages.success(request, _("Klart. Utdraget och dess kontrollsumma är sparade i ärendet."))
    return redirect("extract", matter.number, done.number)


def _overview(request: ViewerRequest, matter: "Matter", **tried: Any) -> HttpResponse:
    viewer = request.viewer
    context = {
        "matter": matter,
        "extracts": extracts(matter),
        "pack_form": PackForm(notes=_notes(matter)) if may_make("pack", matter, viewer) else None,
        "contacts_form": PurposeForm(auto_id="contacts-%s") if may_make("contacts", matter, viewer) else None,
        "may_copy": may_make("party_copy", matter, viewer),
    }
    return render(request, "extract/list.html", context | tried, status=422 if tried else 200)


def _notes(matter: "Matter") -> list[tuple[int, str]]:
    return [
        (one.pk, f"{one.at:%Y-%m-%d} {one.by.name}: {one.text[:80]}") for one in notes(matter) if one.kind == "note"
    ]
