"""What is known of providers, the same for every board: nothing here leads to an individual (Z3).

Not scoped: it is shared by all boards, which is what it is for. A sole trader is known by a code, for that
organisation number is a personal number. Written by imports; a board's own findings are never joined to it here.
"""

from django.db import models

from tillit.web.models.board import Board
from tillit.web.models.user import User


class Provider(models.Model):
    """A provider or supplier: a company, an association or a unit of the municipality's own."""

    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    is_person = models.BooleanField(default=False, help_text="a sole trader: number is a code")
    legal_form = models.CharField(max_length=40, blank=True)
    service_areas = models.JSONField(default=list)
    status = models.CharField(max_length=20, blank=True)
    status_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    f_tax = models.BooleanField(null=True, blank=True)
    employer = models.BooleanField(null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Permit(models.Model):
    """A permit to run an activity, as the authority's register said when it was read."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="permits")
    service_type = models.CharField(max_length=40)
    authority = models.CharField(max_length=20, default="ivo")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, default="granted")
    status_on = models.DateField(null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)


class Contract(models.Model):
    """A contract with a provider."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="contracts")
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True)
    service_area = models.CharField(max_length=40)
    form = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    option_to = models.DateField(null=True, blank=True)


class Use(models.Model):
    """That a board uses a provider: yes or no, and since when; never for how many or for whom.

    `ended_because` is a code of content/plans/cooperation.yaml, where a person has said that it ended.
    """

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="uses")
    board = models.ForeignKey(Board, models.PROTECT)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=20, blank=True)


class ProviderNotice(models.Model):
    """Someone is told that a board has ended its cooperation with a provider that the person's board uses."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    use = models.ForeignKey(Use, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "seen_at"], name="provider_notice_of_user")]


class GrantGiven(models.Model):
    """A grant that a board has paid to an association, as it was decided: a public fact."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="grants_given")
    board_name = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200, blank=True)
    period_from = models.DateField()
    period_to = models.DateField()
    amount_ore = models.BigIntegerField()
    report_due_on = models.DateField(null=True, blank=True)
    report_approved_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board_name", "number"], name="grant_given_once")]


class ProviderLink(models.Model):
    """That two providers share a person in a role, an account or an address; never which, whose or where.

    Written anew from a board's deliveries at each of its runs. The number of `one` is the smaller.
    """

    one = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    other = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    one_roles = models.JSONField(default=list)
    other_roles = models.JSONField(default=list)
    one_from = models.DateField(null=True, blank=True)
    one_to = models.DateField(null=True, blank=True)
    other_from = models.DateField(null=True, blank=True)
    other_to = models.DateField(null=True, blank=True)
    board = models.ForeignKey(Board, models.CASCADE, related_name="+")
    read_on = models.DateField()


class ProviderCheck(models.Model):
    """A control of a provider that is planned or done, as of its permit or its registrations."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="checks")
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True)
    what = models.CharField(max_length=100)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=200, blank=True)
