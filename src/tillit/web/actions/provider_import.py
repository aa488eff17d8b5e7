"""Brings what a delivery says of providers into what all boards share: facts, permits, contracts, who uses whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pyarrow.parquet import ParquetFile

from tillit.engine import Link
from tillit.store import Store
from tillit.web.models import Board, Contract, GrantGiven, Permit, Provider, ProviderLink, Use

SOLE_TRADER = "Enskild firma"
"""The name shown of one: the firm is often called what its owner is called (Z3)."""

_USED = ("time_entry", "invoice", "payment")
_FACTS = ("legal_form", "status", "status_on", "registered_on", "f_tax", "employer")


def bring_providers(store: Store, sha256: str, *, board: Board, day: date) -> None:
    """Brings in one delivery, as a part of another action, which holds the transaction. Done again it gives the same.

    Takes: the day it was read, from which a provider that it names is known to be used where nothing older says so.
    """
    for row in _rows(store, "provider", sha256):
        _bring_facts(row)
    for row in _rows(store, "permit", sha256):
        given = _only(row, "valid_to", "status", "status_on", "read_on")
        known = {"service_type": row["service_type"], "authority": row.get("authority") or "ivo"}
        provider = _provider(row["provider_id"])
        Permit.objects.update_or_create(provider=provider, valid_from=row["valid_from"], **known, defaults=given)
    for row in _rows(store, "exclusion", sha256):
        _provider(row["provider_id"], row.get("name") or "")
    for row in _rows(store, "grant_payment", sha256):
        _bring_grant(row)
    used: dict[str, date] = {}
    for row in _rows(store, "contract", sha256):
        given = _only(row, "form", "valid_to", "option_to")
        known = {"board": board, "service_area": row["service_area"], "valid_from": row["valid_from"]}
        Contract.objects.update_or_create(provider=_provider(row["provider_id"]), **known, defaults=given)
        used[row["provider_id"]] = min(row["valid_from"], used.get(row["provider_id"], row["valid_from"]))
    for number in sorted(_named(store, sha256)):
        used.setdefault(number, day)
    for number, since in used.items():
        if _has_ended(number, board, since):
            continue
        Use.objects.get_or_create(provider=_provider(number), board=board, until=None, defaults={"since": since})


def _has_ended(number: str, board: Board, since: date) -> bool:
    # A bill for the last months names a provider that the board has ended with: only a newer contract begins anew.
    ended = Use.objects.filter(provider__number=number, board=board).exclude(ended_because="")
    return ended.filter(until__gte=since).exists() or (ended.exists() and not _contract_since(number, board, since))


def _contract_since(number: str, board: Board, since: date) -> bool:
    return Contract.objects.filter(provider__number=number, board=board, valid_from=since).exists()


def bring_names(names: Mapping[str, str]) -> None:
    """Providers that only invoices and ledgers name. What a register says of a provider stands."""
    known = set(Provider.objects.filter(number__in=names).values_list("number", flat=True))
    for number, name in names.items():
        if number not in known:
            _provider(number, name)
    for number in known:
        Provider.objects.filter(number=number, name="", is_person=False).update(name=names[number][:200])


def bring_links(links: Sequence[Link], *, board: Board, day: date) -> None:
    """What a board's deliveries say that two providers share, in the place of what they said before.

    A part of another action, which holds the transaction.
    """
    ProviderLink.objects.filter(board=board).delete()
    numbers = {side.provider for link in links for side in (link.one, link.other)}
    known = {number: _provider(number) for number in sorted(numbers)}
    ProviderLink.objects.bulk_create(
        ProviderLink(
            one=known[link.one.provider],
            other=known[link.other.provider],
            kind=link.kind,
            one_roles=list(link.one.roles),
            other_roles=list(link.other.roles),
            one_from=link.one.valid_from,
            one_to=link.one.valid_to,
            other_from=link.other.valid_from,
            other_to=link.other.valid_to,
            board=board,
            read_on=day,
        )
        for link in links
    )


def _bring_grant(row: Mapping[str, Any]) -> None:
    given = _only(row, "period_from", "period_to", "amount_ore", "report_due_on", "report_approved_on")
    given |= {"provider": _provider(row["provider_id"]), "purpose": row["purpose"][:200]}
    known = {"board_name": row["board"][:200], "number": row["grant_id"][:60]}
    GrantGiven.objects.update_or_create(**known, defaults=given)


def _bring_facts(row: Mapping[str, Any]) -> None:
    provider = _provider(row["provider_id"], row["name"])
    for name, value in _only(row, *_FACTS).items():
        setattr(provider, name, value)
    if not provider.is_person:
        provider.name = row["name"][:200]
    if row.get("service_area"):
        provider.service_areas = sorted({*provider.service_areas, row["service_area"]})
    provider.save()


def _provider(number: str, name: str = "") -> Provider:
    is_person = not number.isdecimal()  # a personal number is in the store as a code alone
    shown = SOLE_TRADER if is_person else name[:200]
    return Provider.objects.get_or_create(number=number, defaults={"name": shown, "is_person": is_person})[0]


def _only(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names if row.get(name) is not None}


def _rows(store: Store, table: str, sha256: str) -> Iterator[dict[str, Any]]:
    for file in store.parquet(table, [sha256]):
        for batch in ParquetFile(file).iter_batches(batch_size=5000):
            yield from batch.to_pylist()


def _named(store: Store, sha256: str) -> set[str]:
    """The providers that a delivery bills, reports or pays for."""
    found: set[str] = set()
    for table in _USED:
        for file in store.parquet(table, [sha256]):
            parquet = ParquetFile(file)
            if "provider_id" in parquet.schema_arrow.names:
                found |= set(_distinct(parquet))
    return found


def _distinct(parquet: ParquetFile) -> Iterable[str]:
    for batch in parquet.iter_batches(columns=["provider_id"]):
        yield from filter(None, batch.column(0).unique().to_pylist())
