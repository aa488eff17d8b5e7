"""Gives each board that uses a provider without a permit its own measure, and takes it back where the permit holds."""

from datetime import datetime

from django.db import transaction

from tillit.web.actions.matter import new_case, tell_of_opening
from tillit.web.actions.step import take_as_system
from tillit.web.models import Board, Case, Matter, PermitCheck, PermitMeasure
from tillit.web.queries.permit import boards_using
from tillit.web.rules.content import catalogue
from tillit.web.rules.permit import BAD
from tillit.web.rules.viewer import nobody

_END = {"listed": "end", "going": "end", "held": "lift"}


def follow_check(number: str, *, now: datetime) -> None:
    """Brings the boards' measures in step with a check; every board is in scope. Done again it changes nothing.

    A measure decides nothing: it is a list to take a stand on. It holds no payment, and releases none by itself.
    """
    with transaction.atomic():
        check = PermitCheck.objects.select_for_update().select_related("provider").get(number=number)
        if check.state in BAD:
            matter = Matter.objects.get(number=number)
            for board in Board.objects.filter(pk__in=boards_using(check.provider, nobody(now).day)).order_by("pk"):
                _open(check, matter, board, now)
            take_as_system(matter, "lists", now=now)
        elif check.state in ("required", "valid", "not_required"):
            for one in Case.objects.filter(process="permit_measure", fields__check=number, closed_at=None):
                if one.state in _END:
                    take_as_system(one, _END[one.state], now=now)


def _open(check: PermitCheck, matter: Matter, board: Board, now: datetime) -> None:
    made = PermitMeasure.objects.get_or_create(
        check_number=check.number, board=board, ended_on=None, defaults={"since": nobody(now).day}
    )[1]
    if not made:
        return
    process, by, fields = catalogue().processes["permit_measure"], nobody(now), matter.fields
    given = {"check": check.number, "permit_state": check.answer, "applies_from": check.applies_from}
    given |= {name: fields[name] for name in ("provider", "provider_name", "service", "unit") if fields.get(name)}
    title = f"Tillståndet {process.fields['permit_state'].one_of[check.answer]}: {fields['provider_name']}"
    case = new_case(
        process, by=by, now=now, board=board, unit=None, title=title[:200], given=given,
        provider_number=check.provider.number,
    )  # fmt: skip
    tell_of_opening(case, by=by, now=now)
