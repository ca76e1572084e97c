"""The log of views. Append-only: triggers refuse a change or a deletion (migration 0001).

A row names the case and the officer, never what was seen: the log is no second place for personal data.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.regions.capacity import prefixed
from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel


class Did(models.TextChoices):
    """What an officer was shown."""

    VIEWED = "viewed", _("Opened the application")
    REVEALED = "revealed", _("Made hidden numbers visible")
    OPENED = "opened", _("Opened a document")
    DOWNLOADED = "downloaded", _("Saved a document")
    EXPORTED = "exported", _("Put the answers into a file of many applications")


class Purpose(models.TextChoices):
    """What it was shown for."""

    TASK = "task", _("For a task")
    SEARCH = "search", _("Looked up")
    MOVE = "move", _("For the plan of a move to another version")
    FILING = "filing", _("Filed at the counter")
    EXPORT = "export", _("For a file of many applications")


class Viewing(ScopedModel):
    """An officer was shown personal data of a case.

    `name`, `title` (of the post, by language) and `as_kind` are as they were then. `task` is the key of the
    task the officer was to do; without one the case was looked up. `file` is the document that was opened.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=40)
    title = models.JSONField(_("title of the post"), default=dict)
    office = models.ForeignKey(Region, models.PROTECT, related_name="+")
    as_kind = models.CharField(_("as Plt. or Plh."), max_length=3, blank=True)
    did = models.CharField(_("what was done"), max_length=10, choices=Did.choices)
    purpose = models.CharField(_("for what"), max_length=6, choices=Purpose.choices)
    task = models.CharField(_("task"), max_length=40, blank=True)
    file = models.UUIDField(_("document"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("view of personal data")
        verbose_name_plural = _("views of personal data")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose="task") & ~models.Q(task="")
                | ~models.Q(purpose="task") & models.Q(task=""),
                name="viewing_task_named",
            ),
        ]
        indexes = [models.Index(fields=["region", "at"], name="viewing_by_time")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.did} {self.user_id}"

    def post(self, language: str) -> str:
        """Return the title that the officer bore: “Plh. Lurah”."""
        title = self.title.get(language) or next(iter(self.title.values()), self.role)
        return prefixed(self.as_kind, title)


class Openness(ScopedModel):
    """What applicants of a region read of who saw their data: with `names` the officers' names, too."""

    region = models.OneToOneField(Region, models.CASCADE, related_name="+")
    names = models.BooleanField(_("applicants read names"), default=False)

    def __str__(self) -> str:
        return f"{self.region}"
