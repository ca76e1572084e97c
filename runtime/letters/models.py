"""Letters that were issued. A row never goes away; its file does, with the personal data of the case.

Number, day, edition and digests say for ever which letter it was.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from runtime.jobs.models import Job
from runtime.modules.models import ModuleVersion
from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel


class IssuedLetter(ScopedModel):
    """One letter of a case in one edition, and how far it has come.

    `source` is the effect that wants it: it makes one letter, however often it runs. `unsigned` and `file`
    are names in the storage, "" when there is no such file (any more). `event` is the number of the step
    whose officer signs, 0 when nobody does. Only from `verified` on is it issued, for anybody.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("Being prepared")
        SENT = "sent", _("Waiting for the signature")
        SIGNED = "signed", _("Being verified")
        VERIFIED = "verified", pgettext_lazy("of a letter", "Valid")
        REPLACED = "replaced", pgettext_lazy("of a letter", "Replaced")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a letter", "Withdrawn")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="letters")
    version = models.ForeignKey(ModuleVersion, models.PROTECT, related_name="+")
    letter = models.CharField(_("letter"), max_length=40)
    edition = models.PositiveIntegerField(_("edition"), default=1)
    source = models.CharField(_("effect that wants it"), max_length=120, unique=True)
    code = models.CharField(_("public code"), max_length=20, unique=True)
    number = models.CharField(_("number"), max_length=120)
    register = models.CharField(_("register"), max_length=40, blank=True)
    event = models.PositiveIntegerField(_("step that signs it"), default=0)
    signer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_on = models.DateField(_("day it bears"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PREPARED)
    adapter = models.CharField(_("how it is signed"), max_length=10)
    unsigned = models.CharField(_("file before signing"), max_length=200, blank=True)
    unsigned_sha256 = models.CharField(_("SHA-256 before signing"), max_length=64, blank=True)
    file = models.CharField(_("file"), max_length=200, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    prepared_at = models.DateTimeField(_("prepared at"))
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replacement")
    ended_at = models.DateTimeField(_("replaced or withdrawn at"), null=True, blank=True)
    why = models.TextField(_("why it was replaced or withdrawn"), blank=True)

    class Meta:
        ordering = ["case_id", "letter", "edition"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(fields=["case", "letter", "edition"], name="letter_edition_once"),
        ]
        indexes = [
            models.Index(
                fields=["region", "signer"],
                condition=models.Q(state="sent"),
                name="letter_to_be_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.number}"

    @property
    def issued(self) -> bool:
        """Whether it counts, or once did."""
        return self.state in (self.State.VERIFIED, self.State.REPLACED, self.State.WITHDRAWN)


class Errand(ScopedModel):
    """One letter of a job on many: what is to be done with it stands in the job, here what came of it.

    `letter` is the one that was chosen; the one that replaces it is found by it. `reason` is a word that a
    sentence belongs to.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ORDERED = "ordered", _("Ordered")
        DONE = "done", _("Done")
        TO_SIGN = "to_sign", _("Waiting for the signature")
        REFUSED = "refused", _("Refused")
        LEFT = "left", pgettext_lazy("of a letter", "Left as it was")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    job = models.ForeignKey(Job, models.CASCADE, related_name="+", db_index=False)
    letter = models.ForeignKey(IssuedLetter, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("why not"), max_length=30, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("letter of a job")
        verbose_name_plural = _("letters of jobs")
        constraints = [models.UniqueConstraint(fields=["job", "letter"], name="errand_once")]
        indexes = [models.Index(fields=["job", "state"], name="errand_of_job")]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.letter_id} {self.state}"


class SignatureImage(ScopedModel):
    """What an officer's signature looks like, in one region: strokes that were drawn, or a picture.

    `since` is when it was kept or switched on last: letters decided before do not bear it.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    strokes = models.TextField(_("drawn strokes"), blank=True)
    picture = models.BinaryField(_("picture"), default=bytes)
    type = models.CharField(_("type of the picture"), max_length=20)
    shown = models.BooleanField(_("printed in letters"), default=True)
    since = models.DateTimeField(_("stands since"))

    class Meta:
        verbose_name = _("signature of an officer")
        verbose_name_plural = _("signatures of officers")
        constraints = [models.UniqueConstraint(fields=["region", "user"], name="signature_image_once")]

    def __str__(self) -> str:
        return f"{self.region_id}/{self.user_id}"


class Logo(ScopedModel):
    """The emblem of a region, in the letterhead of its offices. Not in `Region`, which is read often."""

    region = models.OneToOneField(Region, models.CASCADE, related_name="+")
    picture = models.BinaryField(_("picture"))
    type = models.CharField(_("type of the picture"), max_length=20)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("emblem of a region")
        verbose_name_plural = _("emblems of regions")

    def __str__(self) -> str:
        return str(self.region_id)


class SigningWay(ScopedModel):
    """How a region signs its letters, as its administrators chose. `sealed` is what is secret of it.

    That is, as JSON: the PKCS#12 file in base 64 and its password, or the password at the signing service.
    """

    region = models.OneToOneField(Region, models.CASCADE, related_name="+")
    way = models.CharField(_("way of signing"), max_length=10)
    address = models.CharField(_("address of the signing service"), max_length=300, blank=True)
    user = models.CharField(_("name at the signing service"), max_length=120, blank=True)
    version = models.PositiveSmallIntegerField(_("version of its API"), default=2)
    sealed = models.TextField(_("sealed secrets"), blank=True)
    subject = models.CharField(_("whose certificate"), max_length=300, blank=True)
    issuer = models.CharField(_("issued by"), max_length=300, blank=True)
    expires_at = models.DateTimeField(_("the certificate is valid until"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("way of signing")
        verbose_name_plural = _("ways of signing")

    def __str__(self) -> str:
        return f"{self.region_id} {self.way}"
