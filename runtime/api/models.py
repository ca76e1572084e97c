"""Which idempotency keys have been used, and for what; so that one is never used for something else."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel


class IdempotencyKey(ScopedModel):
    """One key under which an application was filed. Both columns are digests, never what was sent."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    key = models.CharField(_("key"), max_length=64)
    request = models.CharField(_("digest of the request"), max_length=64)
    used_at = models.DateTimeField(_("used at"), db_index=True)

    class Meta:
        ordering = ["-used_at"]
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = [models.UniqueConstraint(fields=["region", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.used_at:%c}"
