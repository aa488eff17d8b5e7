"""A month's time report, one for each client and provider: its assistants' parts, their rows, and its receipts."""

from django.db import models
from django.db.models import F, Q

from tillit.web.models.delivery import Upload
from tillit.web.models.matter import Finding, Matter
from tillit.web.models.run import Run
from tillit.web.models.scoping import OfMatter
from tillit.web.models.user import User


class TimeReport(Matter):
    """The report that a provider owes for a client and a month (D16). It is a matter: where it stands lies there.

    The client is known by code. `granted_minutes` is what the decision gives for the month, as far as it was known
    when the report was opened: it warns, and settles nothing.
    """

    key = models.CharField(max_length=120, unique=True, help_text="board, client, provider and month: one report each")
    client_code = models.CharField(max_length=20)
    month = models.DateField(help_text="its first day")
    arrangement = models.CharField(
        max_length=20,
        choices=[("provider", "Anordnare"), ("own_employer", "Egen arbetsgivare"), ("municipality", "Kommunen")],
    )
    decision = models.CharField(max_length=60, blank=True, help_text="the number of the decision")
    decided_from = models.DateField(null=True, blank=True)
    decided_to = models.DateField(null=True, blank=True)
    granted_minutes = models.PositiveIntegerField(null=True, blank=True)
    granted_is_weighted = models.BooleanField(default=True, help_text="waiting and standby count for less in it")
    upload = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+")
    run = models.ForeignKey(Run, models.SET_NULL, null=True, blank=True, related_name="+")
    findings = models.ManyToManyField(Finding, related_name="time_reports", blank=True)

    class Meta:
        indexes = [models.Index(fields=["month", "client_code"], name="time_report_of_client")]


class WorkerReport(models.Model):
    """One assistant's part of a report, in a version. A correction is a new version; what is signed never changes."""

    matter = models.ForeignKey(TimeReport, models.CASCADE, related_name="worker_reports")
    worker_code = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    why = models.CharField(max_length=300, blank=True, help_text="why it corrects")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_method = models.CharField(max_length=10, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_method = models.CharField(max_length=10, blank=True)
    approved_as = models.CharField(max_length=10, blank=True, help_text="client, guardian, trustee, parent or other")
    unable = models.CharField(max_length=20, blank=True, help_text="why the client could not approve: a code")

    objects = OfMatter["WorkerReport"]()

    class Meta:
        ordering = ["worker_code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "worker_code", "version"], name="worker_report_version_once"),
            models.CheckConstraint(
                name="worker_report_is_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("signed_by")),
            ),
            models.CheckConstraint(
                name="worker_report_is_approved_when_signed",
                condition=Q(approved_at=None) | Q(signed_at__isnull=False, approved_at__gte=F("signed_at")),
            ),
            models.CheckConstraint(
                name="worker_report_says_why_another_approves",
                condition=Q(approved_as__in=["", "client"]) | ~Q(unable=""),
            ),
        ]


class ReportedTime(models.Model):
    """A row: an assistant with the client for an unbroken time of one local day, as written and in UTC.

    `start_fold` and `end_fold` are 1 for the second of the two hours of the October night.
    """

    matter = models.ForeignKey(TimeReport, models.CASCADE, related_name="+")
    part = models.ForeignKey(WorkerReport, models.CASCADE, related_name="rows")
    date = models.DateField()
    start = models.CharField(max_length=5)
    end = models.CharField(max_length=5, help_text="24:00 is midnight")
    start_fold = models.PositiveSmallIntegerField(default=0)
    end_fold = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=20, blank=True)
    comment = models.CharField(max_length=200, blank=True)

    objects = OfMatter["ReportedTime"]()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(name="reported_time_has_length", condition=Q(ends_at__gt=F("starts_at")))]


class HandIn(models.Model):
    """A receipt: that a report was handed in, when and by whom, and the hash of what it said. Never changed."""

    matter = models.ForeignKey(TimeReport, models.CASCADE, related_name="hand_ins")
    number = models.CharField(max_length=50, unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    minutes = models.PositiveIntegerField()
    late = models.BooleanField(default=False)

    objects = OfMatter["HandIn"]()

    class Meta:
        ordering = ["at", "pk"]
