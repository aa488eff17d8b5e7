"""A choice of findings that a person comes back to."""

from django.db import models

from tillit.web.models.user import User


class SavedFilter(models.Model):
    """A filter with a name: the part of an address after '?'. Not scoped: it is one person's own and shows nothing."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_filter_once_a_name")]
