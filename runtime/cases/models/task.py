"""What a case waits for: work of officers, and questions sent back to the applicant."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.cases.models.case import Case
from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel


class Task(ScopedModel):
    """One piece of human work: a role in an office is asked to act while the case is in a status.

    Of several people each has a row, a `seat`. `closed_by` decided it in the place of `closed_for`.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    office = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(_("key"), max_length=40)
    role = models.CharField(_("role"), max_length=40)
    seat = models.PositiveSmallIntegerField(_("seat"), default=1)
    status = models.CharField(_("status"), max_length=40)
    entered = models.PositiveIntegerField(_("revision that led to the status"), default=0)
    opened_at = models.DateTimeField(_("opened at"))
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    claimed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("decided as"), max_length=40, blank=True)
    answers = models.JSONField(_("answers of the person who decided"), default=dict, blank=True)

    class Meta:
        ordering = ["due_at", "opened_at"]
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "key", "office", "seat"],
                condition=models.Q(closed_at__isnull=True),
                name="task_open_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["region", "role", "office", "due_at", "opened_at", "id"],
                condition=models.Q(closed_at__isnull=True),
                name="task_open_due",
            ),
            models.Index(
                fields=["region", "role", "office", "opened_at", "id"],
                condition=models.Q(closed_at__isnull=True),
                name="task_open_new",
            ),
            models.Index(
                fields=["region", "claimed_by"],
                condition=models.Q(closed_at__isnull=True, claimed_by__isnull=False),
                name="task_in_hand",
            ),
            # Not led by the region: SQLite would take it for open tasks as well, and read the closed ones.
            models.Index(fields=["role", "office", "case", "region"], name="task_of_post"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"


class Correction(ScopedModel):
    """The questions sent back to the applicant, why, by whom; open until answered.

    `before` holds the answers as they were, so that an officer sees what changed.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="corrections")
    fields = models.JSONField(_("questions"))
    note = models.TextField(_("note"))
    before = models.JSONField(_("answers before they were changed"), default=dict, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="correction_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {', '.join(self.fields)}"
