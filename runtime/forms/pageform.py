"""A page of a module becomes a Django form: Django cleans, our own templates draw.

The server decides everything: which questions exist, which must be answered, which posted names are
known at all. Used by the wizard, by corrections and by officers' pages alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from runtime.forms import fields as registry
from runtime.forms import sentences
from runtime.forms.answerfield import AnswerField, values_of
from runtime.forms.drawing import drawing
from runtime.forms.face import Circumstances, Typed
from runtime.forms.given import NOTHING, Given
from runtime.forms.journey import is_visible, problems_of
from runtime.forms.question import Question
from runtime.forms.uploads import Accepted, most_items
from runtime.regions.models import Region
from schemas import expressions, fieldtypes
from schemas.definition import Field, Json, Module, Page

SHOWN = "_shown"
REMOVE = "_remove"
GONE = "_gone"
FETCH = "_fetch"
CONTROLS = frozenset(
    {"csrfmiddlewaretoken", SHOWN, REMOVE, GONE, FETCH, "_do", "_return", "_comment", "_revision"}
)
"""Posted names beside the answers. Keys of questions begin with a letter, so none can be one of these."""

Store = Callable[[Field, Accepted], Mapping[str, Json]]


class PageForm(forms.Form):
    """The questions of one page, together with the answers given before it."""

    template_name = "runtime/forms/page.html"

    def __init__(
        self,
        module: Module,
        page: Page,
        *,
        answers: Mapping[str, Json],
        around: Circumstances,
        data: Any = None,
        files: Any = None,
        only: Collection[str] | None = None,
        typed: Mapping[str, Typed] | None = None,
        given: Mapping[str, Given] | None = None,
        prefix: str | None = None,
    ) -> None:
        super().__init__(data=data, files=files, prefix=prefix)
        self.module, self.page, self.around = module, page, around
        self.candidates = tuple(q for q in page.fields if only is None or q.key in only)
        own = {question.key for question in page.fields}
        mine = {question.key for question in self.candidates}
        self.earlier = {key: value for key, value in answers.items() if key not in mine}
        self.stored = {key: value for key, value in answers.items() if key in mine}
        self.typed_before = dict(typed or {})
        self.given = dict(given or {})
        self.asked: list[str] = []
        self.more: list[str] = []
        self._on_page = own
        for question in self.candidates:
            if question.visible is None or self._conditional(question) or self._visible(question, answers):
                self.fields[question.key] = AnswerField(question, around, self._kept(question))

    def is_valid(self) -> bool:
        """Say whether the page may be left: no mistake, nothing unknown, no question yet unseen."""
        return super().is_valid() and not self.more and not self.unknown

    def answers(self) -> dict[str, Json]:
        """Return the canonical answers of this page; new files must have been stored before."""
        found = {}
        for key in self.asked:
            field = self.fields[key]
            takes_files = isinstance(field, AnswerField) and field.face.takes_files
            value = self._files(key) if takes_files else self.cleaned_data.get(key)
            if value is not None and value != []:
                found[key] = value
        return found

    def typed(self) -> dict[str, Typed]:
        """Return what was typed into questions whose answer could not be taken."""
        left = {}
        for key in self.asked:
            field = self.fields[key]
            if key in self.errors and isinstance(field, AnswerField) and not field.face.takes_files:
                left[key] = dict(self[key].data)
        return {key: typed for key, typed in left.items() if any(typed.values())}

    def merged(self, before: Mapping[str, Json]) -> dict[str, Json]:
        """Return all answers after this page: those asked here are replaced, also by nothing."""
        unseen = {*self.asked} - {*self.more}
        return {**{k: v for k, v in before.items() if k not in unseen}, **self.answers()}

    def store_uploads(self, store: Store) -> None:
        """Keep every accepted file through `store`, which returns its description."""
        for key in self.asked:
            value = self.cleaned_data.get(key)
            field = self.fields[key]
            if value and isinstance(field, AnswerField) and field.face.takes_files:
                if most_items(field.question) == 1:
                    field.kept.clear()
                field.kept.extend(dict(store(field.question, item)) for item in value)
                self.cleaned_data[key] = []

    @cached_property
    def unknown(self) -> list[str]:
        """Return posted names that belong to no question of this page."""
        if not self.is_bound:
            return []
        known = set(CONTROLS)
        for question in self.candidates:
            known.update(registry.face(question.type).names(self.add_prefix(question.key)))
        names = [*self.data, *self.files]
        if self.prefix:
            names = [name for name in names if name.startswith(f"{self.prefix}-")]
        return [name for name in names if name not in known]

    @cached_property
    def questions(self) -> list[Question]:
        """Return the questions as they stand, in order, also those hidden for the moment."""
        visible = set(self.asked) if self.is_bound and self.errors is not None else self._visible_now()
        return [self._question(field, visible) for field in self._answer_fields()]

    @property
    def problems(self) -> list[Question]:
        return [question for question in self.questions if question.error]

    @property
    def headline(self) -> str:
        return sentences.count(len(self.problems))

    @property
    def has_conditions(self) -> bool:
        return any(self._conditional(field.question) for field in self._answer_fields())

    @property
    def today(self) -> str:
        return self.around.today.isoformat()

    @property
    def known_json(self) -> str:
        return json.dumps(self.known_answers, separators=(",", ":"), ensure_ascii=False)

    @property
    def known_answers(self) -> dict[str, list[Json]]:
        """Return the earlier answers that rules on this page name, with their types, for the script."""
        named: set[str] = set()
        for field in self._answer_fields():
            if field.question.visible is not None and self._conditional(field.question):
                named |= expressions.names(field.question.visible)
        found = {}
        for key in sorted(named - set(self.fields)):
            question = self.module.field(key)
            if question is not None and key in self.earlier:
                found[key] = [question.type, self.earlier[key]]
        return found

    def clean(self) -> dict[str, Any]:
        """Walk the page from the top: drop what is hidden, then ask for what is missing."""
        seen: dict[str, Json] = dict(self.earlier)
        for key, field in list(self.fields.items()):
            assert isinstance(field, AnswerField)
            if not self._visible(field.question, seen):
                self.errors.pop(key, None)
                self.cleaned_data.pop(key, None)
                continue
            self.asked.append(key)
            if self._given(key).fixed:
                self.errors.pop(key, None)
                self.cleaned_data[key] = self._given(key).value
            if self._unseen(field.question):
                self.more.append(key)
            value = self._plain(key)
            if value not in (None, []):
                seen[key] = value
        for key in self.asked:
            if key not in self.more and key not in self.errors:
                self._judge(key, seen)
        return self.cleaned_data

    def _judge(self, key: str, seen: Mapping[str, Json]) -> None:
        field = self.fields[key]
        assert isinstance(field, AnswerField)
        for problem in problems_of(field.question, seen, today=self.around.today):
            code = problem.code.removeprefix("answers.")
            words = sentences.sentence(field.question, code, problem.data, self.around.language)
            self.add_error(key, ValidationError(words, code=code))
            return

    def _question(self, field: AnswerField, visible: Collection[str]) -> Question:
        key = field.question.key
        if self.is_bound and key not in self.more:
            typed: Typed = self[key].data
        elif key in self.typed_before:
            typed = self.typed_before[key]
        else:
            typed = field.face.show(field.question, self._initial(field.question), self.around)
        errors = self.errors.get(key) if self.is_bound else None
        given = self._given(key)
        drawn = drawing(
            field.question,
            self.around,
            name=self.add_prefix(key),
            wrong=bool(errors),
            conditional=self._conditional(field.question),
            note=given.words,
        )
        asked = Question(
            drawn,
            typed,
            error=str(errors[0]) if errors else "",
            shown=key in visible,
            button=given.button if key in visible else None,
        )
        if not given.fixed:
            return asked
        words = field.face.say(field.question, given.value, self.around)
        return replace(asked, fixed=words, fixed_json=json.dumps(given.value, ensure_ascii=False))

    def _given(self, key: str) -> Given:
        return self.given.get(key, NOTHING)

    @property
    def can_fetch(self) -> bool:
        """Say whether the page has a button that fetches answers, which Enter must not press."""
        return any(given.button for given in self.given.values())

    def _initial(self, question: Field) -> Json:
        offered = self._given(question.key).value
        if offered is not None and question.key not in self.stored:
            return offered
        if question.key in self.stored or self.stored or self.typed_before:
            return self.stored.get(question.key)
        return None if isinstance(question.default, dict) else question.default

    def _answer_fields(self) -> list[AnswerField]:
        return [field for field in self.fields.values() if isinstance(field, AnswerField)]

    def _plain(self, key: str) -> Json:
        """Return an answer as rules see it; a file not yet stored counts as a file."""
        value = self.cleaned_data.get(key)
        field = self.fields[key]
        if not (isinstance(field, AnswerField) and field.face.takes_files):
            return value
        fresh = [file.described() for file in value or []]
        return fresh if fresh and most_items(field.question) == 1 else [*field.kept, *fresh]

    def _files(self, key: str) -> list[Json]:
        value = self.cleaned_data.get(key) or []
        if value:
            raise ValueError("Files were accepted but not stored: call store_uploads first.")
        return list(self._kept_of(key))

    def _kept_of(self, key: str) -> list[Json]:
        field = self.fields[key]
        return field.kept if isinstance(field, AnswerField) else []

    def _kept(self, question: Field) -> list[Json]:
        """Return the stored files of a question without those that are being removed."""
        if not registry.face(question.type).takes_files:
            return []
        stored = self.stored.get(question.key) or []
        return [item for item in stored if f"{question.key}:{item['id']}" not in self.gone]

    @property
    def gone(self) -> list[str]:
        """Return the stored files taken away by this post, and by those before it where a page says so."""
        return [*values_of(self.data, REMOVE), *values_of(self.data, GONE)] if self.is_bound else []

    def _unseen(self, question: Field) -> bool:
        """Say whether a question became visible only through the answers of this very post."""
        if not self._conditional(question) or question.type in fieldtypes.UNANSWERED:
            return False
        name = self.add_prefix(question.key)
        posted = any(n in self.data or n in self.files for n in registry.face(question.type).names(name))
        return not posted and question.key not in values_of(self.data, SHOWN)

    def _conditional(self, question: Field) -> bool:
        """Say whether answers on this page can show or hide the question."""
        return question.visible is not None and bool(expressions.names(question.visible) & self._on_page)

    def _visible(self, question: Field, answers: Mapping[str, Json]) -> bool:
        return is_visible(question, answers, today=self.around.today)

    def _visible_now(self) -> set[str]:
        seen = dict(self.earlier)
        visible = set()
        for field in self._answer_fields():
            question = field.question
            if self._visible(question, seen):
                visible.add(question.key)
                value = self.stored.get(question.key, self._given(question.key).value)
                if value is not None:
                    seen[question.key] = value
        return visible


def page_form(
    module: Module,
    page: Page,
    *,
    answers: Mapping[str, Json],
    language: str,
    region: Region | None,
    today: date,
    data: Any = None,
    files: Any = None,
    fields: Collection[str] | None = None,
    typed: Mapping[str, Typed] | None = None,
    given: Mapping[str, Given] | None = None,
    prefix: str | None = None,
) -> PageForm:
    """Return the form of `page`; `fields` restricts it to some questions, `prefix` keeps names apart.

    With a prefix only names that begin with it are judged, so that the form can stand inside another.
    """
    around = Circumstances(language=language, today=today, region=region)
    return PageForm(
        module, page, answers=answers, around=around, data=data, files=files,
        only=fields, typed=typed, given=given, prefix=prefix,
    )  # fmt: skip
