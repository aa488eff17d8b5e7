"""What a settlement says: its lines, and what to do with the difference."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Action = Literal["pay", "nothing", "set_off", "claim_back", "examine"]

OPEN = frozenset({"under_review", "approval_missing", "permit_unclear"})
"""Codes of time that nobody has decided about yet: as long as there is any, nothing is asked back."""


@dataclass(frozen=True)
class Line:
    """One figure: its code in content/codes/settlement_lines, and the rows it was counted from.

    `of` is what it is about: a kind of time, or a code for what was not approved.
    """

    code: str
    of: str = ""
    decision: str = ""
    minutes: int = 0
    """Minutes by the clock."""
    weighted28: int = 0
    """Payable time, in 28ths of a minute."""
    rate: Fraction | None = None
    ore: int = 0
    rows: tuple[str, ...] = ()


def action_of(difference: int, *, examine: bool, may_set_off: bool) -> Action:
    """What to do with a difference: above zero the municipality owes, below it has paid too much.

    What nobody disputes is paid. Nothing is asked back while something is open, and a surplus is set off against the
    next month only by law or with consent; otherwise it becomes a case of recovery, where the client is heard.

    Law: 1993:387 12 §; HFD 2143-21 (a missing report alone is no ground).

    >>> [action_of(-1, examine=False, may_set_off=consent) for consent in (True, False)]
    ['set_off', 'claim_back']
    >>> action_of(-1, examine=True, may_set_off=True), action_of(1, examine=True, may_set_off=False)
    ('examine', 'pay')
    """
    if difference > 0:
        return "pay"
    if examine:
        return "examine"
    if difference == 0:
        return "nothing"
    return "set_off" if may_set_off else "claim_back"
