"""What an account outside the municipality is bound to: one provider, one worker or one client."""

from django.db import models
from django.db.models import Q

from tillit.web.models.board import Board
from tillit.web.models.scoping import OfBoard
from tillit.web.models.user import Grant


class PortalGrant(models.Model):
    """The one thing that an outside role is held for. Without it the role opens nothing; its dates are the role's.

    A provider has its number; a worker its code at a provider; a client, or who represents one, the client's code.
    """

    grant = models.OneToOneField(Grant, models.CASCADE, related_name="portal")
    board = models.ForeignKey(Board, models.PROTECT)
    provider_number = models.CharField(max_length=20, blank=True)
    worker_code = models.CharField(max_length=20, blank=True)
    client_code = models.CharField(max_length=20, blank=True)
    called = models.CharField(max_length=200, help_text="what the parties to a report call whom it is bound to")
    represents = models.CharField(
        max_length=10,
        blank=True,
        choices=[
            ("client", "Brukaren"),
            ("guardian", "God man"),
            ("trustee", "Förvaltare"),
            ("parent", "Vårdnadshavare"),
            ("other", "Annan"),
        ],
    )

    objects = OfBoard["PortalGrant"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="portal_grant_is_for_one_thing",
                condition=Q(client_code="", represents="") & ~Q(provider_number="")
                | Q(provider_number="", worker_code="") & ~Q(client_code="") & ~Q(represents=""),
            )
        ]
        indexes = [
            models.Index(fields=["board", "client_code"], name="portal_grant_of_client"),
            models.Index(fields=["board", "provider_number", "worker_code"], name="portal_grant_of_worker"),
        ]
