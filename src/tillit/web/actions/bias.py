"""Bias (jäv): from the moment that it is declared a person is shut out, everywhere, until someone else has decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tillit.web.actions import log
from tillit.web.actions.matter import new_case, tell_of_opening
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, one_press
from tillit.web.models import Block, Case, Matter, User
from tillit.web.queries.matter import assigned_now, visible
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer

MANAGERS = ("R02", "R24")


def declare(matter: Matter, *, by: Viewer, now: datetime, given: Mapping[str, Any], of: User | None = None) -> Case:
    """Says that someone may be biased in a matter: oneself, or another where one works on it or leads the unit.

    Changes: a case of the process 'bias' (zone staff), a block on the matter, which takes effect at once, the end
    of what the person was assigned in it. The person is shut out of the case too, unless it was their own notice.
    Raises: NotForYouError, NotYourStepError, HeldBackError where the person is blocked already, WrongValueError.
    """
    person = of or by.user
    with one_press("declare bias", by=by, now=now, matter=matter):
        if not visible(Matter, by).filter(pk=matter.pk).exists():
            raise NotForYouError("Det finns inget sådant ärende för dig")
        if person.pk != by.user.pk:
            _may_name_another(matter, by, now)
        if Block.objects.filter(matter=matter, user=person, lifted_at=None).exists():
            raise HeldBackError("Personen är redan spärrad i ärendet", where=matter.number)
        process = catalogue().processes["bias"]
        case = new_case(process, by=by, now=now, board=matter.board, unit=matter.unit, given=given)
        Block.objects.create(matter=matter, user=person, since=now, declared_in=case)
        if person.pk != by.user.pk:
            Block.objects.create(matter=case, user=person, since=now, declared_in=case)
        assigned_now(now).filter(matter=matter, user=person).update(valid_to=now)
        log.write("change", "block", by=by.user, at=now, matter=matter, details={"of": person.pk})
        tell_of_opening(case, by=by, now=now)
        return case


def _may_name_another(matter: Matter, by: Viewer, now: datetime) -> None:
    # Else anyone could shut anyone out; an employee who knows something tells the manager.
    works_on_it = assigned_now(now).filter(matter=matter, user=by.user).exists()
    if not works_on_it and not by.has(MANAGERS, board=matter.board_id, unit=matter.unit_id):
        raise NotYourStepError(
            "Bara den som arbetar med ärendet eller leder enheten kan anmäla en annan", where=matter.number
        )
