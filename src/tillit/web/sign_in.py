"""Where allauth asks how people log in here: no sign-up, roles from claims, nothing kept of what was claimed."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from tillit.web.actions.sign_in import signed_in, sync_roles
from tillit.web.models import User
from tillit.web.queries.account import waiting_account
from tillit.web.rules.claims import claimed, named_claims, values_of


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the identity provider or by the access administrator; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """A password of one's own opens what one that someone else had made did not."""
        user.password_is_given = False
        super().set_password(user, password)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """One's work; for those outside the portal."""
        if getattr(request.user, "external", False):
            return reverse("portal")
        return str(super().get_login_redirect_url(request))

    def post_login(self, request: HttpRequest, user: User, **given: Any) -> HttpResponse:
        """After every log-in, in whatever way."""
        signed_in(user, now=timezone.now())
        response: HttpResponse = super().post_login(request, user, **given)
        return response


class IdentityProviders(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The municipality's own identity provider knows its people: who it lets in has an account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Always: it may give no role, and then there is nothing to see."""
        return True

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """A name for the account. What was claimed is read here, before anything is stored, and let go."""
        user: User = super().populate_user(request, sociallogin, data)
        full = " ".join(filter(None, (data.get("first_name"), data.get("last_name"))))
        user.name = str(data.get("name") or full or user.username or sociallogin.account.uid)[:200]
        user.username = user.username or sociallogin.account.uid
        values = values_of(sociallogin.account.extra_data, settings.TILLIT.claims)
        sociallogin.claimed = claimed(values, named_claims()).roles
        sociallogin.account.extra_data = {}
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """At every log-in of someone known, the roles become those that are claimed now."""
        if not sociallogin.is_existing:
            waiting = waiting_account(sociallogin.user.username)
            if waiting:
                sociallogin.connect(request, waiting)
        if sociallogin.is_existing:
            sync_roles(sociallogin.user, claimed=sociallogin.claimed, now=timezone.now())

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """The first log-in of someone new."""
        user: User = super().save_user(request, sociallogin, form)
        sync_roles(user, claimed=sociallogin.claimed, now=timezone.now())
        return user


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and one-time codes, for accounts that log in here and not at the identity provider."""

    def encrypt(self, text: str) -> str:
        """The key of one-time codes as it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The key of one-time codes as it was."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = hashlib.sha256(b"second factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
