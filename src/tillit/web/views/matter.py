"""The page of a matter, one for every process, and the steps that are taken on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tillit.errors import RefusedError
from tillit.units import local_date
from tillit.web.actions.clearance import Open, PersonalDataError
from tillit.web.actions.read import Read, read_matter
from tillit.web.actions.refusal import NotForYouError, NotYourStepError, SomeoneWasFasterError
from tillit.web.actions.step import WrongStepError, agree, decline, take_step
from tillit.web.actions.told import mark_read
from tillit.web.forms.matter import AssignForm, ContactForm, DeclineForm, NoteForm
from tillit.web.forms.recovery import RepaymentForm
from tillit.web.forms.step import StepForm, filled_form, step_form
from tillit.web.queries import board_paper, course
from tillit.web.queries.assignment import can_be_given
from tillit.web.queries.checklist import points
from tillit.web.queries.decision import PROCESS as DECISION
from tillit.web.queries.decision import decisions_beside, decisions_of_month
from tillit.web.queries.delivery import withdrawn_under
from tillit.web.queries.document import can_be_made, papers
from tillit.web.queries.evidence import control_of, explanations, facts, organisations, side_by_side
from tillit.web.queries.exhibit import exhibits
from tillit.web.queries.finding import beside, classified, explained_before, most_urgent
from tillit.web.queries.invoice import invoice_shown
from tillit.web.queries.matter import matter_open_to
from tillit.web.queries.other_units import may_ask_other_units
from tillit.web.queries.payment_batch import batch_shown
from tillit.web.queries.permit import asked_in, measures_of
from tillit.web.queries.permit_measure import affected
from tillit.web.queries.recovery import claim_shown
from tillit.web.queries.routine import governing
from tillit.web.queries.settlement import settlements_of
from tillit.web.queries.signal import item, marks, watched
from tillit.web.queries.time_report import report_of, report_shown
from tillit.web.rules.attention import NOT_MADE
from tillit.web.rules.doors import may_enter
from tillit.web.templatetags.content import address
from tillit.web.views.errors import sentence
from tillit.web.views.request import ViewerRequest
from tillit.web.words import EXPLANATION

if TYPE_CHECKING:
    from tillit.web.models import Finding, Hearing, Matter, Proposal, StepTaken

CLEARS = "clear-"


@dataclass(frozen=True)
class Tried:
    """A step that was pressed and could not be taken: its form as it was filled, and why."""

    name: str
    form: StepForm
    why: str = ""
    open: Sequence[Open] = ()


def matter_page(request: ViewerRequest, number: str, *, tried: Tried | None = None, wanted: str = "") -> HttpResponse:
    """The page: all of it, or where only the status may be seen that alone."""
    read = read_matter(number, by=request.viewer, now=request.viewer.now)
    process = course.process_of(read.matter)
    if wanted and process.model != wanted:
        raise Http404
    if not read.whole:
        return render(request, "matter/status.html", {"matter": read.matter, "process": process})
    taken = course.steps_taken(read.matter)
    context = _context(request, read, tried, taken)
    if process.model == "finding":
        context |= _why(request, read.matter.finding)
    elif process.model == "time_report":
        context |= _reported(request, read.matter, taken)
    else:
        context |= _held(request, read.matter, taken)
        if process.model == "invoice":
            context["shown"] = invoice_shown(read.matter, request.viewer)
        elif process.model == "payment_batch":
            context["shown"] = batch_shown(read.matter, request.viewer)
    return render(request, f"{process.model}/{process.model}.html", context, status=422 if tried else 200)


@require_POST
def step(request: ViewerRequest, number: str, name: str) -> HttpResponse:
    """Takes a step, or says on the page why it cannot be taken."""
    matter = found(request, number)
    process = course.process_of(matter)
    if name not in process.steps:
        raise Http404
    form = filled_form(process, name, request.POST)
    # One who may not take the step is told so, not what to fill in.
    if not form.is_valid() and process.steps[name] in course.open_to(matter, request.viewer):
        return matter_page(request, number, tried=Tried(name, form))
    try:
        done = take_step(
            matter,
            name,
            by=request.viewer,
            now=request.viewer.now,
            version=form.cleaned_data.get("version", -1),
            given=form.given(),
            clears=cleared(request),
        )
    except (NotForYouError, NotYourStepError, SomeoneWasFasterError, WrongStepError):
        raise
    except PersonalDataError as error:
        return matter_page(request, number, tried=Tried(name, form, sentence(error), error.open))
    except RefusedError as error:
        return matter_page(request, number, tried=Tried(name, form, sentence(error)))
    opened = getattr(done, "opened", None)
    if process.steps[name].second_person:
        messages.info(request, _("Ditt förslag väntar på att en annan person godkänner det."))
    elif opened:
        messages.success(request, _("Klart. Ärendet %(number)s är öppnat.") % {"number": opened.number})
    else:
        messages.success(request, _("Klart."))
    return redirect(address(matter))


@require_POST
def agree_to(request: ViewerRequest, number: str, proposal: int) -> HttpResponse:
    """A second person agrees."""
    matter = found(request, number)
    agree(_waiting(matter, proposal), by=request.viewer, now=request.viewer.now)
    messages.success(request, _("Godkänt."))
    return redirect(address(matter))


@require_POST
def decline_it(request: ViewerRequest, number: str, proposal: int) -> HttpResponse:
    """A second person declines, and says why."""
    matter = found(request, number)
    form = DeclineForm(request.POST)
    if form.is_valid():
        waiting = _waiting(matter, proposal)
        decline(waiting, by=request.viewer, now=request.viewer.now, why=form.cleaned_data["why"])
        messages.success(request, _("Förslaget är avböjt."))
    else:
        messages.error(request, _("Skriv varför du inte godkänner förslaget."))
    return redirect(address(matter))


def found(request: ViewerRequest, number: str) -> "Matter":
    """The matter whose content the viewer may read; for everyone else it is not there."""
    matter = matter_open_to(number, request.viewer)
    if matter is None:
        raise Http404
    return matter


def cleared(request: ViewerRequest) -> dict[str, str]:
    """Why each place in a text that leaves its zone may stand: the fields of templates/parts/clearance.html."""
    sent = request.POST.items()
    return {name.removeprefix(CLEARS): str(why) for name, why in sent if name.startswith(CLEARS)}


def _waiting(matter: "Matter", proposal: int) -> "Proposal":
    one = course.proposal(matter, proposal)
    if one is None:
        raise Http404
    return one


def _context(request: ViewerRequest, read: Read, tried: Tried | None, taken: "list[StepTaken]") -> dict[str, Any]:
    matter, viewer = read.matter, request.viewer
    process = course.process_of(matter)
    proposed = course.proposals(matter)
    waits = course.waits(matter, proposed, viewer)
    people, (signals, ever_marked) = can_be_given(matter, viewer), marks(matter, viewer)
    return {
        "matter": matter,
        "process": process,
        "course": course.course(matter, taken),
        "events": course.events(matter, taken, proposed, viewer),
        # While a proposal waits nothing else is done: a step would make it void.
        "steps": [] if waits else _steps(request, matter, tried, marked=bool(signals)),
        "waits": waits,
        "waits_for": course.waits_for(matter),
        "fields": course.filled(process, matter.fields),
        "signals": signals,
        "points": points(matter, signals, ever_marked=ever_marked),
        "can_fill": bool(course.open_to(matter, viewer)),
        "corrections": course.corrections(matter, taken),
        "workers": course.workers(matter, viewer),
        "assign_form": AssignForm(people=people) if people else None,
        "documents": papers(matter),
        "can_be_made": can_be_made(matter),
        "notes": course.notes(matter),
        "note_form": NoteForm(auto_id="note-%s"),
        "contact_form": ContactForm(auto_id="contact-%s"),
        "may_notify": may_enter(viewer, "notify") and process.zone in {"individual", "investigation"},
        "may_ask_other_units": process.zone in {"individual", "investigation"} and may_ask_other_units(matter, viewer),
        "decline_form": DeclineForm(auto_id="decline-%s"),
        "provider_name": read.provider_name,
        "governing": governing(matter.process, local_date(matter.opened_at)),
    }


def _steps(request: ViewerRequest, matter: "Matter", tried: Tried | None, *, marked: bool) -> list[dict[str, Any]]:
    process = course.process_of(matter)
    found = []
    for name, one in process.steps.items():
        if one not in course.open_to(matter, request.viewer):
            continue
        shown = tried if tried and tried.name == name else None
        form = shown.form if shown else step_form(process, name, version=matter.version, known=matter.fields)
        if not marked:  # nothing is asked about checks that nobody has to make
            form.fields.pop(NOT_MADE, None)
        found.append({"name": name, "step": one, "form": form, "tried": shown})
    return found


def _held(request: ViewerRequest, matter: "Matter", taken: "list[StepTaken]") -> dict[str, Any]:
    mark_read(matter, by=request.viewer, now=request.viewer.now)
    kept = exhibits(matter)
    # Nothing opens an invoice but the file that it came in, and no matter opens a payment file.
    of_file = course.process_of(matter).model in ("invoice", "payment_batch")
    rests_on = course.NOTHING if of_file else course.rests_on(matter, request.viewer)
    return {
        "exhibits": kept,
        "findings": rests_on.findings,
        "withdrawn": withdrawn_under(*{one.finding for one in kept if one.finding}),
        "opened_from": rests_on.opened_from,
        "hearings": _hearings(matter, taken),
        "claim": claim_shown(matter, request.viewer) if matter.process == "recovery" else None,
        "repayment_form": RepaymentForm(prefix="repayment"),
        "item": item(matter, request.viewer) if may_enter(request.viewer, "coordinate") else None,
        **_permit(matter, request),
        "decisions": decisions_beside(matter) if matter.process == DECISION else None,
        "paper": board_paper.paper(matter) if matter.process == board_paper.PROCESS else None,
    }


def _hearings(matter: "Matter", taken: "list[StepTaken]") -> "list[Hearing]":
    begun = course.has_done(matter, taken, "send_hearing", "except_hearing")
    return course.hearings(matter) if begun else []


def _permit(matter: "Matter", request: ViewerRequest) -> dict[str, Any]:
    match matter.process:
        case "permit_measure":
            return {"affected": affected(matter, request.viewer.day)}
        case "permit_check":
            return {"measures": measures_of(matter.number)}
        case "permit_inquiry":
            return {"asked_in": asked_in(matter)}
        case _:
            return {}


def _reported(request: ViewerRequest, matter: "Matter", taken: "list[StepTaken]") -> dict[str, Any]:
    mark_read(matter, by=request.viewer, now=request.viewer.now)
    report = report_of(matter)
    assert report is not None, "its process says that it is a report"
    return {
        "shown": report_shown(report, request.viewer),
        "decisions": decisions_of_month(report, request.viewer.now),
        "settlements": settlements_of(report) if course.has_done(matter, taken, "settle_month") else [],
        "hearings": _hearings(matter, taken),
    }


def _why(request: ViewerRequest, finding: "Finding") -> dict[str, Any]:
    marked = watched({finding.provider_number, *organisations(finding)}, request.viewer)
    return {
        "finding": finding,
        "signals": [one for found in marked.values() for one in found],
        "control": control_of(finding),
        "classified": classified(finding),
        "tables": side_by_side(finding),
        "facts": facts(finding),
        "explanations": explanations(finding),
        "outcomes": EXPLANATION.items(),
        "beside": beside(finding, request.viewer),
        "said_before": explained_before(finding),
        "withdrawn": withdrawn_under(finding),
        "next": most_urgent(request.viewer) if finding.closed_at else None,
    }
