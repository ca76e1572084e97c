"""A case and what is told of it: its events, the words of comments, its moves to other versions."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.modules.models import ModuleVersion
from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel


class Case(ScopedModel):
    """One citizen's application and its life, pinned to the version it was filed with.

    `parent` is the case that opened it, if another did; see `origins`. `channel` is how it came in,
    `filed_by` the clerk who filed it at the counter for somebody else; see `counter`.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("On the website")
        DESK = "desk", _("At the counter")
        API = "api", _("By another program")
        CASE = "case", _("From another application")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    office = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.ForeignKey(ModuleVersion, models.PROTECT, related_name="+")
    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=40, unique=True)
    submit_key = models.CharField(_("submit key"), max_length=64, unique=True)
    status = models.CharField(_("status"), max_length=40)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    entered = models.PositiveIntegerField(_("revision that led to this status"), default=1)
    applicant = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    filed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(_("came in"), max_length=4, choices=Channel.choices, default=Channel.WEB)
    applicant_name = models.CharField(_("applicant's name"), max_length=200, blank=True)
    contact_email = models.CharField(_("applicant's e-mail address"), max_length=254, blank=True)
    answers = models.JSONField(_("answers"), default=dict)
    officer_answers = models.JSONField(_("officers' answers"), default=dict)
    language = models.CharField(_("language"), max_length=10, default="id")
    number = models.CharField(_("number"), max_length=120, blank=True)
    proof_hash = models.CharField(_("proof"), max_length=64)
    submitted_at = models.DateTimeField(_("submitted at"))
    status_since = models.DateTimeField(_("in this status since"))
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    timer_at = models.DateTimeField(_("next timer at"), null=True, blank=True)
    deadline_at = models.DateTimeField(_("whole service promised until"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    parent_event = models.PositiveIntegerField(_("event of the parent that opened it"), default=0)
    parent_effect = models.PositiveSmallIntegerField(_("which effect of that event"), default=0)

    class Meta:
        ordering = ["-submitted_at"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, outcome="") | models.Q(closed_at__isnull=False),
                name="case_outcome_when_closed",
            ),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="case_revision_counts"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True, parent_event=0)
                | models.Q(parent__isnull=False, parent_event__gte=1),
                name="case_parent_and_event",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "status", "submitted_at"], name="case_by_status"),
            models.Index(fields=["region", "applicant"], name="case_of_applicant"),
            models.Index(
                fields=["timer_at"],
                condition=models.Q(timer_at__isnull=False),
                name="case_timer",
            ),
            models.Index(
                fields=["region", "due_at"],
                condition=models.Q(closed_at__isnull=True),
                name="case_open_due",
            ),
            models.Index(fields=["version", "closed_at"], name="case_of_service"),
            models.Index(fields=["region", "channel", "closed_at"], name="case_by_channel"),
            models.Index(
                fields=["region", "parent"],
                condition=models.Q(parent__isnull=False),
                name="case_children",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseEvent(ScopedModel):
    """One line of a case's history. Never changed, never deleted; `hash` covers `prev_hash`."""

    class By(models.TextChoices):
        PERSON = "person", _("Officer")
        APPLICANT = "applicant", _("Applicant")
        SYSTEM = "system", _("System")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    n = models.PositiveIntegerField(_("number"))
    key = models.CharField(_("idempotency key"), max_length=120)
    at = models.DateTimeField(_("at"))
    by = models.CharField(_("by"), max_length=10, choices=By.choices)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    actor_name = models.CharField(_("name"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=40, blank=True)
    as_kind = models.CharField(_("as Plt. or Plh."), max_length=3, blank=True)
    on_behalf_of = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    on_behalf_name = models.CharField(_("stood in for"), max_length=200, blank=True)
    action = models.CharField(_("action"), max_length=40)
    from_status = models.CharField(_("from status"), max_length=40, blank=True)
    to_status = models.CharField(_("to status"), max_length=40)
    note = models.TextField(_("note"), blank=True)
    data = models.JSONField(_("data"), default=dict)
    prev_hash = models.CharField(_("hash of the event before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        ordering = ["case_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["case", "n"], name="event_numbered_once"),
            models.UniqueConstraint(fields=["case", "key"], name="event_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.n} {self.action}"


class Message(ScopedModel):
    """The words of one comment. Its event holds their salted digest; they can be removed, the event stays."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="message")
    text = models.TextField(_("text"))
    salt = models.CharField(_("salt"), max_length=32)
    read_at = models.DateTimeField(_("first read by the other side at"), null=True, blank=True)

    def __str__(self) -> str:
        return str(self.event)


class Mention(ScopedModel):
    """A colleague whom the writer of a comment among officers named; gone with the words (ADR 0026)."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="mentions")
    event = models.ForeignKey(CaseEvent, models.PROTECT, related_name="mentions", db_index=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"))
    seen_at = models.DateTimeField(_("first seen at"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="mentioned_once")]
        indexes = [
            models.Index(
                fields=["user", "region"], condition=models.Q(seen_at__isnull=True), name="mention_unseen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} · {self.user_id}"


class Move(ScopedModel):
    """A case carried over to another version of its service. `n` is its event, `undone` that of undoing it.

    `before` holds the rows as they were, so that undoing brings them back; `rules` the keys that changed.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="moves")
    batch = models.CharField(_("batch"), max_length=40)
    n = models.PositiveIntegerField(_("event"))
    undone = models.PositiveIntegerField(_("event that undid it"), null=True, blank=True)
    rules = models.JSONField(_("rules"), default=dict)
    before = models.JSONField(_("the case before"), default=dict, blank=True)

    class Meta:
        ordering = ["case_id", "n"]
        constraints = [models.UniqueConstraint(fields=["case", "batch"], name="case_moved_once")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.n} {self.batch}"
