"""The words of one page form, filled in by what stands on the page now and what was answered before it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from runtime.forms import judging
from runtime.forms.filling import Filler, known_at
from runtime.forms.spots import Spot
from schemas.definition import Field, Group, Json, Page
from schemas.walk import Path

if TYPE_CHECKING:
    from runtime.forms.pageform import PageForm


class Wording:
    """Fills words as they are drawn, where a script may fill them anew, and as sentences say them.

    `samples` stand for what was answered on other pages, where a page is only shown.
    """

    def __init__(self, form: PageForm) -> None:
        self.form = form
        self.drawn = Filler(form.module, form.around, marked=True)
        self.said = Filler(form.module, form.around)
        self.samples: Mapping[str, Json] = {}

    def question(self, spot: Spot) -> Field:
        """Return the question at `spot` as it is drawn."""
        return self._filled(self.drawn, spot)

    def group(self, group: Group, path: Path) -> Group:
        """Return a group as it is drawn; `path` leads to the row it stands in."""
        place = (*path, group.key)
        return self.drawn.group(group, self._known(place), place) if group.chipped else group

    def entry(self, question: Field, path: Path) -> Field:
        """Return a repeat with what its entry at `path` is called, as it is drawn."""
        if "item" not in question.chipped:
            return question
        return self.drawn.entry(question, self._known((*path, "")), path[:-1])

    def page(self) -> Page:
        """Return the page with its title and introduction."""
        return self.said.page(self.form.page, {**self.samples, **self.form.earlier})

    def in_sentence(self, spot: Spot) -> Field:
        """Return the question at `spot` as a sentence about it says it."""
        return self._filled(self.said, spot)

    def group_in_sentence(self, group: Group, path: Path) -> Group:
        """Return a group as a sentence about it says it; `path` leads to one of its questions."""
        return self.said.group(group, self._known(path), path) if group.chipped else group

    def while_read(self, spot: Spot) -> Field:
        """Return the same while the page is still being read: only what stands before it is known by then."""
        form = self.form
        judged = judging.Judged(
            form.page,
            form.spots,
            form.standing.value,
            form.standing.touched,
            form.walk,
            form.earlier,
            frozenset(),
        )
        return self.said.question(spot.question, _known(judged, spot.path), spot.path)

    def _filled(self, filler: Filler, spot: Spot) -> Field:
        question = spot.question
        return filler.question(question, self._known(spot.path), spot.path) if question.chipped else question

    def _known(self, path: Path) -> Mapping[str, Json]:
        others = {key: value for key, value in self.samples.items() if key not in self._own}
        return {**others, **_known(self.form.judged, path)}

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(question.key for question in self.form.page.fields)


def _known(judged: judging.Judged, path: Path) -> Mapping[str, Json]:
    return known_at(judged.known, judged.asked, path)
