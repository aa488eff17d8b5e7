"""What people do with findings beside steps: try an innocent explanation, and give the same answer to equal ones."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from tillit.errors import RefusedError
from tillit.web.actions import log
from tillit.web.actions.refusal import NotForYouError, NotYourStepError, SomeoneWasFasterError, one_press
from tillit.web.actions.step import may_take, take_step
from tillit.web.models import Finding, Matter
from tillit.web.queries.evidence import explanations
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer

OUTCOMES = ("left", "rejected", "explains", "not_possible")
MOST = 200
"""Findings that are answered at once."""


class NotEqualError(RefusedError):
    """Findings that are not of the same control and provider, which must be looked at one by one."""


class UnknownExplanationError(RefusedError):
    """An explanation or an outcome that the finding does not have."""


def try_explanation(finding: Finding, *, reason: str, outcome: str, by: Viewer, now: datetime, version: int) -> None:
    """Notes how far an innocent explanation has been tried, by someone who may take a step with the finding.

    Raises: NotForYouError, NotYourStepError, UnknownExplanationError, SomeoneWasFasterError.
    """
    with one_press("try explanation", by=by, now=now, matter=finding):
        found = readable(Finding, by).filter(pk=finding.pk).first()
        if found is None:
            raise NotForYouError("Det finns inget sådant fynd för dig")
        if not may_take(found, by):
            raise NotYourStepError("Din roll prövar inte förklaringar här", where=found.number)
        if outcome not in OUTCOMES or reason not in {one.reason for one in explanations(found)}:
            raise UnknownExplanationError("Fyndet har ingen sådan förklaring", where=found.number)
        told = {**found.fields.get("explanations", {})}
        told[reason] = {"outcome": outcome, "by": by.user.name, "on": by.day.isoformat()}
        fields = {**found.fields, "explanations": told}
        same = Matter.objects.filter(pk=found.pk, version=version, state=found.state)
        if same.update(version=F("version") + 1, fields=fields) != 1:
            raise SomeoneWasFasterError("Någon annan ändrade fyndet nyss", where=found.number, fix="läs sidan igen")
        log.write("change", "try explanation", by=by.user, at=now, matter=found, details={"outcome": outcome})


def answer_alike(
    findings: Sequence[Finding],
    name: str,
    *,
    by: Viewer,
    now: datetime,
    versions: Mapping[int, int],
    given: Mapping[str, Any],
) -> int:
    """Takes the same step with findings that are equal: all of the same control and the same provider. All or none.

    Takes: the version of each that the person saw, by its key. A step that needs a second person is taken one by one.
    Raises: NotEqualError, and what take_step raises.
    """
    with one_press(f"answer alike {name}", by=by, now=now):
        kinds = {(one.control, one.provider_number, one.state) for one in findings}
        if len(kinds) != 1 or not findings[0].control:
            raise NotEqualError(
                "Bara fynd från samma kontroll hos samma anordnare kan få samma svar på en gång",
                fix="välj kontroll och anordnare i filtret",
            )
        if len(findings) > MOST:
            raise NotEqualError(f"Högst {MOST} fynd åt gången", fix="markera färre")
        step = catalogue().processes["finding"].steps.get(name)
        if step is None or step.second_person or step.opens:
            raise NotEqualError("Det steget tas för ett fynd i taget")
        for one in findings:
            take_step(one, name, by=by, now=now, version=versions[one.pk], given=given)
        return len(findings)
