"""A batch: one command that an officer gave for many tasks, and what came of each. Cases know nothing of it.

A case's history is told by its events alone; a row here only says how far a batch has come. Tasks are
named by number and not by a foreign key: what was asked for may not be there at all.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.jobs.models import Job
from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel


class Batch(ScopedModel):
    """One command on many cases. `comment` is forgotten once it is finished: it stands in the histories.

    Who works on it and how far it has come is the job's to say; with the job it goes after a time.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    module = models.CharField(_("service"), max_length=60, blank=True)
    action = models.CharField(_("action"), max_length=40)
    comment = models.TextField(_("note"), blank=True)
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    job = models.OneToOneField(Job, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("batch")
        verbose_name_plural = _("batches")

    def __str__(self) -> str:
        return str(self.public_id)


class Item(ScopedModel):
    """One task of a batch: the revision of its case that the officer saw, and what came of it.

    `reference` is known only of cases that were the officer's to see.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        CANCELLED = "cancelled", _("Cancelled")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    n = models.PositiveSmallIntegerField(_("place"))
    task = models.BigIntegerField(_("task"))
    seen = models.PositiveIntegerField(_("revision that was seen"))
    reference = models.CharField(_("reference"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("why not"), max_length=30, blank=True)
    data = models.JSONField(_("what the reason names"), default=dict, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        ordering = ["batch_id", "n"]
        constraints = [models.UniqueConstraint(fields=["batch", "task"], name="batch_task_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.n} {self.state}"
