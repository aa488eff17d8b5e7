"""Findings as lists and groups: what is chosen, what is most urgent, and what else there is on the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, QuerySet, Sum

from tillit.catalogue import State
from tillit.web.models import Finding, Matter, Provider, StepTaken, Use
from tillit.web.queries.matter import few_first, is_whole, readable, visible
from tillit.web.queries.provider import NAME, names
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import may_enter
from tillit.web.rules.urgency import SEVERITIES, severity, urgency
from tillit.web.rules.viewer import Viewer
from tillit.web.words import titled

MOST = 500
"""Providers in a list to choose from; more are found by their group."""

LONG = ("result", "fields")
"""Columns that only the page of a finding needs."""

GROUPS = {"provider": "provider_number", "control": "control"}


@dataclass(frozen=True)
class Filter:
    """What is chosen in a list of findings. The empty filter is everything that is not closed."""

    state: str = ""
    control: str = ""
    provider: str = ""
    severity: int | None = None
    certainty: str = ""
    kronor: int | None = None
    days: int | None = None
    group: str = ""


def listed(viewer: Viewer, chosen: Filter) -> QuerySet[Matter]:
    """The findings of a filter in the order of a list: the most urgent first, of what may be closed the newest.

    They are what is counted and turned pages in; `rows` gives what a page of them shows.
    """
    found = few_first(_chosen(viewer, chosen), viewer)
    return found.order_by("urgency", "due_on", "pk") if _is_open(chosen) else found.order_by("-opened_at", "-pk")


def rows(keys: Sequence[int], viewer: Viewer) -> list[Finding]:
    """The findings of some keys in their order, of those the viewer may know of. `whole` says if they may be read."""
    found = visible(Finding, viewer).filter(pk__in=keys).defer(*LONG)
    found = found.annotate(whole=is_whole(viewer, of="finding"), provider_name=NAME)
    return sorted(found, key=lambda one: keys.index(one.pk))


def groups(viewer: Viewer, chosen: Filter) -> list[dict[str, Any]]:
    """The findings of a filter by provider or control: how many, how much, how urgent, how old; the largest first.

    Only what the viewer may read is counted: a group of one would say who it is.
    """
    column = GROUPS[chosen.group]
    found = _chosen(viewer, chosen).order_by()
    counted: Any = (
        found.values(of=F(column))
        .annotate(
            number=Count("pk"),
            ore=Sum("at_risk_ore"),
            urgency=Min("urgency"),
            oldest=Min("opened_at"),
            due_on=Min("due_on"),
        )
        .order_by()
    )
    groups = [row | {"severity": severity(row["urgency"])} for row in counted]
    return sorted(groups, key=lambda one: (-one["severity"], -one["ore"], -one["number"], one["of"]))


def most_urgent(viewer: Viewer) -> Finding | None:
    """The finding to begin with: of those not yet assessed, where it costs most to wait; none for who assesses none."""
    if not may_enter(viewer, "assess"):
        return None
    new = readable(Matter, viewer, of="finding").filter(closed_at=None, state="new")
    first = few_first(new, viewer).order_by("urgency", "due_on", "pk").values_list("pk", flat=True)[:1]
    return next(iter(rows(list(first), viewer)), None)


def beside(finding: Finding, viewer: Viewer, *, limit: int = 10) -> list[Finding]:
    """What else there is on the same provider or client, open or closed, the newest first."""
    others = readable(Finding, viewer).exclude(pk=finding.pk).defer(*LONG).order_by("-opened_at", "-pk")
    # One question for each: asked as one, no index would answer it.
    same = [others.filter(provider_number=finding.provider_number)[:limit]] if finding.provider_number else []
    same += [others.filter(client_code=finding.client_code)[:limit]] if finding.client_code else []
    found = {one.pk: one for rows in same for one in rows}
    return sorted(found.values(), key=lambda one: (one.opened_at, one.pk), reverse=True)[:limit]


def explained_before(finding: Finding) -> StepTaken | None:
    """What was said last time, of a finding that a run has opened again because its explanation had run out."""
    steps = StepTaken.objects.filter(matter=finding.pk).select_related("by")
    last = steps.filter(step__in=["explain", "reopen"]).order_by("-at", "-pk").first()
    if finding.closed_at or last is None or last.step != "reopen":
        return None
    return steps.filter(step="explain").order_by("-at", "-pk").first()


@dataclass(frozen=True)
class Classified:
    """What area a finding is in, whom or what it is about, and what may be the cause, as words of the process file."""

    area: str
    target: str
    cause: str


def classified(finding: Finding) -> Classified:
    """The classification of a finding: what a person has said, else what its control and its rows say (M033).

    The cause is unclear until someone has assessed it.
    """
    fields = catalogue().processes["finding"].fields
    control = catalogue().controls.get(finding.control)
    about = "individual" if finding.client_code or finding.worker_code else "company"
    codes = {
        "area": finding.fields.get("area") or (control.area if control else ""),
        "target": finding.fields.get("target") or (about if control else ""),
        "cause": finding.fields.get("cause") or "unclear",
    }
    return Classified(**{name: fields[name].one_of.get(code, "") for name, code in codes.items()})


def by_numbers(viewer: Viewer, numbers: list[str]) -> list[Finding]:
    """The findings of these numbers that the viewer may read."""
    return list(readable(Finding, viewer).filter(number__in=numbers).order_by("pk"))


def controls() -> dict[str, str]:
    """The controls that a finding can come from, for the filter. From content: no list of a million is read for it."""
    return {code: f"{code} {titled(control)}" for code, control in sorted(catalogue().controls.items())}


def providers_in_use(viewer: Viewer, chosen: str = "") -> dict[str, str]:
    """The providers of the boards in scope by name, for the filter, with the chosen one whatever it is."""
    using = Provider.objects.filter(Exists(Use.objects.filter(provider=OuterRef("pk"), board__in=viewer.boards())))
    some = using.order_by("name", "number").values_list("number", "name")[:MOST]
    found = {number: name or number for number, name in some}
    return found | ({chosen: names({chosen}).get(chosen) or chosen} if chosen and chosen not in found else {})


def _is_open(chosen: Filter) -> bool:
    return not chosen.state or (chosen.state in states() and not states()[chosen.state].final)


def _chosen(viewer: Viewer, chosen: Filter) -> QuerySet[Matter]:
    # What may be known of is listed; what a finding says may be chosen by only where it may be read, or the answer
    # to "above 10 000 kronor?" would say it.
    content = (chosen.control, chosen.provider, chosen.severity, chosen.certainty, chosen.kronor, chosen.group)
    found = (readable if any(content) else visible)(Matter, viewer, of="finding")
    if _is_open(chosen):
        found = found.filter(closed_at=None)
    if chosen.state not in ("", "all"):
        found = found.filter(state=chosen.state)
    if chosen.control:
        found = found.filter(control=chosen.control)
    if chosen.provider:
        found = found.filter(provider_number=chosen.provider, protected=False)
    if chosen.severity:
        # By the number that lists are sorted by, which has an index: everything as severe or more.
        found = found.filter(urgency__lt=(5 - chosen.severity) * 4)
    if chosen.certainty:
        found = found.filter(urgency__in=[urgency(one, chosen.certainty) for one in SEVERITIES])
    if chosen.kronor:
        found = found.filter(at_risk_ore__gte=chosen.kronor * 100)
    if chosen.days:
        found = found.filter(opened_at__lte=viewer.now - timedelta(days=chosen.days))
    return found


def states() -> dict[str, State]:
    """The states that a finding can be in, for the filter."""
    return catalogue().processes["finding"].states
