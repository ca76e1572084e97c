"""What the processes of an installation remember together about a register: whether asking it is any use."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel


class Circuit(ScopedModel):
    """Failures in a row of one register in one region; until `open_until` it is not asked."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    register = models.CharField(_("register"), max_length=40)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    open_until = models.DateTimeField(_("not asked until"), null=True, blank=True)

    class Meta:
        verbose_name = _("connection to a register")
        verbose_name_plural = _("connections to registers")
        constraints = [models.UniqueConstraint(fields=["region", "register"], name="circuit_once")]

    def __str__(self) -> str:
        return f"{self.register}: {self.failures}"
