"""Requests for lines of the log: one's own, and those that wait for who grants them."""

from django.db.models import Q, QuerySet

from tillit.units import Period
from tillit.web.models import Entry, LogRequest, User
from tillit.web.queries.log import lines_for
from tillit.web.rules.doors import may_enter
from tillit.web.rules.viewer import Viewer, viewer_of


def log_requests(viewer: Viewer) -> QuerySet[LogRequest]:
    """What the viewer has asked for, and for who grants what others have asked for; the newest first."""
    seen = Q(by=viewer.user) if may_enter(viewer, "log_ask") else Q(pk__in=[])
    if may_enter(viewer, "log_export"):
        seen |= ~Q(by=viewer.user)
    return LogRequest.objects.filter(seen).select_related("by", "person", "settled_by").order_by("-at", "-pk")


def granted_lines(request: LogRequest, granted_by: User, viewer: Viewer) -> QuerySet[Entry]:
    """The lines that a request gives: what was asked for, of what the one who granted it may read today."""
    found = lines_for(viewer_of(granted_by, viewer.now))
    if request.matter:
        found = found.filter(matter=request.matter)
    if request.person:
        found = found.filter(by=request.person)
    if request.first and request.last:
        period = Period(request.first, request.last)
        found = found.filter(at__gte=period.starts_at, at__lt=period.ends_at)
    return found
