"""An invoice that a board is to pay, with its lines beside what each was held against."""

from django.db import models
from django.db.models import F, Q

from tillit.web.models.matter import Finding, Matter
from tillit.web.models.scoping import OfMatter
from tillit.web.models.user import User


class Invoice(Matter):
    """An invoice, as the file that it came in said. What people say of it is in the fields of the matter.

    `store_id` is the invoice's key in the board's store, `sha256` and `line` where in which file it stood. Amounts are
    whole öre. A sole trader is a person: its name is not kept here.
    """

    store_id = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    line = models.PositiveIntegerField(default=0)
    supplier_name = models.CharField(max_length=200, blank=True)
    invoice_number = models.CharField(max_length=100)
    comparable_number = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField()
    pay_by = models.DateField(null=True, blank=True)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="SEK")
    net_ore = models.BigIntegerField(null=True, blank=True)
    vat_ore = models.BigIntegerField(null=True, blank=True)
    gross_ore = models.BigIntegerField()
    contract_code = models.CharField(max_length=100, blank=True)
    order_reference = models.CharField(max_length=100, blank=True)
    reasons = models.JSONField(default=list, help_text="why it does not match: tillit.matching.Reason, as last tried")
    tried_at = models.DateTimeField(null=True, blank=True)
    findings = models.ManyToManyField(Finding, related_name="invoices", blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    attested_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    attested_at = models.DateTimeField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    paid_ore = models.BigIntegerField(null=True, blank=True)
    paid_line = models.CharField(max_length=100, blank=True, help_text="file and line where it was read as paid")
    credited_ore = models.BigIntegerField(default=0)
    credit_numbers = models.JSONField(default=list, help_text="the credit notes that have been counted in credited_ore")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invoice_is_attested_by_another",
                condition=Q(attested_by=None) | Q(confirmed_by__isnull=False) & ~Q(attested_by=F("confirmed_by")),
            ),
            models.CheckConstraint(
                name="invoice_is_attested_at_a_time",
                condition=Q(attested_by=None, attested_at=None)
                | Q(attested_by__isnull=False, attested_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["store_id"], name="invoice_of_store"),
            models.Index(fields=["pay_by"], name="invoice_due"),
            models.Index(fields=["comparable_number"], name="invoice_of_number"),
        ]


class InvoiceLine(models.Model):
    """A line of an invoice, and what it was held against. `client_code` is the person's code at the board."""

    matter = models.ForeignKey(Invoice, models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField()
    line_number = models.CharField(max_length=40)
    client_code = models.CharField(max_length=20, blank=True)
    decision_code = models.CharField(max_length=100, blank=True)
    contract_code = models.CharField(max_length=100, blank=True)
    area = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    item_code = models.CharField(max_length=100, blank=True)
    item_name = models.CharField(max_length=300, blank=True, help_text="free text of the supplier")
    service_from = models.DateField(null=True, blank=True)
    service_to = models.DateField(null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    quantity = models.CharField(max_length=40, blank=True, help_text="as it was given; a decimal number")
    minutes = models.IntegerField(null=True, blank=True)
    unit_price_ore = models.BigIntegerField(null=True, blank=True)
    amount_ore = models.BigIntegerField()
    beside = models.JSONField(default=dict, help_text="contract, order, price and time done: tillit.matching.Tried")

    objects = OfMatter["InvoiceLine"]()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["matter", "place"], name="invoice_line_once")]
