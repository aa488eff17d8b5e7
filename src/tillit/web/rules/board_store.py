"""Where a board keeps what it has been delivered: a store and a protected folder of its own, shared with no one.

Every board is an authority of its own: what one can tell of a pseudonym, another cannot, so a person has another
code at each board.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from pyarrow import compute
from pyarrow.parquet import read_schema, read_table

from tillit.store import Store, code
from tillit.units import add_months
from tillit.web.models import Board

_CLIENTS_IN = {
    "decision": ("valid_from", "valid_to"),
    "time_report": ("month", "month"),
    "time_entry": ("work_date", "work_date"),
}
"""The tables that say whose provider it is, and from when until when."""


def store_of(board: Board) -> Store:
    """The board's store; its folders are made the first time."""
    folder = _folder(board)
    return Store(folder / "store", folder / "protected")


def arrived(board: Board) -> Path:
    """Where files wait to be read: among the protected, since they hold identity numbers."""
    folder = store_of(board).persons.folder / "arrived"
    folder.mkdir(exist_ok=True)
    return folder


def protected_clients(store: Store, deliveries: Iterable[Mapping[str, Any]]) -> set[str]:
    """The codes of the clients whom any of these deliveries gives as having protected personal data."""
    found: set[str] = set()
    for file in store.parquet("client", [str(one["sha256"]) for one in deliveries]):
        rows = read_table(file, columns=["client_id", "protected_identity"]).to_pylist()
        found |= {code(row["client_id"]) for row in rows if row["protected_identity"]}
    return found


def active_decisions(store: Store, deliveries: Iterable[Mapping[str, Any]], day: date) -> int:
    """How many decisions the deliveries give as in force on a day; one that is delivered twice counts once."""
    found: set[str] = set()
    for file in store.parquet("decision", [str(one["sha256"]) for one in deliveries]):
        last = [name for name in read_schema(file).names if name == "valid_to"]  # a file may leave it out
        for row in read_table(file, columns=["decision_id", "valid_from", *last]).to_pylist():
            if row["valid_from"] <= day and day <= (row.get("valid_to") or date.max):
                found.add(str(row["decision_id"]))
    return len(found)


def assistance_by_sex(store: Store, deliveries: Iterable[Mapping[str, Any]], day: date) -> dict[str, int]:
    """How many persons have a decision on personal assistance in force on a day, by the sex that was delivered.

    A person with two decisions counts once. Where no sex was delivered, or two that differ, it is the empty word.
    """
    chosen = [str(one["sha256"]) for one in deliveries]
    sexes: dict[str, set[str]] = {}
    for file in store.parquet("client", chosen):
        if "sex" in read_schema(file).names:
            for row in read_table(file, columns=["client_id", "sex"]).to_pylist():
                sexes.setdefault(row["client_id"], set()).update(filter(None, [row["sex"]]))
    persons: set[str] = set()
    for file in store.parquet("decision", chosen):
        last = [name for name in read_schema(file).names if name == "valid_to"]
        for row in read_table(file, columns=["client_id", "service_area", "valid_from", *last]).to_pylist():
            held = row["valid_from"] <= day <= (row.get("valid_to") or date.max)
            if held and row["service_area"] == "personal_assistance":
                persons.add(row["client_id"])
    found: dict[str, int] = {}
    for person in persons:
        said = sexes.get(person, set())
        sex = next(iter(said)) if len(said) == 1 else ""
        found[sex] = found.get(sex, 0) + 1
    return dict(sorted(found.items()))


def clients_behind(store: Store, deliveries: Iterable[Mapping[str, Any]], day: date) -> dict[str, int]:
    """How many clients each provider has had in the year before a day, by decisions and time reports.

    A client with both counts once, and so does a provider that two files name. Only organisation numbers are counted:
    a sole trader is a person, and is never told of.
    """
    since, chosen = add_months(day, -12), [str(one["sha256"]) for one in deliveries]
    behind: dict[str, set[str]] = {}
    for table, (first, last) in _CLIENTS_IN.items():
        for file in store.parquet(table, chosen):
            there = set(read_schema(file).names)
            if "provider_id" not in there:
                continue
            rows = read_table(file, columns=[*({"provider_id", "client_id", first, last} & there)])
            rows = rows.filter(compute.less_equal(rows[first], day))
            if last in there:  # what has no last day goes on
                rows = rows.filter(compute.fill_null(compute.greater_equal(rows[last], since), True))
            # Each pair once, by columns: a year's times of a city are millions of rows.
            for pair in rows.group_by(["provider_id", "client_id"]).aggregate([]).to_pylist():
                if pair["provider_id"] and pair["provider_id"].isdecimal():
                    behind.setdefault(pair["provider_id"], set()).add(pair["client_id"])
    return {number: len(clients) for number, clients in sorted(behind.items())}


def _folder(board: Board) -> Path:
    return Path(settings.TILLIT.folder) / "boards" / board.slug
