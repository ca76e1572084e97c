"""Datasets of a region, their numbered editions, and the rows of an edition."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel

LONGEST_VALUE = 60
LONGEST_LABEL = 500


class Dataset(ScopedModel):
    """A list under a lasting key. What it holds stands in its editions."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    key = models.CharField(_("key"), max_length=40)
    title = models.JSONField(_("title"), default=dict)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["region", "key"], name="dataset_once")]
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")

    def __str__(self) -> str:
        return said(self.title) or self.key


class Edition(ScopedModel):
    """One state of a dataset. Its content is never changed; once a service uses it, it stays for good.

    `columns` are pairs of key and type, in the order of the file.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("edition"), max_length=40)
    columns = models.JSONField(_("columns"), default=list)
    count = models.PositiveIntegerField(_("number of rows"))
    digest = models.CharField(_("digest"), max_length=64)
    imported_at = models.DateTimeField(_("imported at"))
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    used_at = models.DateTimeField(_("used since"), null=True)

    class Meta:
        ordering = ["dataset", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="edition_number_once"),
            models.UniqueConstraint(fields=["dataset", "name"], name="edition_name_once"),
        ]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return self.name

    @property
    def types(self) -> dict[str, str]:
        return dict(self.columns)


class Row(ScopedModel):
    """One entry: the value that is stored as an answer, its label per language, its other cells."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(_("position"))
    value = models.CharField(_("value"), max_length=LONGEST_VALUE)
    label = models.JSONField(_("label"), default=dict)
    cells = models.JSONField(_("cells"), default=dict)
    search = models.TextField(_("text to search in"))

    class Meta:
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "value"], name="row_once")]
        indexes = [models.Index(fields=["edition", "position"], name="row_order")]
        verbose_name = _("row")
        verbose_name_plural = _("rows")

    def __str__(self) -> str:
        return said(self.label) or self.value


class Upload(ScopedModel):
    """A file that somebody is looking through before it becomes an edition; one per person and region."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    dataset = models.ForeignKey(Dataset, models.CASCADE, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=200, blank=True)
    edition = models.CharField(_("edition"), max_length=40)
    filename = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(_("content"))
    types = models.JSONField(_("types of the columns"), default=dict)
    created_at = models.DateTimeField(_("uploaded at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "user"], name="one_upload_each")]
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")

    def __str__(self) -> str:
        return self.filename


def said(words: dict[str, Any]) -> str:
    """Return a map of languages in the reader's language, else in the first it has."""
    chosen = words.get((get_language() or settings.LANGUAGE_CODE)[:2])
    return str(chosen or next(iter(words.values()), ""))
