"""The own account: roles, language, second factors; and the choices at the foot of every page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from tillit.web.actions.account import choose_language
from tillit.web.queries.account import grants_of
from tillit.web.views.request import ViewerRequest, now

YEAR = 365 * 24 * 60 * 60


@require_safe
def account(request: ViewerRequest) -> HttpResponse:
    """Who I am here, and what I may."""
    return render(request, "account/account.html", {"grants": grants_of(request.viewer, request.viewer.day)})


@login_not_required
@require_POST
def choice(request: HttpRequest) -> HttpResponse:
    """Language, and light or dark."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "today")
    language, scheme = request.POST.get("language", ""), request.POST.get("scheme", "")
    if language:
        outsider = getattr(request, "outsider", None)
        viewer = outsider.viewer if outsider else getattr(request, "viewer", None)
        if viewer:
            choose_language(language, by=viewer, now=now())
        if language in dict(settings.LANGUAGES):
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", httponly=True)
    if scheme in {"light", "dark", "auto"}:
        response.set_cookie("scheme", scheme, max_age=YEAR, samesite="Lax", httponly=True)
    return response
