"""Names who answers for the steps of a chain at a unit; done by a manager there."""

from collections.abc import Mapping
from datetime import datetime

from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, one_press
from tillit.web.models import Board, Responsibility, Unit, User
from tillit.web.queries.responsibility import CONTROLS, chains, may_name, people_at
from tillit.web.rules.viewer import Viewer

Named = tuple[str, User | None]
"""A function in words, and the person who holds it."""


def name_responsible(
    chain: str, named: Mapping[str, Named], *, board: Board, unit: Unit | None, by: Viewer, now: datetime
) -> int:
    """Who answers for each step that is given. Gives how many of them were changed.

    Raises: NotForYouError at a board that is not the viewer's, NotYourStepError, HeldBackError for a step that is not
    there or a person without a role at the board.
    """
    with one_press("name responsible", by=by, now=now):
        if board.pk not in by.boards():
            raise NotForYouError("Det finns ingen sådan nämnd för dig")
        if not may_name(by, board, unit):
            raise NotYourStepError("Din roll utser inte ansvariga", fix="be enhetens chef")
        known = chains().get(chain)
        if known is None or set(named) - set(known.steps) or (chain == CONTROLS and unit is not None):
            raise HeldBackError("Ledet finns inte", fix="läs sidan igen")
        wanted = {person.pk for _, person in named.values() if person}
        if wanted - set(people_at(board, by).values_list("pk", flat=True)):
            raise HeldBackError("Personen har ingen roll i nämnden", fix="välj någon annan")
        there = {one.step: one for one in Responsibility.objects.filter(board=board, unit=unit, chain=chain)}
        changed = 0
        for step, (function, person) in named.items():
            before = there.get(step)
            was = (before.function, before.person_id) if before else ("", None)
            if was == (function[:100], person.pk if person else None):
                continue
            Responsibility.objects.update_or_create(
                board=board,
                unit=unit,
                chain=chain,
                step=step,
                defaults={"function": function[:100], "person": person, "by": by.user, "at": now},
            )
            changed += 1
        if changed:
            details = {"board": board.pk, "unit": unit.pk if unit else 0, "chain": chain, "steps": changed}
            log.write("change", "name responsible", by=by.user, at=now, details=details)
        return changed
