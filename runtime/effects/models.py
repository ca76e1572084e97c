"""The outbox: one row per thing that is to happen outside, written in the deciding transaction."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel


class EffectRun(ScopedModel):
    """One effect of one event of a case, and how far it has come.

    The subject is named by number and not by a foreign key: cases stand above effects.
    """

    class State(models.TextChoices):
        NEW = "new", _("Waiting")
        LEASED = "leased", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Parked after failing")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    case_id = models.BigIntegerField(_("case"))
    event_n = models.PositiveIntegerField(_("event"))
    type = models.CharField(_("type"), max_length=20)
    payload = models.JSONField(_("payload"), default=dict)
    dedupe = models.CharField(_("runs once under this name"), max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.NEW)
    due_at = models.DateTimeField(_("due at"))
    lease_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
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
            models.Index(fields=["region", "case_id"], name="effect_of_case"),
            models.Index(fields=["region"], condition=models.Q(state="failed"), name="effect_parked"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.dedupe}"
