"""Answers in words, as one tree for the review page, the case page, mail and paper."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from runtime.forms import fields as registry
from runtime.forms.face import Circumstances
from runtime.forms.journey import journey
from runtime.forms.uploads import size_words
from runtime.regions.models import Region
from schemas import fieldtypes
from schemas.definition import Field, Json, Module, Page

MASKED = frozenset({"nik", "no_kk", "npwp", "nip", "nisn", "phone"})


@dataclass
class Row:
    """One question and its answer in words. Faces may add links: `change`, and `url` of each file."""

    field: Field
    label: str
    value: str
    files: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    change: str = ""


@dataclass
class SummaryPage:
    """The rows of one page."""

    page: Page
    title: str
    rows: list[Row]


def summary(
    module: Module,
    answers: Mapping[str, Json],
    *,
    language: str,
    region: Region | None,
    pages: Iterable[Page] | None = None,
    mask: bool = False,
) -> list[SummaryPage]:
    """Return what was answered, in the order of the document; questions that do not apply are left out."""
    today = timezone.localdate()
    around = Circumstances(language=language, today=today, region=region)
    walked = journey(module, answers, today=today, pages=pages)
    found = []
    for step in walked.steps:
        rows = [
            _row(question, walked.answers.get(question.key), around, mask)
            for question in step.fields
            if question.type not in fieldtypes.UNANSWERED
        ]
        if rows:
            found.append(SummaryPage(step.page, step.page.title.say(language), rows))
    return found


def _row(question: Field, answer: Json, around: Circumstances, mask: bool) -> Row:
    face = registry.face(question.type)
    label = question.label.say(around.language)
    if answer is None:
        return Row(question, label, "")
    words = face.say(question, answer, around)
    if mask and question.type in MASKED:
        words = face.mask(words)
    files = [{**item, "words": size_words(item["size"])} for item in answer] if face.takes_files else []
    return Row(question, label, words, files)
