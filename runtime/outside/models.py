"""The programs outside that a region talks to: where they are, what they are trusted by, how it went last.

A document names a connection by its key alone; address and secret are the region's and stay here.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel


class Connection(ScopedModel):
    """One program outside. `secret` is sealed: see `sealing`; whoever reads the database cannot use it."""

    class Kind(models.TextChoices):
        WEBHOOK = "webhook", _("Another system")
        SMS = "sms", _("SMS gateway")
        WHATSAPP = "whatsapp", _("WhatsApp gateway")

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    key = models.CharField(_("key"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    address = models.CharField(_("address"), max_length=500)
    secret = models.TextField(_("secret"), blank=True)
    on = models.BooleanField(_("switched on"), default=True)
    created_at = models.DateTimeField(_("created at"))
    succeeded_at = models.DateTimeField(_("last success"), null=True, blank=True)
    failed_at = models.DateTimeField(_("last failure"), null=True, blank=True)
    failed_for = models.CharField(_("why it failed"), max_length=20, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    paused_until = models.DateTimeField(_("left alone until"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("connection")
        verbose_name_plural = _("connections")
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="connection_once"),
            models.UniqueConstraint(
                fields=["region", "kind"],
                condition=models.Q(on=True, kind__in=["sms", "whatsapp"]),
                name="connection_one_gateway",
            ),
        ]

    def __str__(self) -> str:
        return self.name
