"""A role that one administrator wants to give or to end, and that a second person has to agree to."""

from django.db import models

from tillit.web.models.board import Board, Unit
from tillit.web.models.user import Grant, User


class RoleProposal(models.Model):
    """A role of supervision, or of the whole municipality, on its way: given or ended when another agrees.

    Not scoped, as Grant is not: read through queries/role.py, by those who may agree. Until then it gives nothing.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    role = models.CharField(max_length=10)
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    substitute_for = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    ends = models.ForeignKey(Grant, models.CASCADE, null=True, blank=True, related_name="+")
    ordered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agreed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_proposal_is_settled_by_another",
                condition=models.Q(settled_by=None) | ~models.Q(settled_by=models.F("by")),
            ),
            models.CheckConstraint(
                name="role_proposal_is_not_agreed_to_by_who_gets_it",
                condition=models.Q(settled_by=None) | ~models.Q(settled_by=models.F("user")),
            ),
        ]
