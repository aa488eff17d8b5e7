"""What a document says of itself: who sends it, in which matter, who answers for it, and of which day it is."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Head:
    """The identity of one document. There is no clock in a document: its day is given."""

    board: str
    number: str
    title: str
    code: str
    day: date
    unit: str = ""
    registry_number: str = ""
    handler: str = ""
    recipient: str = ""
