"""The annual wheel: what comes back every year, who does it, and what opens by itself with its lead times."""

from datetime import date, timedelta

from pydantic import Field, model_validator

from tillit.catalogue.yaml_file import Part
from tillit.units import Period, add_months


class Meeting(Part):
    """The meeting of a year: a weekday of a month, as the third Tuesday of March; or the day that is given for it."""

    month: int = Field(ge=1, le=12)
    week: int = Field(ge=1, le=4)
    weekday: int = Field(ge=1, le=7, description="1 is Monday")
    on: dict[int, date] = {}

    def of(self, year: int) -> date:
        """The day of the meeting in a year."""
        first = date(year, self.month, 1)
        until = (self.weekday - first.isoweekday()) % 7
        return self.on.get(year) or first + timedelta(days=until + 7 * (self.week - 1))


class DayOfYear(Part):
    """A day that comes back every year."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)


class Opens(Part):
    """The case that a task opens by itself: of which process, at which board, and how long before the meeting."""

    process: str
    board: str = Field(description="the slug of the board; a municipality writes its own")
    meeting: Meeting
    period_ends: DayOfYear
    days_before: dict[str, int] = Field(
        description="opens, and the date fields of the process: days before the meeting"
    )

    @model_validator(mode="after")
    def _opens_first(self) -> "Opens":
        if "opens" not in self.days_before or max(self.days_before, key=lambda one: self.days_before[one]) != "opens":
            raise ValueError("days_before: 'opens' comes first of all")
        return self

    def period(self, year: int) -> Period:
        """The twelve months that the paper of a year is about."""
        last = date(year, self.period_ends.month, self.period_ends.day)
        return Period(add_months(last, -12) + timedelta(days=1), last)

    def dates(self, year: int) -> dict[str, date]:
        """The day of each thing in a year, with the meeting itself under meeting_on."""
        meeting = self.meeting.of(year)
        return {name: meeting - timedelta(days=days) for name, days in self.days_before.items()} | {
            "meeting_on": meeting
        }


class WheelTask(Part):
    """Something that is done every year."""

    id: str
    sv: str
    en: str
    about: str
    months: list[int] = Field(min_length=1)
    who: list[str] = Field(min_length=1, description="roles")
    page: str = Field("", description="the name of a page in Tillit where it is done")
    opens: Opens | None = None


class AnnualWheel(Part):
    """The file content/plans/annual_wheel.yaml."""

    tasks: list[WheelTask] = []
