"""Every address of Tillit."""

from allauth.account import views as allauth
from allauth.socialaccount import views as identity
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tillit.web.views import account, sign_in, today

SIGN_IN: list[URLPattern | URLResolver] = [
    path("logga-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("logga-ut/", sign_in.sign_out, name="account_logout"),
    path("utloggad/", sign_in.out, name="signed_out"),
    path("logga-in/stangt/", allauth.account_inactive, name="account_inactive"),
    path("logga-in/ny/", allauth.signup, name="account_signup"),
    path("logga-in/igen/", allauth.reauthenticate, name="account_reauthenticate"),
    path("logga-in/avbruten/", identity.login_cancelled, name="socialaccount_login_cancelled"),
    path("logga-in/fel/", identity.login_error, name="socialaccount_login_error"),
    path("logga-in/ny-kommun/", identity.signup, name="socialaccount_signup"),
    path("logga-in/oidc/", include("allauth.socialaccount.providers.openid_connect.urls")),
    *(
        [path("logga-in/", include("allauth.socialaccount.providers.saml.urls"))]
        if settings.TILLIT.saml_metadata
        else []
    ),
    path("konto/", account.account, name="account"),
    path("konto/losenord/", allauth.password_change, name="account_change_password"),
    path("konto/nycklar/", include("allauth.mfa.urls")),
]
"""Names in the middle are those that allauth looks up."""

if settings.TILLIT.saml_metadata:
    SIGN_IN.append(path("logga-in/", include("allauth.socialaccount.providers.saml.urls")))

urlpatterns: list[URLPattern | URLResolver] = [
    *SIGN_IN,
    path("val/", account.choice, name="choice"),
    path("", today.today, name="today"),
]

handler400 = "tillit.web.views.errors.bad_request"
handler403 = "tillit.web.views.errors.not_found"
handler404 = "tillit.web.views.errors.not_found"
handler500 = "tillit.web.views.errors.server_error"
