"""Payments of a month's attested settlements, ordered in one file, and what came of each."""

from django.db import models
from django.db.models import F, Q

from tillit.web.models.matter import Matter
from tillit.web.models.scoping import OfMatter
from tillit.web.models.settlement import Settlement
from tillit.web.models.user import User


class PaymentBatch(Matter):
    """A file to the bank and one to the ledger, as they were made. Never changed: what is wrong is withdrawn."""

    month = models.DateField(help_text="its first day")
    pay_on = models.DateField()
    payer_account = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    total_ore = models.BigIntegerField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    attested_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    attested_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True, help_text="when the file to the bank first left Tillit")
    sent_at = models.DateTimeField(null=True, blank=True)
    bank_file = models.BinaryField()
    bank_sha256 = models.CharField(max_length=64)
    ledger_file = models.BinaryField()
    ledger_sha256 = models.CharField(max_length=64)
    unordered = models.JSONField(default=list, help_text="what the bank paid under its number that is not in it")

    class Meta:
        constraints = [
            models.CheckConstraint(name="payment_batch_pays_something", condition=Q(count__gt=0, total_ore__gt=0)),
            models.CheckConstraint(
                name="payment_batch_is_attested_by_another",
                condition=Q(attested_by=None) | ~Q(attested_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="payment_batch_leaves_only_attested",
                condition=Q(fetched_at=None, sent_at=None) | Q(attested_at__isnull=False),
            ),
        ]


class PaymentOrder(models.Model):
    """One payment of a file: what a settlement left to pay. It ends only where the bank did not pay it, or unsent.

    Names, accounts and amounts are as they stood when it was ordered.
    """

    matter = models.ForeignKey(PaymentBatch, models.CASCADE, related_name="orders")
    place = models.PositiveIntegerField()
    payment_id = models.CharField(max_length=35, unique=True)
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="payment_orders")
    provider_number = models.CharField(max_length=20)
    payee_name = models.CharField(max_length=200)
    account = models.CharField(max_length=40)
    ore = models.BigIntegerField()
    verdict = models.CharField(max_length=20, default="waiting", help_text="a code of payment_outcomes")
    told_ore = models.BigIntegerField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    told_where = models.CharField(max_length=100, blank=True, help_text="file and line")
    told_reason = models.CharField(max_length=200, blank=True, help_text="the bank's own words")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="from when it may be ordered anew")

    objects = OfMatter["PaymentOrder"]()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "place"], name="payment_order_place_once"),
            models.UniqueConstraint(fields=["settlement"], condition=Q(ended_at=None), name="settlement_is_paid_once"),
            models.CheckConstraint(name="payment_order_pays_something", condition=Q(ore__gt=0)),
            models.CheckConstraint(
                name="payment_order_that_is_paid_does_not_end", condition=~Q(verdict="paid") | Q(ended_at=None)
            ),
        ]
