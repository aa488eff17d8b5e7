"""My work today."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tillit.web.actions.cooperation import mark_provider_notice_seen
from tillit.web.actions.notice import mark_run_seen, mark_seen
from tillit.web.queries.case import can_open
from tillit.web.queries.cooperation import provider_notices_for
from tillit.web.queries.course import process_of, proposed, waits_for
from tillit.web.queries.finding import most_urgent
from tillit.web.queries.notice import notices_for, run_notices_for
from tillit.web.queries.signal import watched
from tillit.web.queries.work import my_work, reviews_waiting
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import may_enter
from tillit.web.views.request import ViewerRequest

MOST = 50

DOORS = [
    ("coordination", "coordination", gettext_lazy("Samordning"),
     gettext_lazy("Läs anmälningar om anordnare som delas mellan nämnderna, och det som väntar på svar.")),
    ("delivery_list", "deliver", gettext_lazy("Lämna en fil"),
     gettext_lazy("Lämna det som kontrollerna läser, och se hur det förstods.")),
    ("log", "log", gettext_lazy("Vem har sett vad"), gettext_lazy("Sök på ett ärende, en person eller en period.")),
    ("access", "access", gettext_lazy("Behörigheter"), gettext_lazy("Se vem som har vilken roll, och sedan när.")),
    ("board_list", "boards", gettext_lazy("Nämnder och enheter"),
     gettext_lazy("Öppna och ändra nämnder och enheter.")),
    ("statistics", "statistics", gettext_lazy("Statistik"),
     gettext_lazy("Se vad som har anmälts, delats och utretts under en period.")),
    ("control_figures", "control_figures", gettext_lazy("Kontroller i siffror"),
     gettext_lazy("Se vad som har kontrollerats, varför, och vad det gav.")),
    ("observation", "observe", gettext_lazy("Lämna en iakttagelse"),
     gettext_lazy("Berätta om något som inte verkar stämma. Tre fält räcker.")),
    ("provider_list", "providers", gettext_lazy("Anordnare"),
     gettext_lazy("Se tillstånd, avtal och kontroller hos en anordnare.")),
    ("routines", "routines", gettext_lazy("Motverka välfärdsbrott"),
     gettext_lazy("Rutiner, blanketter och vem du frågar.")),
]  # fmt: skip
"""What someone whom nothing waits for can begin with: address, door, word and sentence."""


@require_safe
def today(request: ViewerRequest) -> HttpResponse:
    """What is late, what is due, what waits for me and what waits for others; and what to begin with."""
    viewer = request.viewer
    work = my_work(viewer)
    mine: list[dict[str, Any]] = [
        {"id": "sent", "title": _("Försenat"), "rows": _rows(work.overdue)},
        {"id": "snart", "title": _("Inom en vecka"), "rows": _rows(work.due)},
        {"id": "senare", "title": _("Senare"), "rows": _rows(work.later)},
        {"id": "fordela", "title": _("Att fördela"), "rows": _rows(work.to_assign)},
    ]
    waiting, first = _rows(work.waiting), most_urgent(viewer)
    shown = [one for part in mine for one, _roles in part["rows"]] + [one for one, _roles in waiting]
    shown += [first] if first else []
    agree = [(one, process_of(one.matter).steps[one.step]) for one in work.to_agree[:MOST]]
    reviews, role_reviews = reviews_waiting(viewer)
    context = {
        "mine": [part for part in mine if part["rows"]],
        "figures": mine,
        "agree": agree,
        "reviews": reviews,
        "waiting": waiting,
        "proposed": proposed([one for one, _roles in waiting], viewer),
        "notices": notices_for(viewer)[:10],
        "role_reviews": role_reviews,
        "warnings": provider_notices_for(viewer)[:10],
        "runs": run_notices_for(viewer)[:10],
        "first": first,
        "names": {one.provider_number: one.provider_name for one in shown if one.provider_name},
        "watched": watched((one.provider_number for one in shown), viewer),
        "busy": bool(shown or agree),
        "most": MOST,
        "doors": [(address, word, why) for address, door, word, why in DOORS if may_enter(viewer, door)],
        "can_open": [catalogue().processes[name] for name in can_open(viewer)],
    }
    return render(request, "today/today.html", context)


@require_POST
def notices_seen(request: ViewerRequest) -> HttpResponse:
    """What was new has been seen."""
    for notice in notices_for(request.viewer)[:10]:
        mark_seen(notice, by=request.viewer, now=request.viewer.now)
    for told in run_notices_for(request.viewer)[:10]:
        mark_run_seen(told, by=request.viewer, now=request.viewer.now)
    for warned in provider_notices_for(request.viewer)[:10]:
        mark_provider_notice_seen(warned, by=request.viewer, now=request.viewer.now)
    return redirect("today")


def _rows(found: QuerySet[Any]) -> list[tuple[Any, list[str]]]:
    return [(one, waits_for(one)) for one in found[:MOST]]
