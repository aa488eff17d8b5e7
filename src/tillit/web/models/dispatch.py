"""What has been sent: to whom, how, when, by whom, and the fingerprint of the very file."""

from django.db import models

from tillit.web.models.document import Document
from tillit.web.models.matter import Matter
from tillit.web.models.scoping import OfMatter
from tillit.web.models.user import User


class Dispatch(models.Model):
    """A document sent to someone. It is only ever added: triggers (models/walls.py) refuse every change and removal."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="dispatches")
    document = models.ForeignKey(Document, models.CASCADE, related_name="dispatches")
    recipient = models.CharField(max_length=40, help_text="a code of content/recipients.yaml")
    to = models.CharField(max_length=200, blank=True, help_text="which one, where the code does not say it")
    channel = models.CharField(max_length=20)
    sent_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("word", "Word")])
    sha256 = models.CharField(max_length=64)
    registry_number = models.CharField(max_length=40, blank=True)
    cleared = models.JSONField(
        default=dict, help_text="what the guard pointed at and a person let pass, with the reason"
    )

    objects = OfMatter["Dispatch"]()

    class Meta:
        ordering = ["sent_at", "pk"]
