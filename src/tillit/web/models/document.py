"""Documents of a matter: drafts that are made again until they are sent, and the files that were sent."""

from django.db import models

from tillit.web.models.matter import Matter
from tillit.web.models.scoping import OfMatter
from tillit.web.models.step import Proposal
from tillit.web.models.user import User


class Document(models.Model):
    """A document made in a matter: what fills it, and whether it can still be changed.

    A draft keeps its values, and its text is made from them; once it is sent or settled nothing of it changes, which
    the database itself sees to (models/walls.py).
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="documents")
    number = models.PositiveSmallIntegerField(help_text="its number in the matter, 1 for the first")
    document = models.CharField(max_length=40)
    revision = models.PositiveIntegerField(help_text="of the document's file, when it was last made")
    step = models.CharField(max_length=40, blank=True, help_text="the step that makes it; empty where a person asked")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="+")
    values = models.JSONField(default=dict, help_text="what comes from the matter, as it was when it was made")
    asked = models.JSONField(default=dict, help_text="what a person has filled in on it")
    recipient = models.CharField(max_length=500, blank=True, help_text="name and address, as they stand in it")
    registry_number = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="none where no person made it")
    times = models.PositiveIntegerField(
        default=1, help_text="how often it has been made; an action changes what it read"
    )
    frozen_at = models.DateTimeField(null=True, blank=True, help_text="sent, or settled where it stays in the matter")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="what it was made for did not happen")

    objects = OfMatter["Document"]()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["matter", "number"], name="document_number_once")]


class DocumentFile(models.Model):
    """A document as it was sent or settled: the bytes themselves.

    They lie in the database, so that what was sent and the line that says so are written together, are shut to other
    boards by the same walls, and come with the same backup.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("word", "Word")])
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    objects = OfMatter["DocumentFile"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "kind"], name="document_file_once")]


class EditedFile(models.Model):
    """A document as someone has edited it by hand in Word: a version of its own, kept beside the made one.

    It stands while the document is still as it was when the file was given (`times`); never changed or removed
    (models/walls.py), so that what was given can be told from what was sent.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="edited_files")
    version = models.PositiveSmallIntegerField()
    times = models.PositiveIntegerField(help_text="how often the document had been made when this was given")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfMatter["EditedFile"]()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["document", "version"], name="edited_file_version_once")]
