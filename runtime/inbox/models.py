"""What an officer keeps on the desk for themselves. It says nothing about a case and changes none."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel


class Watch(ScopedModel):
    """A case that an officer keeps an eye on. It opens nothing: whoever loses a post no longer sees it."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"))

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = _("watched case")
        verbose_name_plural = _("watched cases")
        constraints = [models.UniqueConstraint(fields=["user", "case"], name="watched_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.case_id}"
