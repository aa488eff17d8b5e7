"""Pours rows into a table faster than Django can: COPY on PostgreSQL, one prepared INSERT on SQLite."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

AT_ONCE = 20_000


def pour(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Writes rows; a column that a row does not give has the default of its field, so that new columns are no trouble.

    Takes: values by attname (`board_id`, not `board`), the key too; JSON as text. Gives: how many.
    """
    fields = model._meta.local_concrete_fields
    ways = [(one.attname, _as_kept(one), _default(one)) for one in fields]
    values = (tuple(kept(row[name]) if name in row else default for name, kept, default in ways) for row in rows)
    write = _copied if connection.vendor == "postgresql" else _inserted
    with transaction.atomic():
        return write(model._meta.db_table, [one.column for one in fields], values)


def _copied(table: str, columns: list[str], values: Iterator[tuple[Any, ...]]) -> int:
    number, names, key = 0, ", ".join(f'"{column}"' for column in columns), columns[0]
    with connection.cursor() as cursor:
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in values:
                copy.write_row(row)
                number += 1
        # Where keys are counted by the database it counts on from here; elsewhere there is nothing to set.
        series = f"pg_get_serial_sequence('{table}', '{key}')"
        cursor.execute(f'SELECT setval({series}, (SELECT max("{key}") FROM "{table}")) WHERE {series} IS NOT NULL')
    return number


def _inserted(table: str, columns: list[str], values: Iterator[tuple[Any, ...]]) -> int:
    number, names = 0, ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("?" * len(columns))
    while batch := list(islice(values, AT_ONCE)):
        # Past Django's cursor, which reads the statement anew for each call.
        connection.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', batch)
        number += len(batch)
    return number


def _default(field: "models.Field[Any, Any]") -> Any:
    return field.get_db_prep_save(field.get_default(), connection) if field.has_default() or field.null else ""


def _as_kept(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    if isinstance(field, models.DateField):  # and DateTimeField, which is one
        return cache(lambda value: field.get_db_prep_save(value, connection))
    return lambda value: value
