"""What a provider's system sends and is answered, as it stands in the API's own description (OpenAPI)."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from tillit.web.queries.portal import told_outside
from tillit.web.queries.provider_system import SentReport
from tillit.web.queries.report_file import Months, client_names, people_of
from tillit.web.rules.content import codes
from tillit.web.rules.report_file import LONGEST, FileLine
from tillit.web.rules.reported_time import Written

CODE = r"^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}$"
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
KEY = r"^[A-Za-z0-9_-]{8,64}$"
NUMBER = r"^[A-Za-z0-9_-]{1,40}$"
_WHICH = {None: None, "before": 0, "after": 1}


class Row(Schema):
    """A time that an assistant has worked, in the clock of the town. One that passes midnight is divided by Tillit."""

    model_config = ConfigDict(extra="forbid")

    report: Annotated[str, Field(pattern=NUMBER, examples=["NORR-T-2026-1"], description="The number of the report")]
    assistant: Annotated[str, Field(pattern=CODE, examples=["0000-0000-0000A"], description="The assistant's code")]
    day: Annotated[date, Field(examples=["2026-01-05"], description="The day on which it began")]
    start: Annotated[str, Field(max_length=5, examples=["08:00"])]
    end: Annotated[str, Field(max_length=5, examples=["16:00"], description="24:00, or an hour of the next day")]
    kind: Annotated[str, Field(max_length=20, description="One of `kinds` of GET /months")] = "active"
    place: Annotated[str, Field(max_length=20, description="One of `places` of GET /months, or left out")] = ""
    comment: Annotated[str, Field(max_length=200, description="No names and no identity numbers")] = ""
    start_which: Annotated[
        Literal["before", "after"] | None,
        Field(description="Asked only in the night of October when an hour comes twice: which of the two"),
    ] = None
    end_which: Annotated[Literal["before", "after"] | None, Field(description="As start_which, of the end")] = None


class Rows(Schema):
    """Rows of one month: all are saved as drafts, or none is."""

    model_config = ConfigDict(extra="forbid")

    rows: Annotated[list[Row], Field(min_length=1, max_length=LONGEST)]

    def lines(self) -> list[FileLine]:
        """The rows as lines of a file, the first as line 1."""
        return [
            FileLine(
                number,
                one.assistant,
                Written(
                    one.day, one.start, one.end, one.kind, _WHICH[one.start_which], _WHICH[one.end_which], one.place,
                    one.comment,
                ),
                report=one.report,
            )
            for number, one in enumerate(self.rows, start=1)
        ]  # fmt: skip


class Saved(Schema):
    """What came of it: how many rows are new, how many were there before, and in how many reports."""

    new: int
    there: int
    reports: int


class Listed(Schema):
    """A code or a number, and what it is called."""

    code: str
    name: str


class ReportListed(Schema):
    """A report that can be written in."""

    number: str
    client: str
    state: str
    hand_in_by: date | None


class Month(Schema):
    """A month with its reports that can be written in."""

    month: Annotated[str, Field(pattern=MONTH)]
    reports: list[ReportListed]


class MonthList(Schema):
    """The months that rows can be sent for, the assistants who may be named in them, and the words that are known."""

    months: list[Month]
    assistants: list[Listed]
    kinds: list[Listed]
    places: list[Listed]

    @classmethod
    def of(cls, months: dict[str, Months]) -> "MonthList":
        """As it is answered."""
        people = {code: name for one in months.values() for code, name in people_of(one).items()}
        known = {name: [Listed(code=code, name=one.sv) for code, one in codes(name).items()] for name in _LISTS}
        return cls(
            months=[Month(month=name, reports=_reports(one)) for name, one in months.items()],
            assistants=[Listed(code=code, name=name) for code, name in people.items()],
            kinds=known["report_kinds"],
            places=known["report_places"],
        )


_LISTS = ("report_kinds", "report_places")


def _reports(month: Months) -> list[ReportListed]:
    called = client_names(month)
    return [
        ReportListed(
            number=one.number, client=called[one.number], state=told_outside(one),
            hand_in_by=one.fields.get("hand_in_by"),
        )
        for one in month.reports
    ]  # fmt: skip


class RowStored(Schema):
    """A row as it stands: within one day."""

    day: date
    start: str
    end: str
    minutes: int
    kind: str
    place: str


class PartShown(Schema):
    """An assistant's part in the version that stands."""

    assistant: str
    name: str
    version: int
    minutes: int
    signed_at: datetime | None
    approved_at: datetime | None
    rows: list[RowStored]


class Report(Schema):
    """A report: where it stands, each assistant's part, and the receipts of its handing in."""

    number: str
    month: Annotated[str, Field(pattern=MONTH)]
    state: str
    hand_in_by: date | None
    minutes: int
    parts: list[PartShown]
    receipts: list[str]

    @classmethod
    def of(cls, found: SentReport) -> "Report":
        """As it is answered."""
        report, shown = found.report, found.shown
        return cls(
            number=report.number,
            month=f"{report.month:%Y-%m}",
            state=told_outside(report),
            hand_in_by=report.fields.get("hand_in_by"),
            minutes=shown.minutes,
            parts=[
                PartShown(
                    assistant=one.report.worker_code,
                    name=found.called.get(one.report.worker_code, one.report.worker_code),
                    version=one.report.version,
                    minutes=one.minutes,
                    signed_at=one.report.signed_at,
                    approved_at=one.report.approved_at,
                    rows=[
                        RowStored(
                            day=row.date, start=row.start, end=row.end, minutes=row.minutes, kind=row.kind,
                            place=row.place,
                        )
                        for row in one.rows
                    ],
                )
                for one in shown.standing
            ],
            receipts=[one.number for one in found.receipts],
        )  # fmt: skip


class Fault(Schema):
    """A row that cannot be taken: its line (the first row is 1; 0 is all of it), and what is wrong."""

    line: int
    what: str


class Problem(Schema):
    """Why it was not done (RFC 9457): what, where, and what to do. Nothing of what was sent is stored."""

    type: Literal["about:blank"] = "about:blank"
    title: str
    status: int
    where: str = ""
    fix: str = ""
    errors: Annotated[list[Fault], Field(default_factory=list)]
