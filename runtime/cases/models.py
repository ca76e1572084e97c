"""Cases and everything that happens to them. Only `runtime.cases` imports this; `services` alone writes.

Every query names its region. SQLite, which keeps no statistics, took an index of the region alone for as
good as that of a case, and read a region's every task for each row: events and tasks have none.

A case row is a cache of its events: `revision` counts them, `verify_cases` compares. Events are
append-only (database triggers, migration 0002) and chained by SHA-256.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.modules.models import ModuleVersion
from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel


class Case(ScopedModel):
    """One citizen's application and its life, pinned to the version it was filed with.

    `parent` is the case that opened it, if another did; see `origins`.
    """

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

    def __str__(self) -> str:
        return str(self.event)


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
                fields=["region", "role", "office", "due_at", "opened_at"],
                condition=models.Q(closed_at__isnull=True),
                name="task_open_due",
            ),
            models.Index(
                fields=["region", "role", "office", "opened_at"],
                condition=models.Q(closed_at__isnull=True),
                name="task_open_new",
            ),
            models.Index(
                fields=["region", "claimed_by"],
                condition=models.Q(closed_at__isnull=True, claimed_by__isnull=False),
                name="task_in_hand",
            ),
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


class Verification(ScopedModel):
    """What an outside register says about one answer of a case. The answer itself is the case's alone."""

    class State(models.TextChoices):
        PENDING = "pending", _("To be verified")
        TAKEN = "taken", _("Taken from the register")
        SAME = "same", _("Confirmed by the register")
        DIFFERENT = "different", _("Different in the register")
        ABSENT = "absent", _("Not in the register")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="verifications")
    field = models.CharField(_("question"), max_length=40)
    register = models.CharField(_("register"), max_length=40)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PENDING)
    since = models.DateTimeField(_("answered at"))
    checked_at = models.DateTimeField(_("compared at"), null=True, blank=True)
    due_at = models.DateTimeField(_("asked again at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "field"], name="verification_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="pending", due_at__isnull=False),
                name="verification_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.field}: {self.state}"


class RegisterCounter(ScopedModel):
    """The last number given in a register of a module, per office and period. No gaps.

    `module` is "" for a register that services share.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    office = models.ForeignKey(Region, models.PROTECT, related_name="+")
    module = models.CharField(_("module"), max_length=60, blank=True)
    register = models.CharField(_("register"), max_length=40)
    period = models.CharField(_("period"), max_length=4, blank=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "office", "module", "register", "period"],
                name="register_counter_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.module}/{self.register} {self.period}: {self.last}"


class RegisterEntry(ScopedModel):
    """A line of the register book: which number was given, when, to which case, for which of its letters.

    Written with the number itself, never changed. `letter` is "" for the number of the case.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    counter = models.ForeignKey(RegisterCounter, models.PROTECT, related_name="entries")
    n = models.PositiveIntegerField(_("which number"))
    number = models.CharField(_("number"), max_length=120)
    at = models.DateTimeField(_("given at"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="numbers")
    letter = models.CharField(_("letter"), max_length=40, blank=True)

    class Meta:
        ordering = ["counter_id", "n"]
        constraints = [models.UniqueConstraint(fields=["counter", "n"], name="register_number_once")]
        indexes = [models.Index(fields=["region", "at"], name="register_book")]

    def __str__(self) -> str:
        return self.number


class ProofAttempt(ScopedModel):
    """One try to open a case by its second fact. `subject` is a keyed digest, not a name or address."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    subject = models.CharField(_("case or address"), max_length=64)
    at = models.DateTimeField(_("at"))
    passed = models.BooleanField(_("passed"), default=False)

    class Meta:
        indexes = [models.Index(fields=["region", "subject", "at"], name="proof_attempt_recent")]

    def __str__(self) -> str:
        return f"{self.at:%c} {self.passed}"
