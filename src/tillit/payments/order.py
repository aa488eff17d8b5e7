"""An order of payments: who pays, whom, how much and when. What cannot be paid as it stands is refused at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tillit.errors import RefusedError
from tillit.identifiers import parse_bankgiro, parse_iban, parse_plusgiro

LONGEST_ID = 35
"""Of an id in ISO 20022 (Max35Text)."""


class NotPayableError(RefusedError):
    """The order cannot be paid as it stands."""


@dataclass(frozen=True)
class Payer:
    """Who pays: the municipality, its organisation number, and the account that the money is drawn from."""

    name: str
    number: str
    account: str


@dataclass(frozen=True)
class Payment:
    """One payment. `account` tells its kind: BG:, PG: or BA: and the number; `reference` is what the payee is told."""

    id: str
    payee_name: str
    payee_number: str
    account: str
    ore: int
    reference: str
    month: date | None = None


@dataclass(frozen=True)
class Order:
    """The payments of one file, all on one day and from one account.

    Raises: NotPayableError for an order of nothing, an id that comes twice or is too long, an amount that is not above
    zero, an account that nobody can be paid on.
    """

    id: str
    made_at: datetime
    pay_on: date
    payer: Payer
    payments: Sequence[Payment]

    def __post_init__(self) -> None:
        if not self.payments:
            raise NotPayableError("Det finns inget att betala", where=self.id)
        twice = [name for name, times in Counter(one.id for one in self.payments).items() if times > 1]
        if twice:
            raise NotPayableError(f"Betalningen {twice[0]} står två gånger", where=self.id)
        account_parts(self.payer.account, where=self.id)
        for one in self.payments:
            if one.ore <= 0:
                raise NotPayableError("Beloppet är inte större än noll", where=one.id)
            if len(one.id) > LONGEST_ID:
                raise NotPayableError(f"Numret är längre än {LONGEST_ID} tecken", where=one.id)
            account_parts(one.account, where=one.id)

    @property
    def total_ore(self) -> int:
        """All payments together, in whole öre."""
        return sum(one.ore for one in self.payments)


def account_parts(account: str, *, where: str = "") -> tuple[str, str]:
    """The kind of an account (BG, PG, BA or IBAN) and its number, compact.

    Raises: NotPayableError where it is none that can be paid on.

    >>> account_parts("BG:991-2346")
    ('BG', '9912346')
    """
    kind, _, given = account.partition(":")
    number = "".join(one for one in given if one.isalnum()).upper()
    giro = {"BG": parse_bankgiro, "PG": parse_plusgiro}.get(kind)
    if giro and giro(number).verdict.is_valid:
        return kind, number
    if kind == "BA" and number[:2].isalpha() and parse_iban(number).verdict.is_valid:
        return "IBAN", number
    if kind == "BA" and number.isdecimal() and 11 <= len(number) <= 16:
        return kind, number
    raise NotPayableError("Kontot är inget bankgiro, plusgiro, bankkonto eller IBAN", where=where)
