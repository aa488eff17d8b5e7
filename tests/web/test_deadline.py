"""When something must be done: working days, calendar days, months, and the day that a field says."""

from datetime import date

import pytest

from tillit.catalogue import Due
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import due_on, ends


@pytest.mark.parametrize(
    ("due", "start", "expected"),
    [
        ({"parameter": "casework.assess_days"}, date(2026, 3, 30), date(2026, 4, 8)),  # over Easter
        ({"parameter": "casework.deeper_days", "days": "calendar"}, date(2026, 3, 2), date(2026, 4, 1)),
        ({"parameter": "casework.investigation_months"}, date(2026, 3, 2), date(2026, 9, 2)),
        ({"parameter": "casework.investigation_months"}, date(2026, 8, 31), date(2027, 2, 28)),
        ({"parameter": "casework.investigation_months"}, date(2027, 8, 31), date(2028, 2, 29)),
    ],
)
def test_a_deadline_ends_on_its_day(due, start, expected):
    assert ends(Due(**due), start) == expected


def test_an_urgent_matter_has_the_shorter_time():
    process = catalogue().processes["finding"]
    friday = date(2026, 3, 6)
    assert due_on(process, "new", entered=friday, opened=friday, urgent=True) == date(2026, 3, 9)
    assert due_on(process, "assessed", entered=friday, opened=friday, urgent=True) == date(2026, 3, 20)


def test_a_field_says_the_day_once_it_is_filled():
    process = catalogue().processes["investigation"]
    day = {"entered": date(2026, 3, 2), "opened": date(2026, 3, 2)}
    assert due_on(process, "hearing", **day) == date(2026, 3, 16)
    assert due_on(process, "hearing", **day, fields={"answer_by": "2026-03-25"}) == date(2026, 3, 25)


def test_the_whole_time_ends_no_later_than_it_may():
    process = catalogue().processes["investigation"]
    assert due_on(process, "collecting", entered=date(2026, 8, 20), opened=date(2026, 3, 2)) == date(2026, 9, 2)


def test_nothing_is_due_in_what_is_closed():
    process = catalogue().processes["investigation"]
    assert due_on(process, "closed", entered=date(2026, 3, 2), opened=date(2026, 3, 2)) is None
