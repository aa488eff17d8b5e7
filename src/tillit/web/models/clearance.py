"""What a named person has said of a place in a text that might lead to someone, before the text left its zone."""

from django.db import models

from tillit.web.models.matter import Matter
from tillit.web.models.scoping import OfMatter
from tillit.web.models.user import User


class Clearance(models.Model):
    """A hit of the personal-data guard that may stand, and why. It is only ever added (models/walls.py).

    `key` is of the whole text with the place in it: where a word of the text is changed the clearance holds no more.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="clearances")
    text = models.CharField(max_length=60, help_text="which text: the field, or the document")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfMatter["Clearance"]()

    class Meta:
        indexes = [models.Index(fields=["matter", "key"], name="clearance_by_key")]
