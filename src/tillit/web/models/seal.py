"""The states in which what stands is never changed again, where the triggers read them."""

from django.db import models


class Seal(models.Model):
    """A sealed state, as the process files say; laid by actions/start.py, read by triggers (models/walls.py).

    Not scoped: it is content, the same for every board.
    """

    process = models.CharField(max_length=40)
    state = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "state"], name="seal_once")]
