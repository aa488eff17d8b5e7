"""The one Django app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class WebConfig(AppConfig):
    """Everything in the browser is this app: protection comes from floors and scopes, not from app borders."""

    name = "tillit.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Tillit"

    def ready(self) -> None:
        """Has the walls of the database laid anew after every migration: it may have taken some of them down.

        And every effect of a step is known before the first step is taken.
        """
        from tillit.web.actions import board_paper, permit, signal  # noqa: F401  # models are there only when every app is ready

        pre_migrate.connect(_take_walls, sender=self)
        post_migrate.connect(_lay_walls, sender=self)


def _take_walls(sender: AppConfig, using: str, plan: list[Any], **_: Any) -> None:
    # SQLite makes a table anew under another name, and cannot give it its own back while a trigger speaks of it.
    # If the migration fails the walls are still down, and Tillit does not start before they stand again.
    from tillit.web.models import walls

    if plan and connections[using].vendor == "sqlite":
        walls.take_away(connections[using])


def _lay_walls(sender: AppConfig, using: str, **_: Any) -> None:
    # Models and content can be read only once every app is ready.
    from tillit.web.actions.start import lay_gates, lay_seals
    from tillit.web.models import second_wall, walls

    connection = connections[using]
    if "web_seal" not in connection.introspection.table_names():
        return  # a migration back to before the walls
    second_wall.lay(connection)
    walls.lay(connection)
    lay_gates()
    lay_seals()
