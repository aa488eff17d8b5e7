"""A month's time report: written, signed, approved, handed in and corrected, by those it belongs to alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.web.people import NOW, as_viewer
from tests.web.reports import AMIR, MONTH, VERA, bind, make_report, part
from tillit.units import TOWN, midnight, minutes_between
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.reported_time import add_assistant, copy_week, remove_row, write_row
from tillit.web.actions.time_report import approve, content_of, correct, hand_in, hash_of, sign
from tillit.web.models import Entry, HandIn, Job, ReportedTime, TimeReport, WorkerReport
from tillit.web.queries.portal import as_what, own_reports, shown_to, warnings
from tillit.web.queries.time_report import report_shown
from tillit.web.rules.portal import outsider_of
from tillit.web.rules.reported_time import NotATimeError, WhichHourError, Written, placed
from tillit.web.rules.viewer import viewer_of


@pytest.fixture
def people(city):
    """The cast, those outside bound to what is theirs."""
    bind(city)
    return {name: outsider_of(user, NOW) or user for name, user in city.items()}


@pytest.fixture
def report(people):
    return make_report(now=NOW)


def again(report):
    return TimeReport.objects.get(pk=report.pk)


def test_a_month_is_written_signed_approved_and_handed_in(people, report):
    """M122: an assistant, the client and the provider, each with the own part; a receipt with number and hash."""
    amir = add_assistant(report, AMIR, by=people["Lova"], now=NOW)
    write_row(amir, Written(date(2025, 12, 1), "22:00", "06:00"), by=people["Amir"], now=NOW)
    assert again(report).state == "draft"
    sign(amir, by=people["Amir"], now=NOW)
    assert again(report).state == "signed"
    approve(amir, by=people["Karl"], now=NOW)
    assert again(report).state == "approved"
    receipt = hand_in(report, by=people["Lova"], now=NOW)
    assert again(report).state == "handed_in"
    assert (receipt.number, receipt.minutes, receipt.sha256) == (
        "NORR-T-2026-1-K1",
        480,
        hash_of(content_of(again(report))),
    )
    assert Job.objects.filter(kind="time_reports", given={"board": report.board_id}).count() == 1


def test_the_month_waits_for_every_assistant(people, report):
    """M121: both the assistant and the client or a representative approve, each assistant's time by itself."""
    amir, vera = part(report, now=NOW), part(report, now=NOW, worker=VERA)
    TimeReport.objects.filter(pk=report.pk).update(state="draft")
    sign(amir, by=people["Amir"], now=NOW)
    approve(amir, by=people["Karl"], now=NOW)
    assert again(report).state == "draft"
    with pytest.raises(HeldBackError, match="Alla ska ha skrivit under"):
        hand_in(report, by=people["Lova"], now=NOW)
    sign(vera, by=people["Vera"], now=NOW)
    approve(vera, by=people["Gun"], now=NOW, unable="represented")
    assert again(report).state == "approved"
    assert WorkerReport.objects.get(pk=vera.pk).approved_as == "guardian"


@pytest.mark.parametrize("name", ["Vera", "Lova", "Karl", "Gun"])
def test_nobody_signs_for_another(people, report, name):
    amir = part(report, now=NOW)
    part(report, now=NOW, worker=VERA)
    TimeReport.objects.filter(pk=report.pk).update(state="draft")
    with pytest.raises(NotYourStepError, match="Assistenten skriver själv under"):
        sign(amir, by=people[name], now=NOW)


def test_a_provider_of_others_finds_no_report(people, report):
    amir = part(report, now=NOW)
    assert list(own_reports(people["Ove"])) == []
    for refused in (
        lambda: hand_in(report, by=people["Ove"], now=NOW),
        lambda: sign(amir, by=people["Ove"], now=NOW),
        lambda: write_row(amir, Written(MONTH, "08:00", "09:00"), by=people["Ove"], now=NOW),
        lambda: add_assistant(report, VERA, by=people["Ove"], now=NOW),
    ):
        with pytest.raises(NotForYouError):
            refused()


def test_a_representative_says_why_and_the_client_need_not(people, report):
    amir = part(report, now=NOW)
    TimeReport.objects.filter(pk=report.pk).update(state="draft")
    sign(amir, by=people["Amir"], now=NOW)
    with pytest.raises(HeldBackError, match="Välj varför"):
        approve(amir, by=people["Gun"], now=NOW)
    with pytest.raises(NotYourStepError):
        approve(amir, by=people["Lova"], now=NOW)
    assert approve(amir, by=people["Gun"], now=NOW, unable="cannot").unable == "cannot"


def test_what_is_signed_is_corrected_in_a_new_version(people, report):
    amir = part(report, now=NOW)
    TimeReport.objects.filter(pk=report.pk).update(state="draft")
    sign(amir, by=people["Amir"], now=NOW)
    with pytest.raises(HeldBackError, match="kan inte ändras nu"):
        write_row(amir, Written(date(2025, 12, 2), "08:00", "09:00"), by=people["Amir"], now=NOW)
    new = correct(amir, by=people["Amir"], now=NOW, why="Fel dag")
    row = ReportedTime.objects.get(part=new)
    remove_row(new, row.pk, by=people["Amir"], now=NOW)
    write_row(new, Written(date(2025, 12, 2), "08:00", "09:00"), by=people["Amir"], now=NOW)
    shown = report_shown(again(report))
    assert [(one.report.version, one.minutes, one.stands) for one in shown.parts] == [(2, 60, True), (1, 480, False)]
    assert again(report).state == "draft"


def test_the_database_refuses_to_change_what_is_signed(people, report):
    amir = part(report, now=NOW)
    more = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=1), "minutes": 60, "kind": "active"}
    row, amir_user = ReportedTime.objects.get(part=amir), people["Amir"].viewer.user
    WorkerReport.objects.filter(pk=amir.pk).update(signed_at=NOW, signed_by=amir_user)
    for change in (
        lambda: ReportedTime.objects.filter(pk=row.pk).update(minutes=1),
        lambda: row.delete(),
        lambda: ReportedTime.objects.create(matter=report, part=amir, date=MONTH, start="1", end="2", **more),
        lambda: WorkerReport.objects.filter(pk=amir.pk).update(signed_at=None),
        lambda: WorkerReport.objects.filter(pk=amir.pk).update(approved_at=NOW, approved_by=amir_user),
        lambda: amir.delete(),
    ):  # fmt: skip
        with (
            pytest.raises(DatabaseError, match=r"it is signed|worker_report_is_approved_by_another"),
            transaction.atomic(),
        ):
            change()


def test_a_receipt_never_changes(people, report):
    part(report, now=NOW)
    receipt = HandIn.objects.create(
        matter=report, number="K", at=NOW, by=people["Lova"].viewer.user, sha256="a", minutes=1
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        HandIn.objects.filter(pk=receipt.pk).update(minutes=2)


def test_each_sees_the_own_alone(people, report):
    part(report, now=NOW)
    part(report, now=NOW, worker=VERA)
    other = make_report(now=NOW, number="NORR-T-2026-2", client="0000-0000-0000Z")
    seen = {
        name: list(own_reports(people[name]).values_list("number", flat=True))
        for name in ("Lova", "Amir", "Vera", "Karl", "Gun", "Ove")
    }
    both, one = ["NORR-T-2026-1", "NORR-T-2026-2"], ["NORR-T-2026-1"]
    assert seen == {"Lova": both, "Amir": one, "Vera": one, "Karl": one, "Gun": one, "Ove": []}
    rows = {
        name: sorted(shown.report.worker_code for shown in shown_to(report, as_what(report, people[name])).parts)
        for name in ("Lova", "Amir", "Vera", "Karl")
    }
    assert rows == {"Lova": [AMIR, VERA], "Amir": [AMIR], "Vera": [VERA], "Karl": [AMIR, VERA]}
    assert other.client_code != report.client_code


def test_an_account_is_of_the_staff_or_outside_and_never_both(city):
    bind(city)
    assert viewer_of(city["Lova"], NOW).held == frozenset()
    assert outsider_of(city["Klas"], NOW) is None
    assert as_viewer(city["Amir"]).boards() == []


def test_what_is_written_is_looked_over(people, report):
    TimeReport.objects.filter(pk=report.pk).update(granted_minutes=600, decided_to=date(2025, 12, 19))
    rows = ((1, "08:00", "12:00"), (1, "11:00", "13:00"), (20, "08:00", "14:00"))
    part(report, now=NOW, rows=rows)
    found = warnings(report_shown(again(report)))
    assert [(one.what, one.minutes) for one in found] == [("overlap", 0), ("gap", 0), ("above", 120), ("outside", 0)]


def test_a_week_is_copied_once_however_often_it_is_pressed(people, report):
    amir = part(report, now=NOW, rows=((1, "08:00", "16:00"), (3, "08:00", "16:00")))
    given = {"of": date(2025, 12, 1), "to": [date(2025, 12, 8)]}
    assert copy_week(amir, **given, by=people["Amir"], now=NOW) == (2, [])
    assert copy_week(amir, **given, by=people["Amir"], now=NOW) == (0, [])
    assert sorted(row.date.day for row in ReportedTime.objects.filter(part=amir)) == [1, 3, 8, 10]


def test_a_week_is_copied_to_all_the_others_of_its_month(people, report):
    """M122: a month is written on one screen: one week, and the others like it."""
    amir = part(report, now=NOW, rows=((1, "08:00", "16:00"), (7, "08:00", "16:00")))
    mondays = [date(2025, 12, 1) + timedelta(weeks=number) for number in range(5)]
    assert copy_week(amir, of=mondays[0], to=mondays, by=people["Amir"], now=NOW) == (7, [])
    days = sorted(row.date.day for row in ReportedTime.objects.filter(part=amir))
    assert days == [1, 7, 8, 14, 15, 21, 22, 28, 29]


def test_a_copy_leaves_what_would_go_over_another_time_and_says_so(people, report):
    amir = part(report, now=NOW, rows=((1, "08:00", "12:00"), (8, "11:00", "13:00")))
    given = {"of": MONTH, "to": [date(2025, 12, 8), date(2025, 12, 15)]}
    said = ["2025-12-08, 08:00–12:00: En annan tid går över den"]
    assert copy_week(amir, **given, by=people["Amir"], now=NOW) == (1, said)


def test_the_same_time_is_written_on_several_days_at_once(people, report):
    amir = part(report, now=NOW, rows=((3, "22:00", "23:00"),))
    night = Written(MONTH, "22:00", "23:00")
    made = write_row(amir, night, by=people["Amir"], now=NOW, also_on=[date(2025, 12, day) for day in (2, 3, 4)])
    assert [row.date.day for row in made] == [1, 2, 4]
    late = Written(date(2025, 12, 30), "22:00", "06:00")
    with pytest.raises(NotATimeError):
        write_row(amir, late, by=people["Amir"], now=NOW, also_on=[date(2025, 12, 31)])
    assert sorted(row.date.day for row in ReportedTime.objects.filter(part=amir)) == [1, 2, 3, 4]


def test_the_log_tells_of_every_change(people, report):
    amir = add_assistant(report, AMIR, by=people["Lova"], now=NOW)
    write_row(amir, Written(MONTH, "08:00", "09:00"), by=people["Amir"], now=NOW)
    sign(amir, by=people["Amir"], now=NOW)
    told = list(Entry.objects.filter(matter=report.number).order_by("count").values_list("what", flat=True))
    assert told == ["save", "add assistant", "write time", "sign", "all_signed"]


OCTOBER, MARCH = date(2026, 10, 1), date(2026, 3, 1)


def test_the_hour_that_comes_twice_is_asked_for():
    with pytest.raises(WhichHourError) as asked:
        placed(Written(date(2026, 10, 25), "02:30", "05:00"), month=OCTOBER)
    assert asked.value.ends == ["start"]
    first, second = (
        placed(Written(date(2026, 10, 25), "02:30", "05:00", start_fold=fold), month=OCTOBER) for fold in (0, 1)
    )
    assert (first[0].minutes, second[0].minutes) == (210, 150)


def test_the_hour_that_never_came_is_refused_with_a_sentence():
    with pytest.raises(NotATimeError, match="Klockan 02:30 fanns inte den 2026-03-29"):
        placed(Written(date(2026, 3, 29), "02:30", "05:00"), month=MARCH)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (Written(date(2025, 12, 31), "22:00", "06:00"), "hör till en annan månad"),
        (Written(MONTH, "08:00", "08:00"), "ingen längd"),
        (Written(MONTH, "åtta", "09:00"), "går inte att läsa"),
    ],
)
def test_what_is_no_time_is_told(written, says):
    with pytest.raises(NotATimeError, match=says):
        placed(written, month=MONTH)


clocks = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")


@given(st.dates(date(2026, 1, 1), date(2026, 12, 30)), clocks, clocks, st.sampled_from([0, 1]), st.sampled_from([0, 1]))
def test_a_time_is_as_long_as_it_was_however_it_is_divided(day, start, end, first, last):
    """The parts add up to the whole in real minutes, each within its day, also on the nights of the clock change."""
    try:
        rows = placed(Written(day, start, end, start_fold=first, end_fold=last), month=day.replace(day=1))
    except NotATimeError:
        return
    assert sum(row.minutes for row in rows) == minutes_between(rows[0].starts_at, rows[-1].ends_at)
    assert all(
        midnight(row.day) <= row.starts_at < row.ends_at <= midnight(row.day + timedelta(days=1)) for row in rows
    )
    assert f"{rows[0].starts_at.astimezone(TOWN):%H:%M}" == start
    assert rows[-1].ends_at.astimezone(UTC) <= datetime(2027, 1, 1, tzinfo=UTC)
