"""A claim for money back: its ground, its months, what was decided, and what has been paid, waived or written off."""

from django.db import models
from django.db.models import F, Q

from tillit.web.models.matter import Case
from tillit.web.models.scoping import OfMatter
from tillit.web.models.user import User


class Claim(models.Model):
    """What a case of recovery claims. Money is whole öre; the debtor is known by kind, never by name or number."""

    matter = models.OneToOneField(Case, models.CASCADE, related_name="claim")
    ground = models.CharField(max_length=40)
    debtor = models.CharField(max_length=20)
    granted_on = models.DateField()
    basis = models.CharField(max_length=10, choices=[("amounts", "Kronor"), ("hours", "Timmar")])
    calculated_ore = models.BigIntegerField(default=0)
    calculated_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reduced_ore = models.BigIntegerField(default=0)
    decided_ore = models.BigIntegerField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    waived_ore = models.BigIntegerField(default=0)
    written_off_ore = models.BigIntegerField(default=0)
    limitation_on = models.DateField(null=True, blank=True)

    objects = OfMatter["Claim"]()

    class Meta:
        constraints = [
            models.CheckConstraint(name="claim_is_not_negative", condition=Q(reduced_ore__gte=0, waived_ore__gte=0)),
            models.CheckConstraint(
                name="claim_decides_no_more_than_was_calculated",
                condition=Q(decided_ore=None) | Q(decided_ore__gte=0, decided_ore__lte=F("calculated_ore")),
            ),
        ]


class ClaimVersion(models.Model):
    """What a claim came to: when it was decided, and each time a court changed it. Never changed."""

    matter = models.ForeignKey(Case, models.CASCADE, related_name="claim_versions")
    kind = models.CharField(
        max_length=10, choices=[("decision", "Beslutat"), ("judgment", "Avgjort"), ("annulment", "Upphävt")]
    )
    decided_ore = models.BigIntegerField()
    decided_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = OfMatter["ClaimVersion"]()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="claim_version_is_not_negative", condition=Q(decided_ore__gte=0))]


class ClaimMonth(models.Model):
    """A month of a claim: what was paid and what was right, as given; in minutes with the rate of that month."""

    matter = models.ForeignKey(Case, models.CASCADE, related_name="claim_months")
    month = models.DateField()
    paid_on = models.DateField(help_text="from this day the time to claim is counted")
    paid_ore = models.BigIntegerField(default=0)
    right_ore = models.BigIntegerField(default=0)
    paid_minutes = models.PositiveIntegerField(default=0)
    right_minutes = models.PositiveIntegerField(default=0)
    rate_ore = models.PositiveIntegerField(null=True, blank=True)

    objects = OfMatter["ClaimMonth"]()

    class Meta:
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["matter", "month"], name="claim_month_once")]


class Instalment(models.Model):
    """A payment of a plan that stands: when, and how much."""

    matter = models.ForeignKey(Case, models.CASCADE, related_name="instalments")
    due_on = models.DateField()
    ore = models.BigIntegerField()

    objects = OfMatter["Instalment"]()

    class Meta:
        ordering = ["due_on", "pk"]


class Repayment(models.Model):
    """Money that has come back: paid, or set off against an invoice. Never changed: a correction is one more row.

    What a court made too much of it (`owed_back`, below zero) is the payer's from that day, and counts as not received.
    """

    matter = models.ForeignKey(Case, models.CASCADE, related_name="repayments")
    paid_on = models.DateField()
    ore = models.BigIntegerField()
    kind = models.CharField(
        max_length=10,
        choices=[
            ("payment", "Betalning"),
            ("set_off", "Avräknat"),
            ("correction", "Rättelse"),
            ("owed_back", "Ska tillbaka"),
        ],
    )
    source = models.CharField(max_length=100, blank=True, help_text="the line of the bank's file, where it was read in")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = OfMatter["Repayment"]()

    class Meta:
        ordering = ["paid_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="repayment_is_read_once"),
            models.CheckConstraint(
                name="repayment_owed_back_is_below_zero", condition=~Q(kind="owed_back") | Q(ore__lt=0)
            ),
        ]
