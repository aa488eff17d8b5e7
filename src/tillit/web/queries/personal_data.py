"""What a matter itself holds that would lead to a person: codes, numbers, names that no text may carry out of it."""

from collections.abc import Iterable

from django.db.models import Q

from tillit.catalogue.table import Kind
from tillit.web.models import Assignment, Finding, Matter, Provider, User
from tillit.web.rules.content import catalogue

SHORTEST = 3
"""A name or code of fewer signs is no sign of anyone: it would stop half of all texts."""


def held_in(matter: Matter) -> dict[str, str]:
    """Everything in a matter that leads to a person -> its kind, as the guard takes it (rules/personal_data.py)."""
    findings = list(Finding.objects.filter(Q(pk=matter.pk) | Q(cases=matter.pk)).distinct())
    held = {one.number: "number" for one in findings} | {matter.number: "number"}
    for one in findings:
        held |= dict.fromkeys((one.client_code, one.worker_code, *_in_rows(one)), "code")
    if matter.provider_number:
        for sole in Provider.objects.filter(number=matter.provider_number, is_person=True):
            held |= {sole.number: "code", sole.name: "name"}
    held |= {part: "name" for name in _colleagues(matter) for part in (name, *name.split())}
    return {thing: kind for thing, kind in held.items() if len(thing) >= SHORTEST}


def _in_rows(finding: Finding) -> Iterable[str]:
    for row in finding.result.get("evidence", []):
        table = catalogue().tables.get(row["table"])
        for name, value in row["values"].items():
            column = table.columns.get(name) if table else None
            if column and column.type is Kind.PERSON and value:
                yield str(value)


def _colleagues(matter: Matter) -> list[str]:
    working = Assignment.objects.filter(matter=matter).values("user")
    people = User.objects.filter(Q(pk__in=working) | Q(pk=matter.opened_by_id)).distinct()
    return list(people.order_by("pk").values_list("name", flat=True))
