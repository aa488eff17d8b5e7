"""The second wall, on PostgreSQL: row-level security, so that the database itself shows only the boards in scope.

The first wall is Python's (models/scoping.py) and stands on SQLite too; nothing is secured here alone.
Every model of the first wall gets its policy from its manager, so that a new model is never forgotten. It holds for
the owner of the tables too: a migration that reads rows puts the boards in scope itself, or finds none.
"""

from typing import Any

from django.apps import apps
from django.db import ProgrammingError, models
from django.db.backends.base.base import BaseDatabaseWrapper

from tillit.errors import RefusedError
from tillit.web.models.scoping import OfBoard

APP_ROLE = "tillit_app"
"""The role that every request works as; nobody logs in as it, and it cannot pass by a policy."""

BOARDS = "tillit.boards"
"""The setting that holds the boards in scope, as {1,2}; it lives as long as the transaction."""

# In a SELECT of its own, so that PostgreSQL reads the setting once a query and not once a row.
IN_SCOPE = f"ANY ((SELECT coalesce(nullif(current_setting('{BOARDS}', true), ''), '{{}}')::bigint[])::bigint[])"


_NOT_ALLOWED = "42501"


class NoRoleError(RefusedError):
    """The log-in has no CREATEROLE, and nobody has made the role for it."""


def lay(connection: BaseDatabaseWrapper) -> None:
    """Makes the role, its rights and a policy for every scoped table. It can be done again at any time."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        try:
            for statement in _role_and_rights():
                cursor.execute(statement)
        except ProgrammingError as fault:
            if getattr(fault.__cause__, "sqlstate", "") != _NOT_ALLOWED:
                raise
            cursor.execute("SELECT session_user")
            name = cursor.fetchone()[0]
            raise NoRoleError(
                f"the log-in '{name}' may neither make the role {APP_ROLE} nor work as it",
                where="database",
                fix=f"as the server's keeper: CREATE ROLE {APP_ROLE} NOLOGIN NOINHERIT; GRANT {APP_ROLE} TO {name};",
            ) from None
        for table, condition in policies().items():
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
            cursor.execute(f'DROP POLICY IF EXISTS boards_in_scope ON "{table}"')
            cursor.execute(f'CREATE POLICY boards_in_scope ON "{table}" USING ({condition})')


def policies() -> dict[str, str]:
    """The condition that each scoped table's rows must meet, by table."""
    found = {}
    for model in apps.get_app_config("web").get_models(include_auto_created=True):
        condition = _condition(model)
        if condition:
            found[model._meta.db_table] = condition
    # A line about no board (a log-in) is everybody's to write; who may read the log is asked in queries/log.py.
    found["web_entry"] = f"board = '' OR board IN (SELECT slug FROM web_board WHERE id = {IN_SCOPE})"
    return found


def _condition(model: type[models.Model]) -> str | None:
    side: Any = model._meta.auto_created
    if side:  # the table between two models: it follows the one that holds it
        column = next(field.column for field in model._meta.fields if field.related_model is side)
        return f'EXISTS (SELECT 1 FROM web_matter m WHERE m.id = "{column}")' if side._meta.parents else None
    for pointer in filter(None, model._meta.parents.values()):
        return f'EXISTS (SELECT 1 FROM web_matter m WHERE m.id = "{pointer.column}")'
    manager = model._meta.default_manager
    if not isinstance(manager, OfBoard):
        return None
    match manager.path:
        case "board":
            return f"board_id = {IN_SCOPE}"
        case "matter__board":
            # The policy of web_matter holds inside too: a matter of another board is not there.
            return "EXISTS (SELECT 1 FROM web_matter m WHERE m.id = matter_id)"
        case "sample__board":
            # As with a matter: a sample of another board is not there.
            return "EXISTS (SELECT 1 FROM web_sample s WHERE s.id = sample_id)"
        case path:
            raise AssertionError(f"{model.__name__}: no policy is written for the path {path}")


def _role_and_rights() -> list[str]:
    return [
        # Where another installation on the same server has made the role, its keeper grants it by hand.
        f"""DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN
                CREATE ROLE {APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT;
            END IF;
            BEGIN
                GRANT {APP_ROLE} TO CURRENT_USER;
            EXCEPTION WHEN insufficient_privilege THEN NULL;
            END;
        END $$""",
        f"SET ROLE {APP_ROLE}",
        "RESET ROLE",
        f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}",
        # What no request has to change: the log, what is gated, how the database is made.
        f"REVOKE UPDATE, DELETE, TRUNCATE ON web_entry, web_dispatch, web_documentfile FROM {APP_ROLE}",
        f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON web_gate, web_seal, django_migrations FROM {APP_ROLE}",
    ]


def why_not_safe(connection: BaseDatabaseWrapper) -> str:
    """Why row-level security would not hold for the one logged in; empty where it does, or there is none."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user")
        name, passes = cursor.fetchone()
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        forced = {row[0] for row in cursor.fetchall()}
    if passes:
        return f"the log-in '{name}' is a superuser or has BYPASSRLS: row-level security does not hold for it"
    bare = sorted(set(policies()) - forced)
    return f"no row-level security on {', '.join(bare)}" if bare else ""
