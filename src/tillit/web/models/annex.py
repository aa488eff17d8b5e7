"""The annex of a paper to the board: the figures as they were counted, and the paper itself once it is decided."""

from django.db import models

from tillit.web.models.matter import Matter
from tillit.web.models.scoping import OfMatter
from tillit.web.models.user import User


class Annex(models.Model):
    """The figures of a paper, in words and numbers. Counted anew only while it is a draft (models/walls.py)."""

    matter = models.OneToOneField(Matter, models.CASCADE, related_name="annex")
    first = models.DateField()
    last = models.DateField()
    figures = models.JSONField(default=dict)
    counted_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    paper = models.JSONField(default=dict, help_text="head and text as the board decided on them; empty until then")

    objects = OfMatter["Annex"]()
