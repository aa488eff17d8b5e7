"""Findings: the list with its filters, the page, explanations tried, equal answers, and an observation."""

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillit.catalogue import Step
from tillit.errors import RefusedError
from tillit.web.actions.finding import answer_alike, try_explanation
from tillit.web.actions.matter import report_observation
from tillit.web.actions.read import read_list
from tillit.web.actions.refusal import TurnedAwayError
from tillit.web.forms.finding import FilterForm, ObservationForm
from tillit.web.forms.step import filled_form, step_form
from tillit.web.queries import finding as findings
from tillit.web.queries.access import own_boards
from tillit.web.queries.course import open_to, process_of
from tillit.web.queries.evidence import explanations
from tillit.web.queries.provider import names
from tillit.web.queries.saved_filter import saved_filters
from tillit.web.queries.signal import watched
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import may_enter, roles_of
from tillit.web.rules.viewer import Viewer
from tillit.web.views.errors import sentence
from tillit.web.views.matter import found, matter_page
from tillit.web.views.pages import Counted
from tillit.web.views.request import ViewerRequest, behind, wants_part
from tillit.web.words import EXPLANATION

if TYPE_CHECKING:
    from tillit.web.models import Finding

PAGE, GROUPS = 50, 50
TOGETHER = ("explain", "assess", "close", "correct", "corrected")
"""Steps that can be the right answer to several findings at once; the others are about one."""


@require_safe
@behind("findings")
def finding_list(request: ViewerRequest) -> HttpResponse:
    """The findings of a filter, or their groups."""
    viewer = request.viewer
    providers = findings.providers_in_use(viewer, request.GET.get("provider", "")[:20])
    control = request.GET.get("control", "")[:20]
    controls = findings.controls() | ({control: control} if control not in findings.controls() and control else {})
    form = FilterForm(request.GET, states=findings.states(), controls=controls, providers=providers)
    chosen = form.chosen()
    context = {"form": form, "chosen": chosen, "query": _query(request), "saved": saved_filters(viewer)}
    context["reads"] = may_enter(viewer, "findings_read")
    if chosen.group:
        groups = findings.groups(viewer, chosen)
        shown = groups[:GROUPS]
        context |= {
            "groups": shown,
            "groups_left": len(groups) - len(shown),
            "names": names({one["of"] for one in shown}),
        }
        context["watched"] = watched((one["of"] for one in shown), request.viewer)
    else:
        found = Counted(findings.listed(viewer, chosen), PAGE, shown=lambda keys: findings.rows(keys, viewer))
        page = found.get_page(request.GET.get("page"))
        rows = list(page)
        context |= {
            "page": page,
            "rows": rows,
            "names": {one.provider_number: one.provider_name for one in rows if one.provider_name},
            "watched": watched((one.provider_number for one in rows), request.viewer),
            "alike": _alike(chosen, rows, viewer),
        }
        read_list("findings", by=viewer, now=viewer.now, shown=len(rows))
    part = "finding/list.html#results" if wants_part(request) else "finding/list.html"
    return render(request, part, context)


@require_safe
@behind("findings")
def finding(request: ViewerRequest, number: str) -> HttpResponse:
    """The page of a finding."""
    return matter_page(request, number, wanted="finding")


@require_POST
@behind("findings")
def explanation(request: ViewerRequest, number: str) -> HttpResponse:
    """How far an innocent explanation has been tried."""
    matter = found(request, number)
    if process_of(matter).model != "finding":
        raise Http404
    version = request.POST.get("version", "")
    try_explanation(
        matter.finding,
        reason=request.POST.get("reason", ""),
        outcome=request.POST.get("outcome", ""),
        by=request.viewer,
        now=request.viewer.now,
        version=int(version) if version.isdecimal() else -1,
    )
    if not wants_part(request):
        return redirect("finding", number)
    matter = found(request, number)
    told = explanations(matter.finding)
    context = {"matter": matter, "explanations": told, "outcomes": EXPLANATION.items(), "steps": True}
    answer = render(request, "finding/explanations.html", context)
    # The forms of the page hold the version that they were made with: it has risen by this one press.
    answer["HX-Trigger"] = json.dumps({"version": matter.version})
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@behind("findings")
def alike(request: ViewerRequest, name: str) -> HttpResponse:
    """The same answer to findings that are equal."""
    process = catalogue().processes["finding"]
    if name not in process.steps:
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    chosen = [one.partition(":") for one in sent.getlist("finding")]
    rows = findings.by_numbers(request.viewer, [number for number, _colon, _version in chosen])
    if not rows or len(rows) != len(chosen):
        raise Http404
    versions = {number: version for number, _colon, version in chosen}
    first = step_form(process, name, version=0, known={})
    form = filled_form(process, name, request.POST) if request.method == "POST" else first
    if request.method == "POST" and form.is_valid():
        seen = {one.pk: int(versions[one.number]) if versions[one.number].isdecimal() else -1 for one in rows}
        viewer = request.viewer
        done = answer_alike(rows, name, by=viewer, now=viewer.now, versions=seen, given=form.given())
        told = ngettext("Klart: %(done)d fynd.", "Klart: %(done)d fynd.", done)
        messages.success(request, told % {"done": done})
        return redirect("finding_list")
    context = {"rows": rows, "form": form, "step": process.steps[name], "name": name, "chosen": sent.getlist("finding")}
    return render(request, "finding/alike.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@behind("observe")
def observation(request: ViewerRequest) -> HttpResponse:
    """An observation by any employee, in three fields."""
    boards = list(own_boards(request.viewer, roles_of("observe")))
    sent = request.POST if request.method == "POST" else None
    form = ObservationForm(sent, boards=[(one.slug, one.name) for one in boards])
    if sent is not None and form.is_valid():
        board = next(one for one in boards if one.slug == form.cleaned_data["board"])
        given = {"observation": form.cleaned_data["observation"]}
        try:
            made = report_observation(
                by=request.viewer, now=request.viewer.now, board=board, title=form.cleaned_data["title"], given=given
            )
        except TurnedAwayError:
            raise
        except RefusedError as error:
            form.add_error(None, sentence(error))
        else:
            told = _("Tack. Din iakttagelse har nummer %(number)s. Du kan följa var den står.")
            messages.success(request, told % {"number": made.number})
            return redirect("finding", made.number)
    return render(request, "finding/observation.html", {"form": form}, status=422 if sent is not None else 200)


def _query(request: ViewerRequest) -> str:
    kept = [
        (name, value) for name, value in request.GET.items() if value and name not in {"page", "csrfmiddlewaretoken"}
    ]
    return urlencode(kept)


def _alike(chosen: findings.Filter, rows: "list[Finding]", viewer: Viewer) -> list[tuple[str, Step]]:
    """The steps that may be taken with all rows at once: where they are of one control, provider and state."""
    if not (chosen.control and chosen.provider) or len(rows) < 2 or len({one.state for one in rows}) != 1:
        return []
    mine = open_to(rows[0], viewer)
    steps = process_of(rows[0]).steps.items()
    return [(name, one) for name, one in steps if one in mine and name in TOGETHER]
