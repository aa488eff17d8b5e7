"""Gives each request its viewer and the scope of the viewer's boards; without a viewer there is no scope."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_scopes import scope

from tillit.web.rules.viewer import Viewer, viewer_of


class ViewerRequest(HttpRequest):
    """A request of someone who is logged in."""

    viewer: Viewer


def viewer(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware: `request.viewer`, and a scope around everything that the request does."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        found = viewer_of(request.user, timezone.localdate())
        cast(ViewerRequest, request).viewer = found
        with scope(board=found.boards()):
            return get_response(request)

    return middleware
