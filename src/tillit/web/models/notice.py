"""A message on the screen, and in the mail as 'log in to read'."""

from django.db import models

from tillit.web.models.matter import Matter
from tillit.web.models.scoping import OfMatter
from tillit.web.models.user import User


class Notice(models.Model):
    """Something a person is told about a matter. It holds no person data; it is shown only while they may see it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    what = models.CharField(max_length=60)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = OfMatter["Notice"]()

    class Meta:
        indexes = [models.Index(fields=["user", "seen_at"])]
