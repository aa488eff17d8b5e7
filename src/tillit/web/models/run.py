"""Deliveries and runs as they are seen in the browser, and jobs that outlive a killed worker."""

from django.db import models

from tillit.web.models.board import Board
from tillit.web.models.scoping import OfBoard
from tillit.web.models.user import User


class Upload(models.Model):
    """A file that a board has delivered, and how it was understood (the delivery's JSON)."""

    board = models.ForeignKey(Board, models.PROTECT)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    delivery = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    objects = OfBoard["Upload"]()


class Run(models.Model):
    """A run of the controls over a board's deliveries."""

    board = models.ForeignKey(Board, models.PROTECT)
    day = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    summary = models.JSONField(default=dict)

    objects = OfBoard["Run"]()


class Job(models.Model):
    """Long work: what, with what, how far, and whether its worker still lives."""

    kind = models.CharField(max_length=40)
    given = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="waiting", db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True, help_text="a code, never an exception's text")
    once = models.CharField(max_length=100, unique=True, null=True, blank=True)
