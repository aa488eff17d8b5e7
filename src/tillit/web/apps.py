"""The one Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Everything in the browser is this app: protection comes from floors and scopes, not from app borders."""

    name = "tillit.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Tillit"
