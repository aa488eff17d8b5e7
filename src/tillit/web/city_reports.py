"""The made-up city's month of time reports, in different states: late, written, signed, and ready to hand in."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from pyarrow.parquet import read_table

from tillit.store import code
from tillit.web.actions.provider_system import connect_system
from tillit.web.actions.report_calendar import open_expected, tell_of_late
from tillit.web.actions.reported_time import add_assistant, copy_week, write_row
from tillit.web.actions.time_report import approve, sign
from tillit.web.models import Board, Grant, PortalGrant, TimeReport, User, WorkerReport
from tillit.web.queries.delivery import accepted
from tillit.web.queries.portal import weeks
from tillit.web.rules.board_store import store_of
from tillit.web.rules.portal import Outsider, outsider_of
from tillit.web.rules.reported_time import Written
from tillit.web.rules.scope import within

LASTS, LONG_AGO = timedelta(days=300), timedelta(days=30)


def make_reports(people: Mapping[str, User], now: datetime) -> None:
    """The reports of the month that has ended, at norr: the ones of a provider who reports in the portal."""
    norr = Board.objects.get(slug="norr")
    month = (now.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    open_expected(norr, month=month, now=now - timedelta(days=20))
    with within([norr.pk]):
        reports = list(TimeReport.objects.filter(board=norr, month=month, state="expected").order_by("pk"))
        found = Counter(one.provider_number for one in reports)
        workers = {number: _workers(norr, number) for number in found}
        provider = max(found, key=lambda one: (len(workers[one]) > 1, found[one]), default="")
        own = [one for one in reports if one.provider_number == provider]
        if len(own) < 3 or len(workers[provider]) < 2:
            return
        other = next((number for number in found if number != provider), provider)
        _bind(people, norr, provider, other, workers[provider], own)
        _report(
            people, own[0], now, {"Amir": ("07:00", "12:00"), "Vera": ("12:00", "17:00")}, approved_by={"Amir": "Karl"}
        )
        _report(people, own[1], now, {"Amir": ("13:00", "17:00")}, approved_by={"Amir": "Gun"})
        _report(people, own[2], now, {"Vera": ("18:00", "21:00")}, approved_by={}, signed=False)
        # Its token is shown to nobody: here there is no system, and anyone who logs in as Lova may connect one.
        connect_system(
            PortalGrant.objects.get(grant__user=people["Lova"]), called="Tidsystemet", until=now.date() + LASTS,
            by=_outside(people, "Lova", now - LONG_AGO), now=now - LONG_AGO,
        )  # fmt: skip
        tell_of_late(norr, now=now - timedelta(hours=3))


def _workers(board: Board, provider: str) -> list[str]:
    found: set[int] = set()
    for file in store_of(board).parquet("worker", accepted(board)):
        rows = read_table(file, columns=["worker_id", "provider_id"]).to_pylist()
        found |= {row["worker_id"] for row in rows if row["provider_id"] == provider}
    return [code(one) for one in sorted(found)]


def _bind(
    people: Mapping[str, User], board: Board, provider: str, other: str, workers: list[str], own: list[TimeReport]
) -> None:
    bound: list[tuple[str, dict[str, str]]] = [
        ("Lova", {"provider_number": provider, "called": "Lova"}),
        ("Ove", {"provider_number": other, "called": "Ove"}),
        ("Amir", {"provider_number": provider, "worker_code": workers[0], "called": "Amir"}),
        ("Vera", {"provider_number": provider, "worker_code": workers[1], "called": "Vera"}),
        ("Karl", {"client_code": own[0].client_code, "represents": "client", "called": "Karl"}),
        ("Gun", {"client_code": own[1].client_code, "represents": "guardian", "called": "Märta"}),
    ]
    for name, to in bound:
        grant = Grant.objects.get(user=people[name], board=board)
        PortalGrant.objects.create(grant=grant, board=board, **to)


def _report(
    people: Mapping[str, User],
    report: TimeReport,
    now: datetime,
    shifts: Mapping[str, tuple[str, str]],
    *,
    approved_by: Mapping[str, str],
    signed: bool = True,
) -> None:
    at = now - timedelta(days=4)
    lova = _outside(people, "Lova", at)
    for name, (start, end) in shifts.items():
        by = _outside(people, name, at)
        part: WorkerReport = add_assistant(report, by.bound[0].worker_code, by=lova, now=at)
        first, *others = weeks(report.month)
        full = others[0]
        for day in _days(*full):
            write_row(part, Written(day, start, end), by=by, now=at)
        if signed:
            copy_week(part, of=full[0], to=[first[0], *(week[0] for week in others)], by=by, now=at)
        if signed:
            sign(part, by=by, now=at)
            if name in approved_by:
                who = _outside(people, approved_by[name], at)
                unable = "" if who.bound[0].represents == "client" else "represented"
                approve(part, by=who, now=at + timedelta(hours=1), unable=unable)


def _outside(people: Mapping[str, User], name: str, at: datetime) -> Outsider:
    found = outsider_of(people[name], at)
    assert found is not None, f"{name} is bound to nothing"
    return found


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)
