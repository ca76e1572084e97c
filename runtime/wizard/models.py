"""An application that is being filled in. The row is the truth; the browser holds only its address."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.modules.models import ModuleVersion
from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel


class Draft(ScopedModel):
    """Answers on their way, pinned to the version they began with. `token` is a secret address.

    `answers` are canonical; `typed` keeps what could not be taken yet, question by question.
    `offered` are first answers nobody has seen on a page yet: key → value and source. `registers` is
    what outside registers said, by lookup (see `lookups`); no page can post into it.
    `revision` counts what was stored, `log` says per question by whom, `turns` how far each window has
    come, and `others` are versions of an answer among which the applicant chooses (see `merging`).
    After filing, answers are wiped and only `reference` leads to the case.
    A draft of the counter has a `clerk`, who alone may open it, and in `counter` for whom it is filled in.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    token = models.CharField(_("token"), max_length=64, unique=True)
    version = models.ForeignKey(ModuleVersion, models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    clerk = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    counter = models.JSONField(_("for whom the clerk files"), default=dict, blank=True)
    submit_key = models.CharField(_("submit key"), max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=10, default="id")
    origin = models.CharField(_("digest of the address it was begun from"), max_length=32, blank=True)
    contact = models.CharField(_("contact"), max_length=254, blank=True)
    step = models.CharField(_("step"), max_length=60, blank=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    typed = models.JSONField(_("typed"), default=dict, blank=True)
    offered = models.JSONField(_("first answers offered"), default=dict, blank=True)
    registers = models.JSONField(_("what registers said"), default=dict, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    log = models.JSONField(_("log of changes"), default=dict, blank=True)
    others = models.JSONField(_("other versions of answers"), default=dict, blank=True)
    turns = models.JSONField(_("how far each window has come"), default=dict, blank=True)
    started_at = models.DateTimeField(_("started at"))
    saved_at = models.DateTimeField(_("saved at"))
    expires_at = models.DateTimeField(_("expires at"), db_index=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=40, blank=True)

    class Meta:
        ordering = ["-saved_at"]
        indexes = [
            models.Index(fields=["region", "origin", "started_at"], name="draft_origin"),
            models.Index(
                fields=["region", "owner"], condition=models.Q(owner__isnull=False), name="draft_of_person"
            ),
            models.Index(
                fields=["region", "clerk"], condition=models.Q(clerk__isnull=False), name="draft_of_clerk"
            ),
        ]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return f"{self.version.key} {self.saved_at:%c}"


class PartialUpload(ScopedModel):
    """A file on its way to a draft, in pieces. Its bytes lie in storage; a finished one keeps its answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="partial_uploads")
    field = models.CharField(_("place of the question"), max_length=140)
    name = models.CharField(_("name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    received = models.PositiveBigIntegerField(_("received"), default=0)
    pieces = models.JSONField(_("pieces"), default=list, blank=True)
    finished = models.BooleanField(_("finished"), default=False)
    touched_at = models.DateTimeField(_("touched at"), db_index=True)

    class Meta:
        ordering = ["touched_at"]
        verbose_name = _("file on its way")
        verbose_name_plural = _("files on their way")

    def __str__(self) -> str:
        return self.name
