"""Brings what a run found into the findings of a board: new ones, the same ones again, those that are gone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from django.db.models import F, Q

from tillit.catalogue import Process
from tillit.store import Finding as Found
from tillit.store import Result, Store
from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.series import next_numbers
from tillit.web.models import Finding, Matter, Run, StepTaken
from tillit.web.rules.board_store import active_decisions, assistance_by_sex, clients_behind, protected_clients
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import due_on
from tillit.web.rules.decided_unit import decisions, unit_of, units_of
from tillit.web.rules.urgency import urgency

T = TypeVar("T")
_AT_ONCE = 500  # SQLite takes a bounded number of values in one statement


@dataclass(frozen=True)
class _Known:
    """A finding that is there already, as far as a run needs to know it."""

    pk: int
    state: str
    version: int
    fields: dict[str, Any]

    def holds(self, day: date) -> bool:
        """Whether it is explained, and still is on a day."""
        until = self.fields.get("until")
        return self.state == "explained" and (not until or date.fromisoformat(until) >= day)


@dataclass
class _Sorted:
    new: list[Found] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    lapsed: list[_Known] = field(default_factory=list)
    explained: int = 0


def bring_in(result: Result, *, run: Run, store: Store, now: datetime) -> None:
    """Brings in a result as a part of another action, which holds the transaction.

    A finding is the same as an earlier one by its id. One that was explained until a day stays closed to the end of
    that day and then opens again, with what was said; one that was closed in another way stays closed. One that its
    control no longer finds is marked, and a person decides what that means.
    Changes: findings, the run's summary, one line of the log. Does nothing for a run that was brought in before.
    """
    process = catalogue().processes["finding"]
    claimed = Run.objects.filter(pk=run.pk, finished_at=None)
    if not claimed.update(finished_at=now, progress=100, error=""):
        return
    sorted_ = _sorted(result.findings, run, local_date(now))
    _add(sorted_.new, process, run=run, store=store, deliveries=result.deliveries, now=now)
    for batch in _batches(sorted_.same):
        Finding.objects.filter(pk__in=batch).update(last_run=run, gone_at=None, source_withdrawn_at=None)
    for lapsed in sorted_.lapsed:
        _reopen(lapsed, process, now=now)
    counts = {
        "findings": len(result.findings),
        "new": len(sorted_.new),
        "same": len(sorted_.same),
        "explained": sorted_.explained,
        "reopened": len(sorted_.lapsed),
        "gone": _mark_gone(result, run, now),
    }
    said = {
        "active_decisions": active_decisions(store, result.deliveries, run.day),
        "assistance_by_sex": assistance_by_sex(store, result.deliveries, run.day),
        "clients_behind": clients_behind(store, result.deliveries, run.day),
    }
    Run.objects.filter(pk=run.pk).update(summary=counts | _beside(result) | said)
    log.write("change", "import findings", by=run.by, at=now, details={"run": run.pk, **counts})


def _sorted(findings: Sequence[Found], run: Run, day: date) -> _Sorted:
    found = _Sorted()
    for batch in _batches(findings):
        known = _known(run, [one.id for one in batch])
        for one in batch:
            before = known.get(one.id)
            if before is None:
                found.new.append(one)
                continue
            found.same.append(before.pk)
            if before.holds(day):
                found.explained += 1
            elif before.state == "explained":
                found.lapsed.append(before)
    return found


def _known(run: Run, keys: list[str]) -> dict[str, _Known]:
    rows = Finding.objects.filter(board=run.board_id, origin="rule", key__in=keys)
    columns = rows.values_list("key", "pk", "state", "version", "fields")
    return {key: _Known(pk, state, version, fields) for key, pk, state, version, fields in columns}


def _add(
    found: list[Found],
    process: Process,
    *,
    run: Run,
    store: Store,
    deliveries: Sequence[Mapping[str, Any]],
    now: datetime,
) -> None:
    day, protected = local_date(now), protected_clients(store, deliveries)
    decided, units = decisions(store, deliveries), units_of(run.board)
    due = due_on(process, process.start, entered=day, opened=day)
    numbers = iter(next_numbers(process, run.board, day, len(found)) if found else [])
    for batch in _batches(found):
        matters = Matter.objects.bulk_create(
            Matter(
                process=process.process,
                process_revision=process.revision,
                state=process.start,
                state_since=now,
                zone="individual" if one.client or one.worker else "provider",
                board_id=run.board_id,
                unit_id=unit_of(one, decided, units),
                number=next(numbers),
                title=catalogue().controls[one.control].title[:200],
                protected=one.client in protected,
                urgency=urgency(one.severity, one.certainty),
                provider_number=one.provider or "",
                control=one.control,
                at_risk_ore=one.at_risk_ore,
                opened_at=now,
                due_on=due,
            )
            for one in batch
        )
        _insert_own_rows(_own_rows(batch, matters, run))


def _own_rows(batch: Iterable[Found], matters: Iterable[Matter], run: Run) -> Iterator[Finding]:
    for one, matter in zip(batch, matters, strict=True):
        yield Finding(
            matter_ptr_id=matter.pk,
            key=one.id,
            control_revision=one.revision,
            origin="rule",
            certainty=one.certainty,
            severity=one.severity,
            type=one.type,
            client_code=one.client or "",
            worker_code=one.worker or "",
            period_from=_day(one.period_from),
            period_to=_day(one.period_to),
            result=asdict(one),
            last_run=run,
        )


def _insert_own_rows(rows: Iterable[Finding]) -> None:
    # bulk_create refuses a model of two tables, and one save a row takes ten times as long: this is what the second
    # half of bulk_create does, for the one table whose rows are not there yet.
    insert: Any = Finding._base_manager.all()._insert  # type: ignore[attr-defined]
    insert(list(rows), fields=Finding._meta.local_concrete_fields, using=None)


def _reopen(lapsed: _Known, process: Process, *, now: datetime) -> None:
    day = local_date(now)
    same = Matter.objects.filter(pk=lapsed.pk, state="explained", version=lapsed.version)
    moved = same.update(
        state=process.start,
        state_since=now,
        version=F("version") + 1,
        # Taken away, or the next explanation would end on the day that this one did; it stands in the step taken.
        fields={name: value for name, value in lapsed.fields.items() if name != "until"},
        closed_at=None,
        due_on=due_on(process, process.start, entered=day, opened=day),
    )
    if moved:
        StepTaken.objects.create(
            matter_id=lapsed.pk, step="reopen", from_state="explained", to_state=process.start, by=None, at=now
        )


def _mark_gone(result: Result, run: Run, now: datetime) -> int:
    # A control that could not be asked this time says nothing of what it found before.
    asked = [one.control for one in result.run]
    before = Finding.objects.filter(board=run.board_id, origin="rule", control__in=asked, gone_at=None)
    return before.filter(~Q(last_run=run) | Q(last_run=None)).update(gone_at=now)


def _beside(result: Result) -> dict[str, Any]:
    return {
        "at_risk_ore": sum(one.at_risk_ore for one in result.findings),
        "controls": len(result.run),
        "tables": result.tables,
        "touched": _touched(result.findings),
        "not_run": [asdict(one) for one in result.not_run],
        "messages": [asdict(one) for one in result.messages],
        "content": result.content,
        "tillit": result.tillit,
    }


def _touched(findings: Sequence[Found]) -> dict[str, int]:
    """How many delivered rows of each table a finding points at: all the others need no handwork (M182)."""
    rows = {(row.table, row.sha256, row.line) for one in findings for row in one.evidence}
    return dict(sorted(Counter(table for table, _file, _line in rows).items()))


def _batches(every: Iterable[T]) -> Iterator[list[T]]:
    left = iter(every)
    while batch := list(islice(left, _AT_ONCE)):
        yield batch


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
