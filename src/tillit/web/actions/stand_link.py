"""A board that is not connected takes its position by a signed link: once, with no account, and sees nothing else."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tillit.catalogue import Due
from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.form_link import LETTERS, MOST_A_DAY, NoSuchLinkError, TooManyError
from tillit.web.actions.refusal import one_press
from tillit.web.actions.step import take_by_link
from tillit.web.models import Case, Entry, StandLink
from tillit.web.rules.deadline import ends
from tillit.web.rules.scope import within
from tillit.web.rules.stand_link import ANSWERS, OPEN_STANDS, read_token

LIFETIME = Due(parameter="signal.link_days", days="calendar")


def make_stand_link(stand: Case, *, last: date, now: datetime) -> StandLink:
    """The link of a stand, as a part of the sharing. It never outlives the signal itself."""
    expires_on = min(last, ends(LIFETIME, local_date(now)))
    made: StandLink = StandLink.objects.create(matter=stand, made_at=now, expires_on=expires_on)
    return made


def stand_link_of(token: str, *, now: datetime) -> StandLink:
    """The link of an address, where a position can still be taken by it.

    Raises: NoSuchLinkError, the same for one that is not ours, used, expired, or answered in another way.
    """
    read = read_token(token)
    if read is not None:
        with within([read[0]]):
            found = StandLink.objects.filter(matter=read[1], used_at=None, expires_on__gte=local_date(now))
            link = found.filter(matter__state__in=OPEN_STANDS).select_related("matter__board").first()
            if link is not None:
                return link
    raise NoSuchLinkError("Länken gäller inte")


def answer_by_link(link: StandLink, step: str, *, given: Mapping[str, Any], now: datetime) -> str:
    """The position of a board that is not connected.

    Gives: the receipt number.
    Changes: the link, which leads nowhere from now on, and all that the step changes.
    Raises: NoSuchLinkError where it was used a moment ago, TooManyError, WrongValueError, HeldBackError.
    """
    number = link.matter.number
    # The press lies outermost: on PostgreSQL a scope is undone with what is refused, and the line of the log with it.
    with one_press("stand by link", by=None, now=now, number=number), within([link.matter.board_id]):
        hour_ago = now - timedelta(hours=1)
        refused = Entry.objects.filter(kind="refused", what="stand by link", matter=number, at__gt=hour_ago)
        if refused.count() >= MOST_A_DAY:
            raise TooManyError("För många försök", fix="försök om en timme, eller ring samordnaren")
        receipt = "".join(secrets.choice(LETTERS) for _ in range(8))
        receipt = f"{receipt[:4]}-{receipt[4:]}"
        if step not in ANSWERS or not StandLink.objects.filter(pk=link.pk, used_at=None).update(
            used_at=now, receipt=receipt
        ):
            raise NoSuchLinkError("Länken gäller inte")
        stand = Case.objects.get(pk=link.matter_id)
        take_by_link(stand, step, now=now, given=given)
        log.write("change", "stand by link", by=None, at=now, matter=stand)
    return receipt
