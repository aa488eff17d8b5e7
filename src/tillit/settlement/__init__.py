"""The month of assistance settled to the öre: decided, reported, approved, priced, held against what was paid."""

from tillit.settlement.decision import AboveCapError, Cover, Decision, DoubleSlot, Per
from tillit.settlement.fill import Carried
from tillit.settlement.month import Advance, Cost, Settled, settle
from tillit.settlement.outcome import OPEN, Action, Line, action_of
from tillit.settlement.permit import PermitSpan, Standing, standing_on
from tillit.settlement.reported import Stretch
from tillit.settlement.terms import Terms

__all__ = [
    "OPEN",
    "AboveCapError",
    "Action",
    "Advance",
    "Carried",
    "Cost",
    "Cover",
    "Decision",
    "DoubleSlot",
    "Line",
    "Per",
    "PermitSpan",
    "Settled",
    "Standing",
    "Stretch",
    "Terms",
    "action_of",
    "settle",
    "standing_on",
]
