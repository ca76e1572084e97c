"""What officers changed of the applicant's answers, beside the event that says so; `edits` writes it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.cases.models.case import Case, CaseEvent
from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel


class Edit(ScopedModel):
    """One change of answers by an officer: why, and the answers before and after, those that changed alone.

    The event names the questions and holds the salted digest of this; it can be removed, the event stays.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="edits")
    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="edit")
    reason = models.TextField(_("reason"))
    before = models.JSONField(_("answers before"), default=dict)
    after = models.JSONField(_("answers after"), default=dict)
    salt = models.CharField(_("salt"), max_length=32)

    def __str__(self) -> str:
        return str(self.event)
