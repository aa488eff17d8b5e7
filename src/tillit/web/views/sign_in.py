"""Logging in and out."""

from typing import Any

from allauth.account.views import LoginView, password_change
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tillit.web.actions.sign_in import signed_out
from tillit.web.queries.account import made_up_people
from tillit.web.rules.made_up_city import PASSWORD, is_made_up
from tillit.web.views.request import now


class SignIn(LoginView):  # type: ignore[misc]
    """The log-in page: the municipality's own log-in, accounts with a password, and the people of the made-up city."""

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """What the page shows."""
        context: dict[str, Any] = super().get_context_data(**given)
        context["identity"] = settings.TILLIT.identity
        context["saml"] = bool(settings.TILLIT.saml)
        if is_made_up():
            context["people"], context["made_up_password"] = made_up_people(), PASSWORD
        return context


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session, and says so."""
    if request.user.is_authenticated:
        signed_out(request.user, now=now())
        logout(request)
    return redirect("signed_out")


@login_not_required
def out(request: HttpRequest) -> HttpResponse:
    """The page after logging out."""
    return render(request, "account/logged_out.html")


def change_password(request: HttpRequest) -> HttpResponseBase:
    """A new password, for accounts that have one; whoever logs in at the municipality gets no second way in."""
    if not (request.user.is_authenticated and request.user.has_usable_password()):
        raise Http404
    answer: HttpResponseBase = password_change(request)
    return answer
