"""Answers in words, as one tree for the review page, the case page, mail and paper."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from runtime.forms import fields as registry
from runtime.forms.entries import entry_title
from runtime.forms.face import Circumstances
from runtime.forms.filling import Filler, known_in
from runtime.forms.journey import Journey, journey
from runtime.forms.spots import named
from runtime.forms.uploads import size_words
from runtime.regions.models import Region
from schemas import answers as answers_schema
from schemas import fieldtypes
from schemas.definition import Field, Json, Module, Page
from schemas.exporting import NUMBERS
from schemas.problems import pointer
from schemas.walk import Asked


@dataclass
class Row:
    """One question and its answer in words. Faces may add links: `change`, and `url` of each file.

    `key` is the question on the page, `place` where it stands, as names of inputs are written; of a
    repeat, `entries` are its rows. `strokes` is what was drawn: path data of an SVG, see `_drawn.html`.
    `coordinates` are latitude and longitude of a place, where they were given.
    `doubt` says what should be looked at once more, though the answer is taken.
    """

    field: Field
    label: str
    value: str
    files: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    change: str = ""
    key: str = ""
    place: str = ""
    strokes: str = ""
    coordinates: tuple[str, str] | None = None
    doubt: str = ""
    entries: list[Entry] = dataclasses.field(default_factory=list)


@dataclass
class Entry:
    """The answers in one row of a repeat."""

    title: str
    rows: list[Row]


@dataclass
class SummaryPage:
    """The rows of one page."""

    page: Page
    title: str
    rows: list[Row]

    def every_row(self) -> Iterator[Row]:
        """Yield the rows of the page and those of entries inside them."""
        for row in self.rows:
            yield from _within(row)


def summary(
    module: Module,
    answers: Mapping[str, Json],
    *,
    language: str,
    region: Region | None,
    pages: Iterable[Page] | None = None,
    mask: bool = False,
    noted: bool = False,
    doubts: bool = False,
    samples: Mapping[str, Json] | None = None,
) -> list[SummaryPage]:
    """Return what was answered, in the order of the document; questions that do not apply are left out.

    Answers are told as they are kept, also where a rule or a formula names today and today is later.

    With `noted` also what the server noted by itself, which is for officers; with `doubts` right answers
    that should be compared with a document say so. The words of questions hold `samples` where nothing is
    answered.
    """
    today = timezone.localdate()
    around = Circumstances(language=language, today=today, region=region, tables=module.tables)
    walked = journey(module, answers, today=today, pages=pages, kept=True)
    doubtful = _doubts(module, walked, language) if doubts else {}
    filler = Filler(module, around, mask=mask)
    teller = _Teller(around, mask, noted, doubtful, filler)
    found = []
    for step in walked.steps:
        known = {**(samples or {}), **step.seen}
        if rows := teller.rows(step.asked, known):
            page = filler.page(step.page, known)
            found.append(SummaryPage(step.page, page.title.say(language), rows))
    return found


def _doubts(module: Module, walked: Journey, language: str) -> dict[str, str]:
    """Return what is doubted about right answers, by the pointer of each."""
    found: dict[str, str] = {}
    for hint in answers_schema.hints(module, walked.answers, [step.page for step in walked.steps]):
        found[hint.pointer] = f"{found.get(hint.pointer, '')} {hint.sentence(language)}".strip()
    return found


def _within(row: Row) -> Iterator[Row]:
    yield row
    for entry in row.entries:
        for inner in entry.rows:
            yield from _within(inner)


@dataclass(frozen=True)
class _Teller:
    """Says answers in words."""

    around: Circumstances
    mask: bool
    noted: bool
    doubts: Mapping[str, str]
    filler: Filler

    def rows(self, asked: Iterable[Asked], known: Mapping[str, Json]) -> list[Row]:
        """Return what is told of questions that stand together; their words may hold what is `known`."""
        untold = fieldtypes.UNANSWERED if self.noted else fieldtypes.UNASKED
        return [self._row(each, known) for each in asked if each.field.type not in untold]

    def _row(self, asked: Asked, known: Mapping[str, Json]) -> Row:
        question, answer = self.filler.question(asked.field, known, asked.path), asked.value
        label = question.label.say(self.around.language)
        row = Row(question, label, "", key=str(asked.path[0]), place=named(asked.path))
        row.doubt = self.doubts.get(pointer(*asked.path), "")
        if answer is None:
            return row
        face = registry.face(question.type)
        row.value, row.strokes = face.say(question, answer, self.around), face.strokes(answer)
        row.coordinates = face.coordinates(answer)
        if self.mask and question.type in NUMBERS:
            row.value = face.mask(row.value)
        if face.takes_files:
            row.files = [{**item, "words": size_words(item["size"])} for item in answer]
        for number, inner in enumerate(asked.rows, 1):
            within = known_in(asked.field, inner, known)
            called = self.filler.entry(question, within, asked.path)
            title = entry_title(called, number, self.around.language)
            row.entries.append(Entry(title, self.rows(inner, within)))
        return row
