"""What every request passes: size, language, log-in, the viewer with the scope of boards, and refusals told well."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from tillit.errors import RefusedError
from tillit.web.actions import once
from tillit.web.actions.log import reads_written_last
from tillit.web.rules.file_content import largest
from tillit.web.rules.portal import Outsider, outsider_of
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import viewer_of
from tillit.web.views import errors
from tillit.web.views.request import OutsideRequest, ViewerRequest

Respond = Callable[[HttpRequest], HttpResponse]

ALSO_OUTSIDE = {"account_login", "account_logout", "signed_out", "choice"}
"""What those outside reach beside the portal."""

AROUND = 2**20
"""What a form may hold beside the largest file."""


def not_too_large(get_response: Respond) -> Respond:
    """Refuses by its stated length, before a byte of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        stated = request.META.get("CONTENT_LENGTH") or "0"
        if stated.isdigit() and int(stated) > largest() + AROUND:
            return errors.too_large(request, limit=largest())
        return get_response(request)

    return middleware


def language(get_response: Respond) -> Respond:
    """Swedish, unless the account or (before log-in) the cookie says otherwise.

    Not the browser's own wish: many municipal browsers are installed in English for readers of Swedish.
    """
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        wished = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if request.user.is_authenticated:
            wished = request.user.language
        chosen = wished if wished in known else settings.LANGUAGE_CODE
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = get_response(request)
            response.headers.setdefault("Content-Language", chosen)
            return response

    return middleware


class LoggedIn(LoginRequiredMiddleware):
    """Every page asks for a log-in unless it says `login_not_required`; what was written is not lost."""

    def handle_no_permission(  # type: ignore[override]  # Django's own says that it only redirects
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """A page: to the log-in. A form or a part of a page: a page that gives back what was written."""
        if request.method == "POST" or request.headers.get("HX-Request"):
            return errors.logged_out(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            messages.info(request, errors.ENDED)
        return super().handle_no_permission(request, view_func)


def lasting(get_response: Respond) -> Respond:
    """Lets a session last as long as someone works: counted anew once every five minutes, not at every request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            if now - request.session.get("seen_at", 0) > timedelta(minutes=5).total_seconds():
                request.session["seen_at"] = now
        response = get_response(request)
        if request.user.is_authenticated:
            # Pages hold personal data: no copy in the browser's or a proxy's store.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def viewer(get_response: Respond) -> Respond:
    """The middleware: `request.viewer`, and a scope around everything that the request does."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        if request.user.external:
            return _outside(request, outsider_of(request.user, timezone.now()), get_response)
        if request.user.password_is_given and not _opens_unchanged(request):
            return redirect("account_change_password")
        found = viewer_of(request.user, timezone.now())
        cast(ViewerRequest, request).viewer = found
        with within(found.boards()), reads_written_last(), once.form(lambda: _form(request)):
            return get_response(request)

    return middleware


def _opens_unchanged(request: HttpRequest) -> bool:
    # What someone reaches whose password another has made: the page that changes it, and the way out.
    try:
        return resolve(request.path_info).url_name in {
            "account_change_password",
            "account_reauthenticate",
            *ALSO_OUTSIDE,
        }
    except Resolver404:
        return False


def _outside(request: HttpRequest, found: Outsider | None, get_response: Respond) -> HttpResponse:
    # Someone outside has the portal and the way out of it. No other page is there, whatever its own view says.
    if found:
        cast(OutsideRequest, request).outsider = found
    boards = {one.board_id for one in found.bound} if found else set()
    with within(boards), reads_written_last(), once.form(lambda: _form(request)):
        try:
            name = resolve(request.path_info).url_name or ""
        except Resolver404:
            name = ""
        if name not in ALSO_OUTSIDE and not (name.startswith("portal") and found):
            return errors.not_found(request)
        return get_response(request)


def _form(request: HttpRequest) -> str:
    if request.method != "POST" or not request.user.pk:
        return ""
    sent = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    return once.key_of(request.user.pk, request.path, {name: [str(one) for one in sent[name]] for name in sent})


def refused(get_response: Respond) -> Respond:
    """Tells a refusal as a page: what, and what to do. Everything else that goes wrong is ours (500)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        return errors.refused(request, error) if isinstance(error, RefusedError) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
