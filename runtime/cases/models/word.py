"""The words by which the desk finds a case."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.cases.models.case import Case
from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel


class Word(ScopedModel):
    """One word of a case that officers may look for, folded; see `wording`.

    It is held as bytes: they are compared alike on every database and in every language, and inside the
    walls of PostgreSQL an index serves comparisons only, no search operator. Every case has the empty word
    as well, by which the index lists the cases of a region in the order they were filed.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="words", db_index=False)
    word = models.BinaryField(_("word"), max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "word"], name="word_of_case_once")]
        indexes = [models.Index(fields=["region", "word", "case"], name="word_of_region")]

    def __str__(self) -> str:
        return f"{self.case_id} {bytes(self.word).decode()}"
