"""The yearly review of roles: a manager says of each role that it is kept, or why it should be taken away (M253)."""

from django.db import models

from tillit.web.models.user import Grant, User


class RoleReview(models.Model):
    """One role that one manager is asked about. What should be taken away is taken by the access administrator.

    Not scoped, as Grant is not: read through queries/role_review.py, by the one who was asked and those who end roles.
    """

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.CharField(max_length=10, blank=True, choices=[("keep", "Behålls"), ("remove", "Tas bort")])
    reason = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["reviewer", "answered_at"], name="role_review_of_manager")]
