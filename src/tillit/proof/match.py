"""Holds findings against the truth: what was found, with what amount, and what was told though nothing is wrong."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tillit.demo.drawn import Truth
from tillit.store import Finding, code, pseudonym_of

_PERSONS = ("client_id", "worker_id")
_PROVIDERS = ("other_id", "excluded_id", "through_id", "to_id")


@dataclass
class Matched:
    """Truths with whether they were found and with the right amount; and the findings that no truth told of.

    `echoes` are of a unit where another wrong was put: another control sees it too. `alarms` are of honest units.
    """

    found: list[tuple[Truth, bool]] = field(default_factory=list)
    missed: list[Truth] = field(default_factory=list)
    echoes: list[tuple[Finding, Truth]] = field(default_factory=list)
    alarms: list[Finding] = field(default_factory=list)


def match(truths: Sequence[Truth], findings: Iterable[Finding]) -> Matched:
    """Gives each truth one finding: one that says all that it says, else one of the same thing with another amount."""
    of_control: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        of_control[finding.control].append(finding)
    matched = Matched()
    left = []
    for truth in truths:
        exact = next((one for one in of_control[truth.control] if _is_of(truth, one) and _is_exact(truth, one)), None)
        if exact:
            of_control[truth.control].remove(exact)
            matched.found.append((truth, True))
        else:
            left.append(truth)
    for truth in left:
        near = next((one for one in of_control[truth.control] if _is_of(truth, one)), None)
        if near:
            of_control[truth.control].remove(near)
            matched.found.append((truth, False))
        else:
            matched.missed.append(truth)
    taken = {unit: truth for truth in truths for unit in truth.units}
    for finding in (one for rest in of_control.values() for one in rest):
        behind = next((taken[unit] for unit in sorted(units_of(finding)) if unit in taken), None)
        if behind:
            matched.echoes.append((finding, behind))
        else:
            matched.alarms.append(finding)
    return matched


def _is_of(truth: Truth, finding: Finding) -> bool:
    """Whether the finding names whom the truth names, and touches the same days."""

    def same(who: int | None, shown: str | None) -> bool:
        return who is None or shown == code(who)

    first, last = str(finding.period_from or "")[:10], str(finding.period_to or "9999")[:10]
    return (
        (truth.provider is None or finding.provider == truth.provider)
        and same(truth.client, finding.client)
        and same(truth.worker, finding.worker)
        and (truth.first is None or truth.last is None or (first <= str(truth.last) and last >= str(truth.first)))
        and _names_unit(truth, finding)
    )


def _names_unit(truth: Truth, finding: Finding) -> bool:
    """Whether the finding is of a unit of the truth."""
    return not truth.units or not units_of(finding, provider=True).isdisjoint(truth.units)


def _is_exact(truth: Truth, finding: Finding) -> bool:
    return (
        (finding.minutes_at_risk, finding.at_risk_ore) == (truth.minutes, truth.ore)
        and truth.first is not None
        and str(finding.period_from)[:10] == str(truth.first)
        and (truth.last is None or str(finding.period_to)[:10] == str(truth.last))
    )


def units_of(finding: Finding, *, provider: bool = False) -> set[str]:
    """What the finding is of: clients, workers and documents; the provider where it names none of them, or if asked.

    Units are written as in a truth: `client 12`, `invoice I7`.
    """
    units = set(_units(finding))
    if provider or not units:
        units.add(f"provider {finding.provider}")
    return units


def _units(finding: Finding) -> Iterator[str]:
    for name, shown in (("client", finding.client), ("worker", finding.worker)):
        if shown:
            yield f"{name} {pseudonym_of(shown)}"
    for name, value in finding.details.items():
        if not isinstance(value, str):
            continue
        if name in _PROVIDERS:
            yield f"provider {value}"
        elif name.endswith(_PERSONS):
            yield from (f"{name[-9:-3].strip('_')} {pseudonym_of(each)}" for each in value.split(", "))
        elif name.endswith("_id") and not name.endswith(("provider_id", "person_id")):
            yield f"{name.removesuffix('_id').removeprefix('other_')} {value}"
        elif name in ("account", "supplier", "other_supplier"):
            yield f"{name.removeprefix('other_')} {value}"
    for row in finding.evidence:
        for name, value in row.values.items():
            if name in (
                "invoice_id",
                "payment_id",
                "plan_id",
                "execution_id",
                "grant_id",
                "placement_id",
                "contract_id",
            ):
                yield f"{name.removesuffix('_id')} {value}"
