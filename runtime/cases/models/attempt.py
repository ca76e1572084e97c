"""Tries to open a case by its second fact."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel


class ProofAttempt(ScopedModel):
    """One try to open a case by its second fact. `subject` is a keyed digest, not a name or address."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    subject = models.CharField(_("case or address"), max_length=64)
    at = models.DateTimeField(_("at"))
    passed = models.BooleanField(_("passed"), default=False)

    class Meta:
        indexes = [models.Index(fields=["region", "subject", "at"], name="proof_attempt_recent")]

    def __str__(self) -> str:
        return f"{self.at:%c} {self.passed}"
