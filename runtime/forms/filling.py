"""The words of a form with answers in them: each chip becomes what was answered, "…" where nothing was.

What comes out is for the eyes of those who may read the answers: a page, a summary. Everything else shows
the words of the definition itself, where chips are the words of the other question: see
`schemas.definition.Chipped`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString

from runtime.forms import words
from runtime.forms.face import Circumstances
from schemas import chips, exporting, walk
from schemas.chips import Chip
from schemas.definition import Chipped, Field, Group, Json, Module, Page, Text
from schemas.walk import Asked, Path

GAP = "…"
LONGEST = 60
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_ISOLATE, _END = "\u2068", "\u2069"
_OPEN, _MIDDLE, _CLOSE = "\ue010", "\ue011", "\ue012"
_MARKED = re.compile(f"{_OPEN}([a-z][a-z0-9_]*){_MIDDLE}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_BLANKS = re.compile(r"\s+")

Answers = Mapping[str, Json]
Fill = Callable[[Text], Text]


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills words in one language; with `mask` official numbers are covered.

    With `marked` each answer carries the key of its question, invisible until `drawn` draws it.
    """

    module: Module
    around: Circumstances
    mask: bool = False
    marked: bool = False

    def question(self, field: Field, known: Answers, path: Path = ()) -> Field:
        """Return a question at `path` with its words filled in by what is `known` there."""
        if not field.chipped:
            return field
        said = self._filled(field.chipped, known, path)
        return replace(field, label=said.get("label", field.label), help=said.get("help", field.help))

    def group(self, group: Group, known: Answers, path: Path = ()) -> Group:
        """Return a group with its words filled in; `path` is that of one of its questions."""
        if not group.chipped:
            return group
        said = self._filled(group.chipped, known, path)
        return replace(group, label=said.get("label", group.label), help=said.get("help", group.help))

    def page(self, page: Page, known: Answers) -> Page:
        """Return a page with its words filled in."""
        if not page.chipped:
            return page
        said = self._filled(page.chipped, known, ())
        return replace(page, title=said.get("title", page.title), intro=said.get("intro", page.intro))

    def entry(self, field: Field, known: Answers, path: Path) -> Field:
        """Return a repeat at `path` with what an entry is called filled in by what is `known` in it."""
        return self._called(field, lambda text: self._text(text, known, (*path, 0, "")))

    def _called(self, field: Field, fill: Fill) -> Field:
        if "item" not in field.chipped:
            return field
        called = {self.around.language: fill(field.chipped["item"]).say(self.around.language)}
        return replace(field, settings={**field.settings, "item": called})

    def new_entry(self, field: Field) -> Field:
        """Return a repeat with what an entry is called that is not there yet: without any answer."""
        return self._called(field, self._bare)

    def _bare(self, text: Text) -> Text:
        left = chips.filled(text.say(self.around.language), lambda _chip: "")
        return Text(((self.around.language, _BLANKS.sub(" ", left).strip()),))

    def _filled(self, chipped: Chipped, known: Answers, path: Path) -> dict[str, Text]:
        return {name: self._text(text, known, path) for name, text in chipped.items() if name != "item"}

    def _text(self, text: Text, known: Answers, path: Path) -> Text:
        language = self.around.language
        with translation.override(language):
            said = chips.filled(text.say(language), lambda chip: self._chip(chip, known, path))
        return Text(((language, said),))

    def _chip(self, chip: Chip, known: Answers, path: Path) -> str:
        question = self.module.find(chip.name, tuple(str(part) for part in path[:-1:2]))
        said = self._answer(question, known.get(chip.name)) if question else GAP
        if self.marked:
            return f"{_OPEN}{chip.name}{_MIDDLE}{said}{_CLOSE}"
        turned = any(unicodedata.bidirectional(each) in _RIGHT_TO_LEFT for each in said)
        return f"{_ISOLATE}{said}{_END}" if turned else said

    def _answer(self, question: Field, answer: Json) -> str:
        """Return an answer on one line, cut where it is long."""
        if walk.is_empty(answer):
            return GAP
        told = words.of_answer(question, answer, self.around, printed=False)
        text = told.hidden if self.mask and question.type in exporting.NUMBERS else told.text
        lines = (_BLANKS.sub(" ", line).strip() for line in words.shaped(text).split("\n"))
        said = ", ".join(filter(None, lines))
        return f"{said[:LONGEST].rstrip()}{GAP}" if len(said) > LONGEST else said or GAP


def known_in(repeat: Field, row: Sequence[Asked], known: Answers) -> dict[str, Json]:
    """Return what is known in a row: its own answers hide those around it, which are `known`."""
    return walk.within(repeat, known) | {each.field.key: each.value for each in row}


def known_at(known: Answers, asked: Mapping[Path, Asked], path: Path) -> Answers:
    """Return what is known at `path` on a page with the questions `asked`, at whose end `known` is."""
    for depth in range(1, len(path) - 1, 2):
        repeat, number = asked.get(path[:depth]), path[depth]
        if repeat is not None and isinstance(number, int):
            known = known_in(repeat.field, repeat.rows[number] if number < len(repeat.rows) else (), known)
    return known


def drawn(words_: str) -> SafeString:
    """Return words as HTML, each answer that was marked in an element that a script may fill anew."""
    return SafeString(_MARKED.sub(r'<bdi data-fill="\1">\2</bdi>', escape(words_)))
