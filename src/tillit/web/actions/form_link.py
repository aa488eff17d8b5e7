"""A board that is not connected reports by a signed link: no account, no log-in, and nothing is shown to it."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core import signing

from tillit.catalogue import Due
from tillit.errors import RefusedError
from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.matter import new_case, tell_of_opening
from tillit.web.actions.refusal import NotForYouError, one_press
from tillit.web.actions.step import take_as_system
from tillit.web.models import Board, Entry, FormLink, Receipt
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import ends
from tillit.web.rules.doors import may_enter
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import Viewer, nobody

SALT = "tillit.form_link"
LIFETIME = Due(parameter="signal.link_days", days="calendar")

MOST_A_DAY = 20
"""Reports by one link in a day; wrong receipt numbers, and refused answers by one link, in an hour."""

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of what a receipt number is made: none that is taken for another."""


class NoSuchLinkError(RefusedError):
    """The link is not ours, has expired or has been ended: all are told alike, and the answer is 404."""


class TooManyError(RefusedError):
    """The link has been used too often in a short time."""


class NoSuchReceiptError(RefusedError):
    """No report of the board has this receipt number."""


def make_link(board: Board, *, by: Viewer, now: datetime) -> FormLink:
    """A coordinator makes a link for a board that is not connected."""
    with one_press("make link", by=by, now=now):
        _coordinator(by)
        last = ends(LIFETIME, by.day)
        made: FormLink = FormLink.objects.create(board=board, made_by=by.user, made_at=now, expires_on=last)
        log.write("change", "make link", by=by.user, at=now, number=board.slug)
        return made


def end_link(pk: int, *, by: Viewer, now: datetime) -> None:
    """A coordinator ends a link: from then on its address leads nowhere."""
    with one_press("end link", by=by, now=now):
        _coordinator(by)
        if not FormLink.objects.filter(pk=pk, ended_at=None).update(ended_at=now):
            raise NotForYouError("Det finns ingen sådan länk för dig")
        log.write("change", "end link", by=by.user, at=now, details={"link": pk})


def token_of(link: FormLink) -> str:
    """What stands in the address: the board and the link, signed."""
    return signing.dumps([link.board_id, link.pk], salt=SALT)


def link_of(token: str, *, now: datetime) -> FormLink:
    """The link of an address, where it still leads somewhere. Raises NoSuchLinkError."""
    try:
        board, pk = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise NoSuchLinkError("Länken gäller inte") from None
    with within([board]):
        found = FormLink.objects.filter(pk=pk, ended_at=None, expires_on__gte=local_date(now))
        link = found.select_related("board").first()
    if link is None:
        raise NoSuchLinkError("Länken gäller inte")
    return link


def report_by_link(link: FormLink, *, given: Mapping[str, Any], now: datetime) -> str:
    """A report from a board that is not connected.

    Gives: the receipt number, which is shown once and kept as a hash.
    Raises: TooManyError, WrongValueError, HeldBackError.
    """
    by = nobody(now)
    with one_press("report by link", by=None, now=now, number=link.board.slug), within([link.board_id]):
        if Receipt.objects.filter(link=link, at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
            raise TooManyError(
                "Länken har använts för många gånger i dag", fix="försök i morgon, eller ring samordnaren"
            )
        case = new_case(
            catalogue().processes["signal"], by=by, now=now, board=link.board, unit=None, title="", given=given
        )
        code = "".join(secrets.choice(LETTERS) for _ in range(16))
        Receipt.objects.create(matter=case, link=link, code_hash=_hashed(code), at=now)
        tell_of_opening(case, by=by, now=now)
        return "-".join(code[place : place + 4] for place in range(0, 16, 4))


def outcome_by_link(link: FormLink, *, code: str, given: Mapping[str, Any], now: datetime) -> None:
    """What a report led to, by its receipt number: it opens the clearing of what was shared.

    Raises: TooManyError, NoSuchReceiptError: the same for a number that never was and for another board's.
    """
    with one_press("outcome by link", by=None, now=now, number=link.board.slug), within([link.board_id]):
        hour_ago = now - timedelta(hours=1)
        wrong = Entry.objects.filter(kind="refused", what="wrong receipt", matter=link.board.slug, at__gt=hour_ago)
        if wrong.count() >= MOST_A_DAY:
            raise TooManyError("För många försök med fel nummer", fix="försök om en timme, eller ring samordnaren")
        receipt = Receipt.objects.filter(code_hash=_hashed(code)).select_related("matter").first()
        if receipt is not None:
            _settle(receipt, given, now)
    if receipt is None:
        log.write("refused", "wrong receipt", by=None, at=now, number=link.board.slug)
        raise NoSuchReceiptError("Det finns ingen rapport med det numret", fix="kontrollera kvittot")


def _settle(receipt: Receipt, given: Mapping[str, Any], now: datetime) -> None:
    matter = receipt.matter
    log.write("change", "outcome by link", by=None, at=now, matter=matter)
    if matter.state in ("shared", "confirmed"):
        take_as_system(matter, "prepare_clearing", now=now, given=given)
    elif matter.state in ("received", "checked"):
        take_as_system(matter, "withdraw", now=now)


def _hashed(code: str) -> str:
    plain = "".join(one for one in code.upper() if one in LETTERS)
    return hashlib.sha256(plain.encode()).hexdigest()


def _coordinator(by: Viewer) -> None:
    if not may_enter(by, "coordinate"):
        raise NotForYouError("Det finns ingen sådan sida för dig")
