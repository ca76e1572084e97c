"""A service as designed: the draft document of a module, and its published, unchangeable releases.

The document is kept as the very text it came in, so that what goes in comes out byte for byte. What a
document means is known to `schemas`; what it does in a region is known to `runtime`.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, ClassVar, NoReturn

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    BaseLogEntry,
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
)
from wagtail.models.audit_log import ModelLogEntryManager

from builder import preview
from runtime.regions import scope
from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel
from schemas import digest


class PublishingRules(ScopedModel):
    """How a region publishes services. Without a row, whoever designs a service may publish it alone."""

    region = models.OneToOneField(Region, models.PROTECT, related_name="+")
    review = models.BooleanField(_("only publishers and administrators publish"), default=False)
    two_people = models.BooleanField(_("two people"), default=False)
    translated = models.BooleanField(_("only with every translation"), default=False)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("rules of publishing")
        verbose_name_plural = _("rules of publishing")

    def __str__(self) -> str:
        return str(self.region)


class AnotherPersonNeeded(Exception):
    """Two people are wanted, and whoever would publish has worked on what would be published."""


class Module(DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ScopedModel):
    """A service being designed in one region. `key` never changes; `title` repeats the document's.

    `put_away` are the marks (`builder.putaway`) of warnings that somebody knows better; no release has them.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", editable=False)
    key = models.SlugField(_("key"), max_length=40, editable=False)
    title = models.CharField(_("title"), max_length=200)
    document = models.TextField(_("document"))
    put_away = models.JSONField(_("warnings put away"), default=list, blank=True)
    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="module",
        for_concrete_model=False,
    )

    class Meta:
        ordering = ["title"]
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [models.UniqueConstraint(fields=["region", "key"], name="module_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self) -> Any:
        return self._revisions

    def with_content_json(self, content: dict[str, Any]) -> Module:
        """Return this module as it was in a revision; its region and key are never taken from there."""
        module: Module = super().with_content_json(content)
        module.region_id, module.key = self.region_id, self.key
        return module

    def publish(self, revision: Revision, user: User | None = None, **how: Any) -> Any:
        """Publish as Wagtail does, in whichever way it was asked for. Raises `AnotherPersonNeeded`."""
        self.must_be_published_by(user, revision)
        revision.publisher = user
        return super().publish(revision, user=user, **how)

    def must_be_published_by(self, user: User | None, revision: Revision) -> None:
        """Raise `AnotherPersonNeeded` when `user` may not publish `revision`; nobody named is the system."""
        if user is not None and self.worked_on_by(user, revision):
            raise AnotherPersonNeeded

    def worked_on_by(self, user: User, revision: Revision) -> bool:
        """Say whether two people are wanted and `user` wrote anything since the latest release."""
        if not PublishingRules.objects.filter(region=self.region_id, two_people=True).exists():
            return False
        latest: Release | None = self.releases.order_by("-number").first()
        known = latest.digest if latest else ""
        written = self.revisions.filter(pk__gte=latest.revision if latest else 0, pk__lte=revision.pk)
        for content, author in written.order_by("pk").values_list("content", "user_id"):
            found = digest_of(content.get("document", ""))
            if found != known and author == user.pk:
                return True
            known = found
        return False

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return preview.modes(self.document)

    def _get_dummy_header_url(self, original_request: HttpRequest | None = None) -> str | None:
        """Give the preview the address of previews, whose policy lets the editor frame it."""
        if original_request is None:
            return None
        return original_request.build_absolute_uri("/admin/services/preview/")

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return preview.show(request, document=self.document, mode=mode_name, region=self.region)


def digest_of(document: str) -> str:
    """Return the digest of a document, of its text where it cannot be read."""
    try:
        return digest.of_text(document)
    except ValueError:
        return sha256(document.encode("utf-8", "surrogatepass")).hexdigest()


class Review(ScopedModel):
    """Somebody asked for a draft to be published. `digest` says which: later edits are no part of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Sent back")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    module = models.ForeignKey(Module, models.CASCADE, related_name="reviews")
    digest = models.CharField(_("digest"), max_length=64)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    note = models.TextField(_("note"), blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("review of a service")
        verbose_name_plural = _("reviews of services")
        constraints = [
            models.UniqueConstraint(
                fields=["module"], condition=models.Q(state="waiting"), name="review_waiting_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.module}: {self.state}"


class ModuleLogManager(ModelLogEntryManager):
    """Adds the region of the module to every line."""

    def log_action(self, instance: Module, action: str, **kwargs: Any) -> ModuleLogEntry:
        entry: ModuleLogEntry = super().log_action(instance, action, region=instance.region, **kwargs)
        return entry


class ModuleLogEntry(ScopedModel, BaseLogEntry):
    """What was done to a module, for Wagtail's history. Wagtail's own table knows no regions."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=255, db_index=True)

    objects: ClassVar[Any] = scope.rows(ModuleLogManager)

    class Meta(BaseLogEntry.Meta):
        ordering = ["-timestamp", "-id"]
        verbose_name = _("history of a service")
        verbose_name_plural = _("history of services")

    def __str__(self) -> str:
        return f"{self.action}: {self.label}"


class BankEntry(ScopedModel):
    """Questions kept under a name, for every service of the region. `bundle` is the text they travel in."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    bundle = models.TextField(_("questions"))
    count = models.PositiveSmallIntegerField(_("number of questions"))
    saved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("entry of the question bank")
        verbose_name_plural = _("question bank")
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="bankentry_once")]

    def __str__(self) -> str:
        return self.name


LONGEST_COMMENT = 2_000
LONGEST_NAME = 100
"""Letters of a comment on a draft, and of the name below it."""


class DraftLink(ScopedModel):
    """A link to the newest draft of a service. Its address is signed from `public_id`, never kept."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    module = models.ForeignKey(Module, models.CASCADE, related_name="links")
    public_id = models.UUIDField(_("public id"), unique=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    ends_at = models.DateTimeField(_("ends at"))
    ended_at = models.DateTimeField(_("ended early at"), null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("link to a draft")
        verbose_name_plural = _("links to drafts")

    def __str__(self) -> str:
        return f"{self.module} {self.made_at:%Y-%m-%d}"


class DraftComment(ScopedModel):
    """What somebody who followed a link wrote, and on which page of the draft."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    link = models.ForeignKey(DraftLink, models.CASCADE, related_name="comments")
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    page = models.CharField(_("page"), max_length=200, blank=True)
    written_at = models.DateTimeField(_("written at"))
    done_at = models.DateTimeField(_("done at"), null=True)
    done_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("comment on a draft")
        verbose_name_plural = _("comments on drafts")

    def __str__(self) -> str:
        return self.text[:50]


class ReleaseIsFixed(Exception):
    """Somebody tried to change or delete a published release."""


class FixedQuerySet(models.QuerySet["Release"]):
    """Rows that can be added and read, nothing else."""

    def update(self, **values: Any) -> NoReturn:
        raise ReleaseIsFixed("A release is never changed.")

    def delete(self) -> NoReturn:
        raise ReleaseIsFixed("A release is never deleted.")


class Release(ScopedModel):
    """A published, numbered document of a module. `revision` is Wagtail's number of what was published."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    module = models.ForeignKey(Module, models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(_("number"))
    document = models.TextField(_("document"))
    digest = models.CharField(_("digest"), max_length=64)
    note = models.TextField(_("what changed"), blank=True)
    proof = models.JSONField(_("proof"), null=True)
    revision = models.PositiveBigIntegerField(_("revision"))
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("published at"))

    objects: ClassVar[Any] = scope.rows(models.Manager.from_queryset(FixedQuerySet))

    class Meta:
        ordering = ["-number"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [models.UniqueConstraint(fields=["module", "number"], name="release_once")]

    def __str__(self) -> str:
        return f"{self.module} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ReleaseIsFixed("A release is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ReleaseIsFixed("A release is never deleted.")
