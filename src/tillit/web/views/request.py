"""The request of someone who is logged in, the time it came, and the doors that are not there for everyone."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from tillit.web.rules.doors import may_enter
from tillit.web.rules.portal import Outsider
from tillit.web.rules.viewer import Viewer


class ViewerRequest(HttpRequest):
    """A request of someone who is logged in: the middleware has put its viewer on it."""

    viewer: Viewer


class OutsideRequest(HttpRequest):
    """A request of someone outside: the middleware has put on it who it is, where something is held now."""

    outsider: Outsider


View = Callable[..., HttpResponse]


def for_outsiders(view: View) -> View:
    """A page of the portal: it does not exist for the staff, nor for an account that is bound to nothing now."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if getattr(request, "outsider", None) is None:
            raise Http404
        return view(request, *args, **kwargs)

    return seen


def behind(door: str) -> Callable[[View], View]:
    """A view behind a door (rules/doors.py): the page does not exist for those who may not enter."""

    def shut(view: View) -> View:
        @wraps(view)
        def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may_enter(cast(ViewerRequest, request).viewer, door):
                # Never 403: that would say that there is something.
                raise Http404
            return view(request, *args, **kwargs)

        return seen

    return shut


def wants_part(request: HttpRequest) -> bool:
    """Whether a part of the page is asked for by script; a page that the reader goes back to is asked for whole."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def as_file(name: str, content: bytes) -> HttpResponse:
    """A file to save. The browser is told to show nothing of it and to guess at nothing in it."""
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"
    return answer


def now() -> datetime:
    """The time of this request: the one place where a view reads the clock."""
    return timezone.now()
