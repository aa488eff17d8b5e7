"""The right to be heard (kommunicering), kept so that the database itself can refuse what passes it by."""

from django.db import models
from django.db.models import F, Q

from tillit.web.models.matter import Matter
from tillit.web.models.scoping import OfMatter
from tillit.web.models.user import User


class Hearing(models.Model):
    """A party asked to comment, or the exception in law for not asking: one row each time.

    It is settled when an answer has come, when the time to answer is out, or when a second person has
    approved an exception; an exception opens `only_for` one state, a hearing opens all that need one.
    Law: 2017:900 25 §.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="hearings")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    party = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    silent_on = models.DateField(null=True, blank=True, help_text="the day when it was noted that no answer came")
    exception = models.CharField(max_length=10, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    only_for = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = OfMatter["Hearing"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hearing_is_settled_by_something",
                condition=Q(settled_at=None)
                | Q(sent_at__isnull=False, answered_on__isnull=False)
                # Asked for one by one: to SQL a comparison with nothing is not false, and would let it pass.
                | Q(
                    sent_at__isnull=False,
                    answer_by__isnull=False,
                    silent_on__isnull=False,
                    silent_on__gt=F("answer_by"),
                )
                | (Q(approved_by__isnull=False) & ~Q(exception="") & ~Q(only_for="") & ~Q(approved_by=F("sent_by"))),
            )
        ]


class Gate(models.Model):
    """A state that is not reached unheard, as the process files say; laid by actions/start.py, read by a trigger.

    Not scoped: it is content, the same for every board.
    """

    process = models.CharField(max_length=40)
    state = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "state"], name="gate_once")]
