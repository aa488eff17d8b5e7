"""Evidence of a matter, numbered as it came: a file, or rows of what was delivered. It is only ever added to."""

from django.db import models

from tillit.web.models.matter import Finding, Matter
from tillit.web.models.scoping import OfMatter
from tillit.web.models.user import User


class Exhibit(models.Model):
    """One piece of evidence: what it is, whose it is, of which day, and how it came here.

    It is never changed (models/walls.py): what was wrong is put right by one more, that says which it adds to.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="exhibits")
    number = models.PositiveSmallIntegerField(help_text="its number in the matter, 1 for the first")
    title = models.CharField(max_length=200)
    origin = models.CharField(max_length=200, help_text="who made it, and from where it comes")
    dated_on = models.DateField(help_text="the day of the evidence itself")
    way = models.CharField(max_length=40, help_text="how it was obtained: plans/exhibits.yaml")
    remark = models.TextField(blank=True)
    adds_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="additions")
    name = models.CharField(max_length=255, blank=True, help_text="of the file, as it was given")
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, blank=True, related_name="+")
    lines = models.JSONField(default=list, help_text="rows of a delivered file that the finding rests on")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfMatter["Exhibit"]()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["matter", "number"], name="exhibit_number_once")]


class ExhibitFile(models.Model):
    """The bytes of a file of evidence, in the database for the reasons that DocumentFile is (models/document.py)."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    exhibit = models.OneToOneField(Exhibit, models.CASCADE, related_name="file")
    content = models.BinaryField()

    objects = OfMatter["ExhibitFile"]()


class ExhibitWithdrawal(models.Model):
    """Evidence that is no longer relied on, and why. It stays in the list under its number."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    exhibit = models.OneToOneField(Exhibit, models.CASCADE, related_name="withdrawal")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfMatter["ExhibitWithdrawal"]()
