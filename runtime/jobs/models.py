"""A job: one piece of long work that somebody asked for, how far it has come, and the file it made.

Which kinds there are stands in the registry (`kinds`); a row says no more of its work than plain JSON.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel


class Job(ScopedModel):
    """`place` is where the work stands, as its kind writes it; `total` is known once it was counted.

    `turn` numbers those who worked on it: whoever was thought dead and comes back has an older one, and
    can note nothing any more. `worked_at` lets the one that waited longest go first. `file` is the name in
    the storage until `expires_at`, `name` what the reader's copy is called. `by` is nobody where the operator
    asked at the command line.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Stopped")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    arguments = models.JSONField(_("what was asked"), default=dict)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(_("how much there is to do"), null=True, blank=True)
    done = models.PositiveIntegerField(_("how much was done"), default=0)
    place = models.JSONField(_("where it stands"), default=dict)
    turn = models.PositiveIntegerField(_("turn"), default=0)
    tries = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    lease_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    worked_at = models.DateTimeField(_("last worked on"), null=True, blank=True)
    why = models.CharField(_("why it failed"), max_length=30, blank=True)
    file = models.CharField(_("file"), max_length=200, blank=True)
    name = models.CharField(_("name of the file"), max_length=150, blank=True)
    size = models.PositiveBigIntegerField(_("size of the file"), default=0)
    expires_at = models.DateTimeField(_("the file is kept until"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index(fields=["region", "by", "kind"], name="job_of_person"),
            models.Index(
                fields=["worked_at"],
                condition=models.Q(finished_at__isnull=True),
                name="job_unfinished",
            ),
            models.Index(
                fields=["expires_at"],
                condition=models.Q(expires_at__isnull=False),
                name="job_file_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def asker(self) -> User:
        """Who asked for it, where it can be asked for at the desk only."""
        assert self.by is not None, "this kind of work is not asked for at the command line"
        return self.by
