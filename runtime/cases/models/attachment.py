"""Files that citizens and officers gave."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.cases.models.case import Case
from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel


def attachment_path(attachment: Attachment, name: str) -> str:
    """Return where the file lies: named by its id only, never by what the citizen called it."""
    return f"attachments/{attachment.region_id}/{attachment.pk.hex[:2]}/{attachment.pk.hex}"


class Attachment(ScopedModel):
    """A file a citizen or an officer gave; of a draft until a case claims it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="attachments")
    draft_token = models.CharField(_("draft"), max_length=64, blank=True, db_index=True)
    field = models.CharField(_("question"), max_length=40)
    name = models.CharField(_("name"), max_length=255)
    type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    file = models.FileField(_("file"), upload_to=attachment_path, max_length=200)
    stored_at = models.DateTimeField(_("stored at"))

    class Meta:
        ordering = ["stored_at"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [models.Index(fields=["region", "draft_token"], name="attachment_of_draft")]

    def __str__(self) -> str:
        return self.name

    def as_answer(self) -> dict[str, str | int]:
        """Return the file the way an answer of type file or photo holds it."""
        return {
            "id": str(self.pk),
            "name": self.name,
            "size": self.size,
            "type": self.type,
            "sha256": self.sha256,
        }
