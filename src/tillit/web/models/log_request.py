"""An auditor's request for lines of the log, and who granted or declined it."""

from django.db import models

from tillit.web.models.user import User


class LogRequest(models.Model):
    """What lines are asked for (of a matter, a person, a period), why, and the answer; a grant lasts to a day.

    Not scoped, as the log is not: read through queries/log_request.py, by who asked and by those who grant.
    """

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    matter = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=300)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    granted_to = models.DateField(null=True, blank=True, help_text="the last day to take it out; none where declined")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="log_request_is_settled_by_another",
                condition=models.Q(settled_by=None) | ~models.Q(settled_by=models.F("by")),
            )
        ]
