"""What a clerk stated at the counter of the people whose case they filed; `counter` writes it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.cases.models.case import Case
from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel


class Stated(ScopedModel):
    """What a clerk stated who filed a case at the counter: for whom, and how that was checked.

    The event of the filing holds the salted digest; the row goes with the other personal data.
    """

    class Identity(models.TextChoices):
        KTP = "ktp", _("The applicant's KTP was seen")
        OTHER = "other", _("Another identity document of the applicant was seen")
        AGENT = "agent", _("Somebody else came, with a power of attorney")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="stated")
    name = models.CharField(_("applicant's name"), max_length=200)
    identity = models.CharField(_("how it was checked"), max_length=5, choices=Identity.choices)
    agent = models.CharField(_("who came in the applicant's place"), max_length=200, blank=True)
    salt = models.CharField(_("salt"), max_length=32)

    def __str__(self) -> str:
        return f"{self.case_id} {self.identity}"
