"""What an officer keeps on the desk for themselves. It says nothing about a case and changes none."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel


class Watch(ScopedModel):
    """A case that an officer keeps an eye on. It opens nothing: whoever loses a post no longer sees it.

    An index of the region alone would lead SQLite through what everybody watches.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
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


class SavedView(ScopedModel):
    """A filter of the list of work under a name: its author's alone, or that of everybody in `office`."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    office = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filter"), max_length=600)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        indexes = [models.Index(fields=["region", "office"], name="saved_view_of_office")]

    def __str__(self) -> str:
        return self.name


class FirstView(ScopedModel):
    """With which saved view the desk opens for an officer, if not with their own tasks."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="firsts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "user"], name="first_view_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.view_id}"
