"""What the boards tell each other of a provider: a copy of a few facts, and nothing that leads back.

Not scoped: it is shared by all boards, which is what it is for. No column here can hold a person, and the database
refuses a row about one: the constraints below, and the triggers of models/walls.py.
"""

from django.db import models
from django.db.models import Q

from tillit.web.models.board import Board
from tillit.web.models.scoping import OfBoard, OfMatter
from tillit.web.models.user import User

COMPANIES = ("provider", "service_company", "coordinator")
"""Whom a signal can be about. An individual or a representative is counted, and never shared (M020)."""


class Signal(models.Model):
    """A provider has been reported, and every board knows: which, when, why, whom to ask, and until when it stands."""

    number = models.CharField(max_length=40, unique=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="signals")
    target = models.CharField(max_length=20)
    provider_number = models.CharField(max_length=10)
    provider_name = models.CharField(max_length=200)
    reported_to = models.CharField(max_length=10, choices=[("ivo", "IVO"), ("police", "Polisen")])
    reported_on = models.DateField()
    reasons = models.JSONField(help_text="codes of content/codes/signal_reasons.yaml")
    shared_at = models.DateTimeField()
    expires_on = models.DateField(help_text="the last day; after it nothing is marked, whether a job has run or not")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_as = models.CharField(max_length=10, blank=True, choices=[("cleared", "Friskriven"), ("expired", "Upphörd")])

    class Meta:
        constraints = [
            models.CheckConstraint(name="signal_is_never_about_a_person", condition=Q(target__in=COMPANIES)),
            models.CheckConstraint(
                name="signal_ends_somehow",
                condition=Q(ended_at=None, ended_as="")
                | Q(ended_at__isnull=False, ended_as__in=["cleared", "expired"]),
            ),
        ]
        indexes = [models.Index(fields=["provider_number"], condition=Q(ended_at=None), name="signal_standing")]

    def __str__(self) -> str:
        return self.number


class Told(models.Model):
    """One message about a signal to one recipient of a board: sent, come back, replaced, read."""

    signal = models.ForeignKey(Signal, models.PROTECT, related_name="told")
    board = models.ForeignKey(Board, models.PROTECT)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.EmailField(blank=True, help_text="as it was when it was sent")
    what = models.CharField(
        max_length=12,
        choices=[
            ("shared", "Delad"),
            ("renewed", "Förlängd"),
            ("corrected", "Rättad"),
            ("confirmed", "Bekräftad"),
            ("cleared", "Friskriven"),
            ("expired", "Upphörd"),
        ],
    )
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    instead_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replacements")

    class Meta:
        indexes = [models.Index(fields=["made_at"], condition=Q(sent_at=None, bounced_at=None), name="told_to_send")]


class NoReports(models.Model):
    """A board certifies that it made no report to IVO or the police in a period (M022)."""

    board = models.ForeignKey(Board, models.PROTECT)
    first = models.DateField()
    last = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfBoard["NoReports"]()

    class Meta:
        constraints = [models.CheckConstraint(name="no_reports_in_a_period", condition=Q(first__lte=models.F("last")))]


class FormLink(models.Model):
    """A signed link by which a board that is not connected reports without an account, until it expires or is ended."""

    board = models.ForeignKey(Board, models.PROTECT)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfBoard["FormLink"]()


class StandLink(models.Model):
    """A signed link by which a board that is not connected takes its position on one signal: once, until it expires.

    `receipt` is the number that the one who answered was shown. It opens nothing: both sides can read it aloud.
    """

    matter = models.OneToOneField("web.Case", models.PROTECT, related_name="stand_link")
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    used_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=9, blank=True)

    objects = OfMatter["StandLink"]()


class Receipt(models.Model):
    """The receipt of a report by link. Its code is known to the one who got it, and kept here as a hash."""

    matter = models.OneToOneField("web.Case", models.PROTECT, related_name="receipt")
    link = models.ForeignKey(FormLink, models.PROTECT)
    code_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    objects = OfMatter["Receipt"]()
