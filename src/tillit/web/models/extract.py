"""What has been taken out of a matter, as it was given: evidence packs, logs of contacts, copies for a party."""

from django.db import models

from tillit.web.models.matter import Matter
from tillit.web.models.scoping import OfMatter
from tillit.web.models.user import User


class Extract(models.Model):
    """One extract, its bytes and their hash. It is made once; a second person may have to approve it.

    Whoever reads a party's copy later reads these bytes, not what the matter says by then.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="extracts")
    kind = models.CharField(
        max_length=12, choices=[("pack", "Underlag"), ("contacts", "Kontakter"), ("party_copy", "Partskopia")]
    )
    number = models.PositiveSmallIntegerField(help_text="its number in the matter, 1 for the first")
    purpose = models.CharField(max_length=300)
    chosen = models.JSONField(default=dict, help_text="what was taken along or struck out, by part")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(default=False)

    objects = OfMatter["Extract"]()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="extract_number_once"),
            models.CheckConstraint(
                name="party_copy_is_approved_by_another",
                condition=~models.Q(kind="party_copy")
                | models.Q(approved=False)
                | (models.Q(settled_by__isnull=False) & ~models.Q(settled_by=models.F("by"))),
            ),
        ]
