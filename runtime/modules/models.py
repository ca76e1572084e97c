"""Published documents in a region, and which of them is open to the public."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel


class ModuleVersion(ScopedModel):
    """One published, numbered document in a region. Never changed, never deleted while used."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    key = models.CharField(_("key"), max_length=60)
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(_("digest"), max_length=64)
    document = models.TextField(_("document"))
    published_at = models.DateTimeField(_("published at"))

    class Meta:
        ordering = ["key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["region", "key", "number"], name="module_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"


class Installation(ScopedModel):
    """The version of a module that a region offers, and whether it takes new applications."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        PAUSED = "paused", _("Paused")
        CLOSING = "closing", _("Closing: drafts may be finished")
        CLOSED = "closed", _("Closed")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    key = models.CharField(_("key"), max_length=60)
    version = models.ForeignKey(ModuleVersion, models.PROTECT, related_name="installations")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["region", "key"], name="installation_once")]

    def __str__(self) -> str:
        return self.key
