"""A random sample: the frame that it was drawn from, and what was drawn. Drawn once, and never changed after."""

from django.db import models

from tillit.web.models.board import Board
from tillit.web.models.matter import Case
from tillit.web.models.scoping import OfBoard
from tillit.web.models.user import User


class Sample(models.Model):
    """A draw from a frame (content/frames) over a period. One a board, frame and period: nobody draws until it suits.

    `frame_file` is the frame as CSV, packed, with its hash: whoever has it and the seed draws the same units.
    `strata` is stratum -> [units, öre, drawn]; `providers` is number -> [units, öre, units in any finding];
    `groups` is 'kind:group' -> [units, units in any finding], by which it is seen if controls fall evenly.
    """

    board = models.ForeignKey(Board, models.PROTECT)
    frame = models.CharField(max_length=40)
    frame_revision = models.PositiveIntegerField()
    first = models.DateField()
    last = models.DateField()
    method = models.CharField(max_length=10, choices=[("simple", "Enkelt"), ("by_amount", "Efter belopp")])
    wanted = models.PositiveIntegerField(help_text="how many were asked for; strata have a least number each")
    mixed = models.PositiveIntegerField(default=0, help_text="how many that controls found were to be mixed in")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True, help_text="a code, where it came to no end")
    seed = models.CharField(max_length=200, blank=True)
    frame_hash = models.CharField(max_length=64, blank=True)
    frame_file = models.BinaryField(default=bytes)
    units = models.PositiveIntegerField(default=0)
    paid_ore = models.BigIntegerField(default=0)
    strata = models.JSONField(default=dict)
    providers = models.JSONField(default=dict)
    groups = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfBoard["Sample"]()

    class Meta:
        ordering = ["-last", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "frame", "first", "last"], condition=models.Q(error=""), name="sample_is_drawn_once"
            )
        ]


class OfSample(OfBoard["SampleUnit"]):
    """The manager of what belongs to a sample, and through it to a board."""

    path = "sample__board"


class SampleUnit(models.Model):
    """A unit to review: drawn at random with a chance that is known, or mixed in because a control found it.

    `chance_top` of `chance_of` is the chance that it came with; both are nought where it was not drawn. `matter` is
    its review, and `second` the one by another person of the tenth that is read twice.
    """

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="drawn")
    place = models.PositiveIntegerField(help_text="its place in the shuffled queue")
    unit = models.CharField(max_length=120)
    origin = models.CharField(max_length=10, choices=[("random", "Slump"), ("rule", "Kontroll")])
    stratum = models.CharField(max_length=40)
    amount_ore = models.BigIntegerField()
    cluster = models.CharField(max_length=120, blank=True)
    chance_top = models.BigIntegerField(default=0)
    chance_of = models.BigIntegerField(default=0)
    provider_number = models.CharField(max_length=20, blank=True)
    groups = models.JSONField(default=list)
    found_by = models.JSONField(default=list, help_text="the controls that had a finding about it when it was drawn")
    matter = models.OneToOneField(Case, models.PROTECT, related_name="reviewed_unit")
    second = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="second_of_unit")

    objects = OfSample()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "unit"], name="unit_is_reviewed_once"),
            models.CheckConstraint(
                name="chance_is_known_of_what_was_drawn",
                condition=models.Q(origin="rule", chance_top=0, chance_of=0)
                | models.Q(origin="random", chance_top__gt=0, chance_of__gte=models.F("chance_top")),
            ),
        ]
