"""What a page says: canonical answers, texts that are not in them, and what its buttons do to both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from runtime.forms import spots
from runtime.forms.answerfield import AnswerField
from runtime.forms.commands import Command
from runtime.forms.spots import Spot
from schemas.definition import Json

if TYPE_CHECKING:
    from runtime.forms.pageform import PageForm


class Taken:
    """Reads one judged form. Its new files must have been stored before."""

    def __init__(self, form: PageForm) -> None:
        self.form = form

    def answers(self, *, blank_rows: bool = False) -> dict[str, Json]:
        """Return the canonical answers.

        With `blank_rows` the rows that nobody filled in stay, and the rows' buttons have done their work.
        """
        if blank_rows and self.form.command:
            return self._after(self.form.command)[0]
        return self._answers(self.form.spots, blank_rows=blank_rows)

    def typed(self) -> dict[str, Any]:
        """Return what was typed and is not in an answer, or not all of it, after the rows' buttons.

        Question → parts; for a repeat: name of the place in its rows → parts.
        """
        return self._after(self.form.command)[1] if self.form.command else self._typed()

    def _after(self, command: Command) -> tuple[dict[str, Json], dict[str, Any]]:
        return command.apply(self._answers(self.form.spots, blank_rows=True), self._typed())

    def _typed(self) -> dict[str, Any]:
        form, left = self.form, dict[str, Any]()
        pressed = form.command.path if form.command else None
        for spot in spots.leaves(form.spots):
            field = form.fields.get(spot.posted)
            if not isinstance(field, AnswerField) or field.face.takes_files:
                continue
            typed = dict(form.standing.typed(spot.posted))
            if not (spot.posted in form.errors or spot.path == pressed or field.leaves(typed)):
                continue
            if not any(typed.values()):
                continue
            if len(spot.path) == 1:
                left[spot.question.key] = typed
            else:
                left.setdefault(str(spot.path[0]), {})[spot.name] = typed
        return left

    def _answers(self, places: Sequence[Spot], *, blank_rows: bool) -> dict[str, Json]:
        asked, found = self.form.judged.asked, {}
        for spot in places:
            if spot.path not in asked:
                continue
            if spot.is_repeat:
                rows = [self._answers(row.spots, blank_rows=blank_rows) for row in spot.rows]
                value: Json = rows if blank_rows else [row for row in rows if row]
            else:
                value = self._answer(spot)
            if value not in (None, []):
                found[spot.question.key] = value
        return found

    def _answer(self, spot: Spot) -> Json:
        field = self.form.fields.get(spot.posted)
        if not isinstance(field, AnswerField):
            return None if spot.question.settled else self.form.standing.first(spot)
        if not field.face.takes_files:
            return self.form.cleaned_data.get(spot.posted)
        if self.form.cleaned_data.get(spot.posted):
            raise ValueError("Files were accepted but not stored: call store_uploads first.")
        return list(field.kept)
