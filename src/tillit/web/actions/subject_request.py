"""Answers a person who asks what is held about them: searched, decided thing by thing, and given out once as a file.

Law: dataskyddsförordningen art. 15; OSL 10 kap. 3 §, 17 kap. 2 §, 21 kap. 3 §, 26 kap. 1 §; 2001:637 6 §.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from tillit.identifiers import Verdict, parse_person
from tillit.store import code as code_of
from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, SomeoneWasFasterError, one_press
from tillit.web.models import Board, SubjectRequest
from tillit.web.queries.subject_request import (
    as_items,
    content_of,
    held_about,
    shut_out_of,
    subject_boards,
    subject_requests,
)
from tillit.web.rules.board_store import store_of
from tillit.web.rules.content import codes
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import Viewer

HELD_BACK = "held_back_grounds"
"""The list of content/codes with the grounds on which something is not given."""


def open_subject_request(
    number: str, *, board: Board, registry_number: str, purpose: str, by: Viewer, now: datetime
) -> SubjectRequest:
    """Searches everything that a board holds about the person with an identity number, which is not kept.

    Raises: NotForYouError where the viewer does not answer for the board; HeldBackError for what is no such number,
    or where the registry number or the purpose is missing.
    """
    with one_press("subject request", by=by, now=now):
        if not subject_boards(by).filter(pk=board.pk).exists():
            raise NotForYouError("Det finns ingen sådan nämnd för dig")
        if not registry_number.strip() or not purpose.strip() or "\0" in registry_number + purpose:
            raise HeldBackError("Skriv diarienumret och varför sökningen görs")
        person = parse_person(number, on=by.day)
        if person.verdict is not Verdict.VALID:
            raise HeldBackError("Numret är inget person- eller samordningsnummer", fix="se över det")
        code = code_of(store_of(board).persons.pseudonym(person.number))
        with within([board.pk]):  # each board answers for its own, however many the one who searches sees
            found = held_about(board, code, by)
        made: SubjectRequest = SubjectRequest.objects.create(
            board=board, person_code=code, registry_number=registry_number.strip()[:40],
            purpose=purpose.strip()[:300], by=by.user, at=now, items=as_items(found),
        )  # fmt: skip
        details = {"request": made.pk, "board": board.pk, "items": len(found)}
        log.write("read", "subject request", by=by.user, at=now, purpose=made.registry_number, details=details)
        return made


def read_subject_request(pk: int, *, by: Viewer, now: datetime) -> SubjectRequest:
    """A question with what was found, with the read in the log. Raises: NotForYouError."""
    with one_press("read subject request", by=by, now=now):
        found = subject_requests(by).filter(pk=pk).first()
        if found is None:
            raise NotForYouError("Det finns ingen sådan begäran för dig")
        _not_shut_out(found, by)
        details = {"request": found.pk}
        log.note_read("read subject request", by=by.user, at=now, purpose=found.registry_number, details=details)
        return found


def settle_subject_request(
    request: SubjectRequest, answers: Mapping[str, tuple[str, str]], *, by: Viewer, now: datetime
) -> bytes:
    """Decides each thing by a named person, and makes the file of what is given.

    Takes: key of the thing -> ("give", "") or (a ground of content/codes, the reason in words).
    Raises: NotForYouError; HeldBackError where a thing is not answered, a ground has no reason, or what concerns
    protected personal data is given this way; SomeoneWasFasterError.
    """
    with one_press("settle subject request", by=by, now=now):
        found = subject_requests(by).filter(pk=request.pk).first()
        if found is None:
            raise NotForYouError("Det finns ingen sådan begäran för dig")
        _not_shut_out(found, by)
        items = [one | _answer(one, answers.get(one["key"], ("", ""))) for one in found.items]
        with within([found.board_id]):
            content = content_of(found, {one["key"] for one in items if one["given"]})
        held = [{"ground": one["ground"], "why": one["why"]} for one in items if not one["given"]]
        told = {"diarienummer": found.registry_number, "uppgifter": content, "lämnas inte ut": held}
        file = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()
        sha256 = hashlib.sha256(file).hexdigest()
        changes = {"items": items, "settled_by": by.user, "settled_at": now, "sha256": sha256}
        if not SubjectRequest.objects.filter(pk=found.pk, settled_at=None).update(**changes):
            raise SomeoneWasFasterError("Begäran är redan besvarad", fix="läs sidan igen")
        given = sum(one["given"] for one in items)
        details = {"request": found.pk, "given": given, "held_back": len(items) - given, "sha256": sha256}
        log.write(
            "change", "settle subject request", by=by.user, at=now, purpose=found.registry_number, details=details
        )
        return file


def _not_shut_out(request: SubjectRequest, by: Viewer) -> None:
    # Bias that is declared or found after the search shuts out of the whole: another answers the person.
    if shut_out_of(request, by):
        raise NotForYouError("Det finns ingen sådan begäran för dig")


def _answer(item: Mapping[str, object], answer: tuple[str, str]) -> dict[str, object]:
    what, why = answer
    if what == "give":
        if item["protected"]:
            raise HeldBackError(
                "Det rör skyddade personuppgifter", fix="den som har särskild tilldelning lämnar ut det ur ärendet"
            )
        return {"given": True, "ground": "", "why": ""}
    if what not in codes(HELD_BACK):
        raise HeldBackError("Välj för varje del om den lämnas ut, eller varför inte")
    if not why.strip():
        raise HeldBackError("Skriv skälet för det som inte lämnas ut")
    return {"given": False, "ground": what, "why": why.strip()[:300]}
