"""What the frame of every page needs: the menu as this viewer has it, and the languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.web.rules.doors import may_enter

MENU = [
    ("today", _("Mitt arbete"), "", ("today",)),
    ("finding_list", _("Fynd"), "findings", ("finding_list", "finding", "finding_bulk")),
    ("case_list", _("Ärenden"), "cases", ("case_list", "case")),
    ("invoice_list", _("Fakturor"), "invoices", ("invoice_list", "invoice")),
    (
        "time_report_list",
        _("Tidrapporter"),
        "time_reports",
        ("time_report_list", "time_report", "settlement_list", "payment_batch"),
    ),
    (
        "provider_list",
        _("Anordnare"),
        "providers",
        ("provider_list", "provider", "permit_list", "permit_answers", "permit_notice"),
    ),
    ("coordination", _("Samordning"), "coordination", ("coordination",)),
    (
        "statistics",
        _("Statistik"),
        "statistics",
        ("statistics", "statistic", "statistic_rows", "annual_wheel", "coverage", "sample_list", "sample"),
    ),
    ("delivery_list", _("Leveranser"), "deliveries", ("delivery_list", "delivery", "run")),
    (
        "routines",
        _("Stöd"),
        "routines",
        (
            "routines",
            "responsibilities",
            "responsibility",
            "responsibility_unit",
            "checklist_list",
            "checklist",
            "control_figures",
        ),
    ),
    ("log", _("Vem har sett vad"), "log", ("log",)),
    ("log_requests", _("Begäran om logg"), "log_requests", ("log_requests",)),
    ("subject_requests", _("Registerutdrag"), "subject_requests", ("subject_requests", "subject_request")),
    ("access", _("Behörigheter"), "access", ("access",)),
    ("board_list", _("Nämnder"), "boards", ("board_list", "board")),
]
"""Address, word, door, and the pages on which it is marked."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    viewer = getattr(request, "viewer", None)
    match = getattr(request, "resolver_match", None)
    page = match.url_name if match else ""
    menu = [
        {"address": address, "word": word, "current": page in pages}
        for address, word, door, pages in MENU
        if viewer and (not door or may_enter(viewer, door))
    ]
    return {
        "base": "portal/base.html" if getattr(getattr(request, "user", None), "external", False) else "base.html",
        "easy": request.COOKIES.get("easy") == "1",
        "menu": menu,
        "viewer": viewer,
        "may_observe": bool(viewer and may_enter(viewer, "observe")),
        "day_today": timezone.localdate(),
        "languages": settings.LANGUAGES,
        "made_up_city": settings.TILLIT.made_up_city,
        "scheme": request.COOKIES.get("scheme", "auto"),
    }
