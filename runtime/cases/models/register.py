"""Registers: what outside ones say about answers, and the numbers that our own give."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.cases.models.case import Case
from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel


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
