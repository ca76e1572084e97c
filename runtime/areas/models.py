"""Editions of the national list of areas. The same for every region, so no wall stands around it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from schemas import areacodes


class AreaEdition(models.Model):
    """The whole list as it was at one time. The newest counts; older ones keep the names of what went."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    count = models.PositiveIntegerField(_("number of areas"))
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("edition of the areas")
        verbose_name_plural = _("editions of the areas")

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A province, regency or city, district or village. `parent` is the code of what holds it."""

    edition = models.ForeignKey(AreaEdition, models.PROTECT, related_name="areas")
    code = models.CharField(_("code"), max_length=areacodes.LONGEST)
    parent = models.CharField(_("code of the area above"), max_length=areacodes.LONGEST, blank=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="area_once")]
        indexes = [models.Index(fields=["edition", "parent"], name="area_children")]
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def level(self) -> areacodes.Level | None:
        return areacodes.level(self.code)
