"""Check lists that are filled in within matters, and the questions that a municipality has added to them."""

from django.db import models

from tillit.web.models.board import Board, Unit
from tillit.web.models.matter import Matter
from tillit.web.models.scoping import OfBoard, OfMatter
from tillit.web.models.user import User


class ChecklistRun(models.Model):
    """A check list that is being filled in, or was. It is never changed; what is answered is added.

    `asked` are the questions as they stood when it was begun, so that a run says what was asked for ever:
    `revision` is that of the content, `added` those of the municipality's own questions (LocalQuestions).
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="checklist_runs")
    checklist = models.CharField(max_length=10)
    revision = models.PositiveIntegerField()
    added = models.JSONField(default=dict)
    asked = models.JSONField(default=dict)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects = OfMatter["ChecklistRun"]()

    class Meta:
        ordering = ["pk"]


class Reply(models.Model):
    """An answer to one question: a person's, at a time, with the source. The last one counts; those before it stay."""

    run = models.ForeignKey(ChecklistRun, models.CASCADE, related_name="replies")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    question = models.CharField(max_length=40)
    reply = models.CharField(max_length=14, choices=[("yes", "Ja"), ("no", "Nej"), ("not_applicable", "Ej aktuellt")])
    source = models.CharField(max_length=200, blank=True)
    comment = models.CharField(max_length=2000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfMatter["Reply"]()

    class Meta:
        ordering = ["pk"]


class LocalQuestions(models.Model):
    """A version of a board's or a unit's own questions in a check list. Every change is a new version."""

    board = models.ForeignKey(Board, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    checklist = models.CharField(max_length=10)
    revision = models.PositiveIntegerField()
    questions = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfBoard["LocalQuestions"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "checklist", "revision"],
                condition=models.Q(unit=None),
                name="local_questions_once_a_board",
            ),
            models.UniqueConstraint(
                fields=["unit", "checklist", "revision"],
                condition=models.Q(unit__isnull=False),
                name="local_questions_once_a_unit",
            ),
        ]
