"""Django's settings: SQLite unless told otherwise; nothing here is a secret."""

from pathlib import Path

from tillit.web import configuration

TILLIT = configuration.read()
HERE = Path(__file__).parent

SECRET_KEY = TILLIT.secret_key
DEBUG = TILLIT.debug
ALLOWED_HOSTS = TILLIT.hosts
DATABASES = {"default": TILLIT.database}
ROOT_URLCONF = "tillit.web.urls"
WSGI_APPLICATION = "tillit.web.wsgi.application"
AUTH_USER_MODEL = "web.User"
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
STATIC_URL = "/static/"
STATIC_ROOT = TILLIT.folder / "static"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
EMAIL_HOST = TILLIT.mail_host
DEFAULT_FROM_EMAIL = TILLIT.mail_from
_MAIL = "smtp" if TILLIT.mail_host else "dummy" if TILLIT.made_up_city else "console"
EMAIL_BACKEND = f"django.core.mail.backends.{_MAIL}.EmailBackend"

INSTALLED_APPS = [
    "tillit.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *(["allauth.socialaccount.providers.saml"] if TILLIT.saml else []),
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tillit.web.middleware.not_too_large",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tillit.web.middleware.language",
    "tillit.web.middleware.LoggedIn",
    "tillit.web.middleware.lasting",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tillit.web.middleware.viewer",
    "tillit.web.middleware.refused",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "tillit.web.views.frame.frame",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tillit.web.templatetags.values",
                "tillit.web.templatetags.content",
                "tillit.web.templatetags.graph",
            ],
        },
    }
]

# How often someone has tried to log in is counted for all workers together, not for each.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": TILLIT.folder / "cache",
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
FORM_RENDERER = "tillit.web.forms.renderer.DesignsystemetRenderer"

ACCOUNT_ADAPTER = "tillit.web.sign_in.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
SOCIALACCOUNT_ADAPTER = "tillit.web.sign_in.IdentityProviders"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "kommun",
                "name": one.name,
                "client_id": one.client,
                "secret": one.secret,
                "settings": {"server_url": one.server},
            }
            for one in [TILLIT.identity]
            if one
        ],
    },
    "saml": {
        "APPS": [
            {
                "provider_id": one.entity,
                "name": "SAML",
                "client_id": "saml",
                "settings": {"idp": {"entity_id": one.entity, "metadata_url": one.metadata}},
            }
            for one in [TILLIT.saml]
            if one
        ]
    },
}
MFA_ADAPTER = "tillit.web.sign_in.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tillit"
MFA_TOTP_TOLERANCE = 1  # a telephone that is half a minute off
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

SESSION_COOKIE_AGE = 60 * 60  # without a page: middleware.lasting counts anew as long as someone works
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not (TILLIT.debug or TILLIT.made_up_city)
LANGUAGE_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tillit.web.views.errors.csrf"
WHITENOISE_USE_FINDERS = True  # the files lie in the package: there is no step that collects them
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        # A browser holds the whole chain of redirects after a form to this, also the one to the identity provider.
        "form-action": ["'self'", *(one.origin() for one in (TILLIT.identity, TILLIT.saml) if one)],
        "base-uri": ["'none'"],
    }
}
