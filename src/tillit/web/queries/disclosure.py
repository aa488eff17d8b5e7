"""The table of who may be told what, as a page shows it: content alone, and nothing of any matter."""

from datetime import date

from tillit.catalogue import Disclosure, ProcessField, Recipient
from tillit.web.rules.content import catalogue
from tillit.web.rules.disclosure import rows_for


def recipients() -> dict[str, Recipient]:
    """Everyone outside the board whom the table knows."""
    return catalogue().recipients


def subjects() -> ProcessField:
    """What information may be about: the field that the secrecy test asks."""
    return catalogue().processes["disclosure"].fields["subject"]


def provisions(to: str, about: str, day: date) -> list[Disclosure]:
    """The provisions that hold for a recipient and a kind of information on a day."""
    return rows_for(catalogue(), to=to, about=about, day=day)
