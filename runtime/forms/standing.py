"""What stands at the places of a form: what was typed there, what is stored, or what it begins with."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from runtime.forms import fields as registry
from runtime.forms import posted, spots
from runtime.forms.answerfield import AnswerField
from runtime.forms.face import Typed
from runtime.forms.given import NOTHING, Given
from runtime.forms.spots import Spot
from runtime.forms.uploads import most_items
from schemas.definition import Json
from schemas.expressions import Expression
from schemas.patterns import is_blank
from schemas.walk import Path, files_in, is_empty

if TYPE_CHECKING:
    from runtime.forms.pageform import PageForm


class Standing:
    """Looks at the places of one form. What was posted is read once."""

    def __init__(self, form: PageForm) -> None:
        self.form = form
        self._read: dict[str, Typed] = {}

    def typed(self, posted: str) -> Typed:
        """Return what was posted at the place with this name."""
        if posted not in self._read:
            form, name = self.form, self.form.add_prefix(posted)
            widget = form.fields[posted].widget
            self._read[posted] = widget.value_from_datadict(form.data, form.files, name)
        return self._read[posted]

    def value(self, spot: Spot) -> Json:
        """Return an answer as rules see it; a file not yet stored counts as a file."""
        if spot.question.shown_only:
            return self.first(spot)
        given = self.given(spot)
        if given.fixed:
            return given.value
        if not self.form.is_bound:
            stored = spots.dig(self.form.stored, spot.path)
            return given.value if stored is None else stored
        field, value = self.form.fields.get(spot.posted), self.form.cleaned_data.get(spot.posted)
        if not (isinstance(field, AnswerField) and field.face.takes_files):
            return value
        fresh = [file.described() for file in value or []]
        return fresh if fresh and most_items(spot.question) == 1 else [*field.kept, *fresh]

    def touched(self, spot: Spot) -> bool:
        """Say whether anything stands at a place, right or wrong."""
        if not self.form.is_bound or spot.posted not in self.form.fields:
            return not spot.question.shown_only and not is_empty(self.value(spot))
        typed = self.typed(spot.posted).values()
        return any(not is_blank(value) if isinstance(value, str) else value for value in typed)

    def first(self, spot: Spot) -> Json:
        """Return what stands at a place before anybody types: what is stored, else what it begins with."""
        stored, offered = spots.dig(self.form.stored, spot.path), self.given(spot).value
        if stored is None and offered is not None:
            return offered
        begun = self.form.stored or self.form.typed_before
        if len(spot.path) > 1:
            begun = spots.dig(self.form.stored, spot.path[:-1])
        if stored is not None or (begun and not spot.question.read_only):
            return stored
        if not isinstance(spot.question.default, Expression):
            return spot.question.default
        return self.form.walk.first(spot.question, self.known)

    @cached_property
    def known(self) -> dict[str, Json]:
        """Return the answers stored of this page and those given before it."""
        return {**self.form.earlier, **self.form.stored}

    def given(self, spot: Spot) -> Given:
        """Return what was filled in beforehand; only questions outside rows are."""
        return self.form.given.get(spot.question.key, NOTHING) if len(spot.path) == 1 else NOTHING

    def kept(self, spot: Spot) -> list[Json]:
        """Return the stored files of a question without those that are being removed."""
        if not registry.face(spot.question.type).takes_files:
            return []
        stored = self._files(spot)
        return [item for item in stored if f"{spot.posted}:{item['id']}" not in self.form.gone]

    def _files(self, spot: Spot) -> list[Json]:
        """Return the files of a place: in rows those the page showed there, and what has come there since.

        Another window may have given the rows other numbers meanwhile; a file keeps to its row.
        """
        there: list[Json] = spots.dig(self.form.stored, _stored_path(spot)) or []
        if len(spot.path) == 1 or not self._shown:
            return there
        pages = [question for question in self.form.candidates if question.key == spot.path[0]]
        rows = [files for _path, field, files in files_in(pages, self.form.stored) if field is spot.question]
        mine = [file for files in rows for file in files if self._shown.get(file["id"]) == spot.posted]
        return [*mine, *(file for file in there if file["id"] not in self._shown)]

    @cached_property
    def _shown(self) -> dict[str, str]:
        """Return where the posted page showed stored files."""
        return posted.kept(self.form) if self.form.is_bound else {}


def _stored_path(spot: Spot) -> Path:
    """Return where the answer of a posted place is stored: rows keep the numbers they were drawn with."""
    return tuple(int(part) if part.isdigit() else part for part in spot.posted.split("."))
