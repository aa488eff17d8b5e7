"""A matter: whatever moves through a process. A finding and a case are matters; one page shows them all."""

from django.db import models
from django.db.models.functions import Coalesce

from tillit.web.models.board import Board, Unit
from tillit.web.models.scoping import OfBoard, OfMatter
from tillit.web.models.user import User

GROUPED = ["at_risk_ore", "opened_at", "unit", "protected", "closed_at"]
"""The day of closing too, though only what is open is there: SQLite would read each row to see that it is."""


def due() -> Coalesce:
    """When a matter is due, for lists: what has no deadline comes last, on every database, and along an index."""
    # The day is written out: to a database an expression with a value given beside it is not that of the index.
    return Coalesce("due_on", models.expressions.RawSQL("'9999-12-31'", ()), output_field=models.DateField())


class Matter(models.Model):
    """Where a thing stands in its process, whose it is, and whom it concerns.

    All that lists choose and sort by lies here and not with the finding or the case: one index answers for one table.
    `version` rises with every change; an action changes the row only if it is still as it was read.
    """

    process = models.CharField(max_length=40)
    process_revision = models.PositiveIntegerField()
    state = models.CharField(max_length=40)
    state_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    zone = models.CharField(max_length=20)
    # Every index of a list begins with the board; one of the board alone would lead databases to read all that it has.
    board = models.ForeignKey(Board, models.PROTECT, db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    protected = models.BooleanField(default=False, help_text="it concerns someone with protected personal data")
    urgent = models.BooleanField(default=False)
    urgency = models.PositiveSmallIntegerField(default=15, help_text="0 is looked at first: rules/urgency.py")
    provider_number = models.CharField(max_length=20, blank=True)
    control = models.CharField(max_length=20, blank=True, help_text="what found it; empty where a person did")
    at_risk_ore = models.BigIntegerField(default=0)
    fields = models.JSONField(default=dict)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    objects = OfBoard["Matter"]()

    class Meta:
        indexes = [
            models.Index(fields=["board", "process", "state", "opened_at"], name="matter_in_state_at_board"),
            models.Index(fields=["board", "process", "opened_at"], name="matter_newest_in_process"),
            models.Index(fields=["control", "opened_at"], name="matter_of_control"),
            models.Index(fields=["provider_number", "opened_at"], name="matter_of_provider"),
            models.Index(
                fields=["board", "process", "due_on"], condition=models.Q(closed_at=None), name="matter_due_in_process"
            ),
            # All that a provider's page counts by lies in the index: the rows themselves are not read.
            models.Index(fields=["provider_number", "process", "opened_at", "board"], name="matter_of_provider_by_day"),
            models.Index(models.F("board"), due(), condition=models.Q(closed_at=None), name="matter_due_last_at_board"),
            # In the order of the list, all or of one state: with the process first, or a database that takes every
            # process for equally common would rather sort.
            models.Index(
                fields=["board", "process", "urgency", "due_on"],
                condition=models.Q(closed_at=None),
                name="matter_urgent_in_process",
            ),
            models.Index(
                fields=["board", "process", "state", "urgency", "due_on"],
                condition=models.Q(closed_at=None),
                name="matter_urgent_in_state",
            ),
            *(
                models.Index(
                    fields=["board", "process", of, "urgency", "due_on"],
                    condition=models.Q(closed_at=None),
                    name=f"matter_of_{word}_in_process",
                )
                for of, word in (("provider_number", "provider"), ("control", "control"))
            ),
            # All that groups are made of and that says who may see them: they are counted without one row being read.
            *(
                models.Index(
                    fields=["board", "process", of, "urgency", "due_on", *GROUPED],
                    condition=models.Q(closed_at=None),
                    name=f"matter_of_{word}_in_groups",
                )
                for of, word in (("provider_number", "provider"), ("control", "control"))
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Finding(Matter):
    """A finding of a control, or an observation by an employee; evidence is copied in."""

    key = models.CharField(max_length=64)
    control_revision = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=12, default="rule")
    certainty = models.CharField(max_length=12)
    severity = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=20)
    client_code = models.CharField(max_length=20, blank=True)
    worker_code = models.CharField(max_length=20, blank=True)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    result = models.JSONField(default=dict)
    last_run = models.ForeignKey("web.Run", models.SET_NULL, null=True, blank=True, related_name="+")
    gone_at = models.DateTimeField(null=True, blank=True, help_text="the control ran again and did not find it")
    source_withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="a file it rests on was withdrawn")

    class Meta:
        indexes = [
            models.Index(fields=["key"]),
            models.Index(fields=["client_code"], name="finding_of_client"),
            models.Index(fields=["worker_code"], name="finding_of_worker"),
            models.Index(fields=["gone_at"], condition=models.Q(gone_at__isnull=False), name="finding_gone"),
        ]


class Case(Matter):
    """A case: an investigation, a disclosure, a bias notice, and all the other processes."""

    findings = models.ManyToManyField(Finding, related_name="cases", blank=True)


class Assignment(models.Model):
    """A person who works on a matter: without it, membership of a unit opens no case (IS1).

    `special` opens a matter of someone with protected personal data; `emergency` was taken, not given (IS2).
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="assignments")
    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    responsible = models.BooleanField(default=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    special = models.BooleanField(default=False)
    emergency = models.BooleanField(default=False)

    objects = OfMatter["Assignment"]()

    class Meta:
        indexes = [models.Index(fields=["user", "valid_to"])]


class Block(models.Model):
    """Someone shut out of a matter because of bias (jäv), declared or found.

    The ground lies in the case where it was declared (Z7), which is shut to that person too.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="blocks")
    user = models.ForeignKey(User, models.PROTECT, related_name="blocks")
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    declared_in = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="blocks_laid")

    objects = OfMatter["Block"]()

    class Meta:
        indexes = [models.Index(fields=["user", "lifted_at"])]
