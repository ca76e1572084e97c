"""The outbox: one row per thing that is to happen outside, written in the deciding transaction."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel


class EffectRun(ScopedModel):
    """One effect of one event of a case, and how far it has come.

    The subject is named by number and not by a foreign key: cases stand above effects; 0 is no single
    case. Effects of one
    case with the same `lane` happen in the order they were written. `ready_at` is when it was wanted,
    `due_at` when it is tried (again). `settled_by` has marked a failed one as done.
    """

    class State(models.TextChoices):
        NEW = "new", _("Waiting")
        LEASED = "leased", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Parked after failing")
        DROPPED = "dropped", _("Not needed any more")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    case_id = models.BigIntegerField(_("case"))
    event_n = models.PositiveIntegerField(_("event"))
    type = models.CharField(_("type"), max_length=20)
    payload = models.JSONField(_("payload"), default=dict)
    dedupe = models.CharField(_("runs once under this name"), max_length=120, unique=True)
    lane = models.CharField(_("kept in order within"), max_length=80, blank=True, db_default="")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.NEW)
    ready_at = models.DateTimeField(_("wanted at"), db_default=Now())
    due_at = models.DateTimeField(_("due at"))
    lease_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    reason = models.CharField(_("why it failed"), max_length=20, blank=True, db_default="")
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("effect")
        verbose_name_plural = _("effects")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=["new", "leased"]),
                name="effect_waiting",
            ),
            models.Index(
                fields=["case_id", "lane", "id"],
                condition=models.Q(state__in=["new", "leased"]),
                name="effect_in_lane",
            ),
            models.Index(fields=["region", "case_id"], name="effect_of_case"),
            models.Index(fields=["region"], condition=models.Q(state="failed"), name="effect_parked"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.dedupe}"
