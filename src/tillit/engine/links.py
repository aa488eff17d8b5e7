"""Links between providers: what two of them share of people in a role, accounts and addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tillit.catalogue import Catalogue
from tillit.engine.delivered import lay_out, parquet_files
from tillit.engine.duckdb import connect
from tillit.store import Delivery, Store

SharedKind = Literal["role", "account", "address"]

TABLES = ("provider_role", "bank_account", "provider")
"""What links are read from; nothing else is laid out."""


@dataclass(frozen=True)
class Side:
    """One provider of a link: its number, the roles held there by the person they share, and when."""

    provider: str
    roles: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Link:
    """Two providers that share one thing. Whose role, which account and what address it is, the link does not say."""

    kind: SharedKind
    one: Side
    other: Side


def provider_links(
    store: Store, catalogue: Catalogue, deliveries: Sequence[Delivery], *, most: int, memory: str = "1GB"
) -> list[Link]:
    """Every link between two providers, the smaller number first.

    Takes: `most`, the largest number of providers that may share a thing for it to be a link: the account of a
    factoring company or the address of an office hotel joins hundreds and says nothing of any of them.
    A sole trader's address is a home, and is not compared.
    """
    wanted = {name: files for name, files in parquet_files(store, catalogue, deliveries).items() if name in TABLES}
    with connect([path for files in wanted.values() for path in files], memory=memory) as connection:
        lay_out(connection, catalogue, wanted, deliveries)
        rows = connection.execute(_LINKS, {"most": most}).fetchall()
    return [
        Link(kind, Side(one, tuple(one_roles), one_from, one_to), Side(other, tuple(other_roles), other_from, other_to))
        for kind, one, one_roles, one_from, one_to, other, other_roles, other_from, other_to in rows
    ]


_LINKS = r"""
WITH shared AS (
  SELECT
    'role' AS kind, CAST(person_id AS VARCHAR) AS thing, provider_id, LIST(DISTINCT role ORDER BY role) AS roles,
    MIN(valid_from) AS first, NULLIF(MAX(COALESCE(valid_to, DATE '9999-12-31')), DATE '9999-12-31') AS last
  FROM provider_role WHERE person_id IS NOT NULL GROUP BY person_id, provider_id
  UNION ALL
  SELECT 'account', account, provider_id, [], MIN(valid_from),
    NULLIF(MAX(COALESCE(valid_to, DATE '9999-12-31')), DATE '9999-12-31')
  FROM bank_account WHERE account IS NOT NULL AND provider_id IS NOT NULL GROUP BY account, provider_id
  UNION ALL
  SELECT DISTINCT 'address', REGEXP_REPLACE(UPPER(address), '[^0-9A-ZÅÄÖÉ]+', '', 'g'), provider_id, [],
    CAST(NULL AS DATE), CAST(NULL AS DATE)
  FROM provider
  -- A sole trader is known by a code, which begins with a letter.
  WHERE LENGTH(TRIM(address)) > 0 AND provider_id NOT LIKE 'E-%'
), few AS (
  SELECT kind, thing FROM shared GROUP BY kind, thing HAVING COUNT(DISTINCT provider_id) BETWEEN 2 AND $most
)
SELECT
  kind, one.provider_id, one.roles, one.first, one.last, other.provider_id, other.roles, other.first, other.last
FROM few
JOIN shared AS one USING (kind, thing)
JOIN shared AS other USING (kind, thing)
WHERE one.provider_id < other.provider_id
ORDER BY kind DESC, one.provider_id, other.provider_id, one.first, other.first, one.roles, other.roles
"""
