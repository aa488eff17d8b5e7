"""What every board knows of a provider's permit: the check that serves them all, its answers, and who acts on it (Z3).

Not scoped: like the providers themselves it is shared by all boards and leads to no individual. Written by the steps of
content/processes/permit_check.yaml and permit_measure.yaml alone; a sole trader has no row here.
"""

from django.db import models

from tillit.web.models.board import Board
from tillit.web.models.provider import Provider
from tillit.web.models.user import User


class PermitCheck(models.Model):
    """One check of one organisation number and service, or of a unit: where it stands, for every board.

    `number` is that of the matter, which lies at the board that holds the check.
    """

    number = models.CharField(max_length=40, unique=True)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="permit_checks")
    service = models.CharField(max_length=40)
    unit = models.CharField(max_length=200, blank=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20)
    state_since = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    inquiry = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=20, blank=True, help_text="the last one; it holds until another comes")
    answered_on = models.DateField(null=True, blank=True)
    medium = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    limited = models.BooleanField(default=False)
    applies_from = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            # One check serves all boards: the database itself allows no other beside it.
            models.UniqueConstraint(
                fields=["provider", "service", "unit"], condition=models.Q(ended_on=None), name="permit_check_once"
            )
        ]


class PermitAnswer(models.Model):
    """An answer about a permit, kept as it was registered: the proof, and how many boards it served.

    It is only ever added: triggers (models/walls.py) refuse every change and removal.
    """

    check_number = models.CharField(max_length=40)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="permit_answers")
    service = models.CharField(max_length=40)
    unit = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=20)
    answered_on = models.DateField()
    medium = models.CharField(max_length=20)
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    boards = models.PositiveIntegerField(help_text="how many boards used the provider that day: all but one are saved")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["provider", "service", "answered_on"], name="permit_answer_of_provider")]


class PermitNotice(models.Model):
    """IVO's notice that a permit is revoked or an activity banned, as any board received it.

    All boards see it at once; `taken_at` is when it was brought into the check.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="permit_notices")
    service = models.CharField(max_length=40)
    unit = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20)
    decided_on = models.DateField()
    applies_from = models.DateField()
    received_on = models.DateField()
    medium = models.CharField(max_length=20)
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)


class PermitMeasure(models.Model):
    """That a board acts on a permit that is missing: yes or no, and since when; never for how many or for whom."""

    check_number = models.CharField(max_length=40)
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_number", "board"], condition=models.Q(ended_on=None), name="permit_measure_once"
            )
        ]
