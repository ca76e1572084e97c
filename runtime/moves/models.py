"""A plan for the cases of a service that are on one version and could go to another, case by case."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.jobs.models import Job
from runtime.modules.models import ModuleVersion
from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel

KIND = "move"
"""The kind of job that works on a batch."""


def _key() -> str:
    return secrets.token_hex(8)


class Batch(ScopedModel):
    """Which cases are to go where, by which rules, and how far it has come.

    `looked` is the last case that was looked at. `key` names the batch in the events of its cases. `job` is
    the latest work on it: a plan outlives the jobs that make it, move its cases and bring them back.
    """

    class State(models.TextChoices):
        PLANNING = "planning", _("Being planned")
        PLANNED = "planned", _("Planned")
        MOVING = "moving", _("Moving")
        UNDOING = "undoing", _("Moving back")
        CANCELLED = "cancelled", _("Stopped")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    key = models.CharField(_("key"), max_length=16, default=_key, unique=True, editable=False)
    old = models.ForeignKey(ModuleVersion, models.PROTECT, related_name="+")
    new = models.ForeignKey(ModuleVersion, models.PROTECT, related_name="+")
    rules = models.JSONField(_("rules"), default=dict)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PLANNING)
    looked = models.BigIntegerField(_("looked at up to"), default=0)
    total = models.PositiveIntegerField(_("cases when it began"), default=0)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("move between versions")
        verbose_name_plural = _("moves between versions")
        indexes = [
            models.Index(fields=["region", "old", "new"], name="move_of_service"),
        ]

    def __str__(self) -> str:
        return self.key


class Item(ScopedModel):
    """One case of a batch: what would become of it, and what did.

    `plan` holds keys and moments and never an answer. `why` is the reason for which it was left alone, `told`
    what the sentence about it needs.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CHOSEN = "chosen", _("Waiting to be moved")
        MOVED = "moved", _("Moved")
        RETURNING = "returning", _("Waiting to be moved back")
        RETURNED = "returned", _("Moved back")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(_("revision when it was planned"))
    kind = models.CharField(_("what becomes of it"), max_length=10)
    plan = models.JSONField(_("plan"), default=dict)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PLANNED)
    why = models.CharField(_("why it was left alone"), max_length=20, blank=True)
    told = models.JSONField(_("about that"), default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "case"], name="case_planned_once")]
        indexes = [models.Index(fields=["region", "batch", "state", "kind"], name="move_item")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.case_id}: {self.kind}"
