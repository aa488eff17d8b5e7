"""What is written about a matter beside its fields: notes, and contacts with those it concerns."""

from django.db import models

from tillit.web.models.matter import Matter
from tillit.web.models.scoping import OfMatter
from tillit.web.models.user import User


class Note(models.Model):
    """A note or a contact. It is never changed: a correction is a note of its own that says what it corrects."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=[("note", "Anteckning"), ("contact", "Kontakt")])
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField()
    happened_at = models.DateTimeField(null=True, blank=True)
    contact_with = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")

    objects = OfMatter["Note"]()

    class Meta:
        ordering = ["at", "pk"]
