"""How an authority is reached, as the municipality itself has written it: a function, never a person."""

from django.db import models

from tillit.web.models.user import User


class AuthorityContact(models.Model):
    """One recipient of content/recipients.yaml: whom to ask for, by which way, and what has been agreed with them.

    Not scoped: it is the municipality's, and holds nothing of any matter. Nothing is removed: it is written over, and
    the log says by whom.
    """

    recipient = models.CharField(max_length=40, unique=True)
    function = models.CharField(max_length=200, blank=True)
    mailbox = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    agreed = models.TextField(
        blank=True, help_text="as how a report is to be written, agreed with those who receive it"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.recipient
