"""The facts a person keeps with one region. Each region is a controller of its own: none sees another's."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel


class Profile(ScopedModel):
    """Canonical answers by the name of the fact (see `profile.json`). Filled in and deleted by the person."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    facts = models.JSONField(_("facts"), default=dict)
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [models.UniqueConstraint(fields=["region", "user"], name="profile_once")]

    def __str__(self) -> str:
        return f"{self.user_id}"
