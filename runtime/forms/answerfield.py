"""The bridge between Django's form fields and our faces: Django collects and cleans, a face decides."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from runtime.forms import fields as registry
from runtime.forms import sentences
from runtime.forms.face import Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json

_PLAIN = vars(forms.Field(required=False))


class AnswerField(forms.Field):
    """Hands one question to its face; an empty answer is None."""

    def __init__(
        self,
        question: Field,
        around: Circumstances,
        kept: list[Json],
        worded: Callable[[], Field] | None = None,
    ) -> None:
        self.__dict__ |= _PLAIN  # what Django's own set-up comes to, which is dear once per question
        self.question = question
        self.face = registry.face(question.type)
        self.around = around
        self.kept = kept
        self.worded = worded
        self.widget = _Reader(self.face, kept) if self.face.takes_files else _reader(question.type)

    def clean(self, value: Any) -> Json:
        """Return the canonical answer, None for none; a refusal becomes its sentence."""
        typed: Typed = value or {}
        if self.face.empty(typed):
            return None
        try:
            return self.face.clean(self.question, typed, self.around)
        except Refused as refused:
            question = self.worded() if self.worded else self.question
            words = sentences.sentence(question, refused.code, refused.data, self.around.language)
            raise ValidationError(words, code=refused.code) from None

    def leaves(self, typed: Typed) -> bool:
        """Say whether something was typed that the answer, though right, does not hold."""
        return self.face.leaves(self.question, typed, self.around)


class _Reader(forms.Widget):
    """Only reads; pages are drawn by the templates of `runtime/forms/fields/`."""

    def __init__(self, face: FieldFace, kept: list[Json]) -> None:
        super().__init__()
        self.face = face
        self.kept = kept
        self.needs_multipart_form = face.takes_files

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        source = files if self.face.takes_files else data
        typed = self.face.read(lambda part: values_of(source, part), name)
        return {**typed, "kept": self.kept} if self.face.takes_files else typed

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(part in data or part in files for part in self.face.names(name))


@cache
def _reader(kind: str) -> _Reader:
    """Return what reads the questions of one type that takes no files: it holds nothing of a page."""
    return _Reader(registry.face(kind), [])


def values_of(source: Any, name: str) -> list[Any]:
    """Return all posted values of one name."""
    if isinstance(source, MultiValueDict):
        found: list[Any] = source.getlist(name)
        return found
    return [source[name]] if name in source else []
