"""Forms that have been sent, so that the same one sent twice is saved once."""

from django.db import models


class Press(models.Model):
    """A form that was sent and saved: a hash of who, where and what, and when. Nothing can be read out of it.

    Not scoped: it is asked for by its whole hash alone.
    """

    key = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
