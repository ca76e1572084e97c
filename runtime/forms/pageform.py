"""A page of a module becomes a Django form: Django cleans, our own templates draw.

The server decides everything: which questions exist, which must be answered, which posted names are
known at all. Used by the wizard, by corrections and by officers' pages alike.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from runtime.forms import commands, judging, marks, posted, rules, sentences, spots
from runtime.forms import fields as registry
from runtime.forms.answerfield import AnswerField, values_of
from runtime.forms.blocks import Block, Painter
from runtime.forms.commands import Command
from runtime.forms.face import Circumstances
from runtime.forms.given import Given
from runtime.forms.spots import ROW, Spot
from runtime.forms.standing import Standing
from runtime.forms.taken import Taken
from runtime.forms.uploads import Accepted, most_items
from runtime.forms.wording import Wording
from runtime.regions.models import Region
from schemas import fieldtypes
from schemas.definition import Field, Json, Module, Page
from schemas.fieldtypes import repeat
from schemas.walk import Path, Walk

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
        typed: Mapping[str, Any] | None = None,
        given: Mapping[str, Given] | None = None,
        prefix: str | None = None,
    ) -> None:
        super().__init__(data=data, files=files, prefix=prefix)
        self.module, self.page, self.around = module, page, around
        self.candidates = tuple(q for q in page.fields if only is None or q.key in only)
        mine = {question.key for question in self.candidates}
        self.earlier = {key: value for key, value in answers.items() if key not in mine}
        self.stored = {key: value for key, value in answers.items() if key in mine}
        self.typed_before = dict(typed or {})
        self.given = dict(given or {})
        self.asked: list[str] = []
        self.more: list[str] = []
        self.marks: dict[str, str] = {}
        self.walk = Walk(around.today, module.tables, fresh=True)
        self.dependent = rules.dependent(page)
        self.standing, self.taken, self.wording = Standing(self), Taken(self), Wording(self)
        self._markers = values_of(data, ROW) if self.is_bound else []
        offered = [question for question in self.candidates if self._offered(question)]
        self.spots = spots.build(offered, self._row_numbers)
        for spot in spots.leaves(self.spots):
            if not spot.question.shown_only:
                read = partial(self.wording.while_read, spot) if spot.question.chipped else None
                self.fields[spot.posted] = AnswerField(spot.question, around, self.standing.kept(spot), read)

    def is_valid(self) -> bool:
        """Say whether the page may be left: no mistake, nothing unknown, no question yet unseen."""
        return super().is_valid() and not (self.marks or self.more or self.unknown or self.command)

    def answers(self, *, blank_rows: bool = False) -> dict[str, Json]:
        """Return the canonical answers of this page; new files must have been stored before.

        With `blank_rows` the rows that nobody filled in stay, and the rows' buttons have done their work.
        """
        return self.taken.answers(blank_rows=blank_rows)

    def typed(self) -> dict[str, Any]:
        """Return what was typed and is not in an answer, or not all of it, after the rows' buttons."""
        return self.taken.typed()

    def merged(self, before: Mapping[str, Json]) -> dict[str, Json]:
        """Return all answers after this page: those asked here are replaced, also by nothing."""
        unseen = {*self.asked} - {*self.more}
        kept = {key: value for key, value in before.items() if key not in unseen}
        return {**kept, **self.answers(blank_rows=True)}

    def again(self) -> PageForm:
        """Return the page as it is drawn after a button of its rows was pressed; nothing typed is lost."""
        self.errors  # noqa: B018 (judging fills cleaned_data)
        return PageForm(
            self.module,
            self.page,
            answers={**self.earlier, **self.merged(self.stored)},
            around=self.around,
            only={question.key for question in self.candidates},
            typed=self.typed(),
            given=self.given,
            prefix=self.prefix,
        )

    def store_uploads(self, store: Store) -> None:
        """Keep every accepted file through `store`, which returns its description."""
        for name, files in self.fresh_files().items():
            field = self.fields[name]
            assert isinstance(field, AnswerField)
            if most_items(field.question) == 1:
                field.kept.clear()
            field.kept.extend(dict(store(field.question, file)) for file in files)
            self.cleaned_data[name] = []

    def fresh_files(self) -> dict[str, list[Accepted]]:
        """Return the accepted files that are not stored yet, by the name they were posted under."""
        if not self.is_bound:
            return {}
        self.errors  # noqa: B018 (judging fills cleaned_data)
        asked = [spot for spot in spots.leaves(self.spots) if spot.path in self.judged.asked]
        taking = [spot.posted for spot in asked if registry.face(spot.question.type).takes_files]
        return {name: list(files) for name in taking if (files := self.cleaned_data.get(name))}

    @cached_property
    def unknown(self) -> list[str]:
        """Return posted names that belong to no question of this page."""
        return posted.unknown(self) if self.is_bound else []

    @cached_property
    def gone(self) -> list[str]:
        """Return the stored files that the post takes away."""
        return posted.gone(self) if self.is_bound else []

    @cached_property
    def command(self) -> Command | None:
        """Return what a button between the questions asks for, if one was pressed."""
        return commands.pressed(self.data, self.spots, self.prefix or "") if self.is_bound else None

    @cached_property
    def blocks(self) -> list[Block]:
        """Return what the template draws, also what is hidden for the moment."""
        return Painter(self).blocks(self.spots, self.page.groups)

    @cached_property
    def problems(self) -> list[Block]:
        """Return what is marked as a mistake, in the order of the page."""
        return [each for block in self.blocks for each in block.marked()]

    @property
    def page_problem(self) -> str:
        """Return what is wrong with the page as a whole."""
        return self.marks.get("", "")

    @property
    def headline(self) -> str:
        return sentences.count(len(self.problems) + bool(self.page_problem))

    @property
    def has_conditions(self) -> bool:
        return self.dependent.moves

    @cached_property
    def heading(self) -> Page:
        """Return the page with its title and introduction as they are read, for its own reader only."""
        return self.wording.page()

    @property
    def today(self) -> str:
        return self.around.today.isoformat()

    @property
    def known_json(self) -> str:
        """Return the earlier answers that rules on this page name, for the script."""
        return rules.as_json(rules.known(self.page, self.module, self.earlier))

    @property
    def tables_json(self) -> str:
        """Return the columns of lists that rules on this page look at, for the script."""
        return rules.as_json(rules.tables(self.page, self.module, self.earlier))

    def _clean_fields(self) -> None:
        """Let each question read what was typed; Django would set up a bound field for every one first."""
        for name, field in self.fields.items():
            try:
                self.cleaned_data[name] = field.clean(self.standing.typed(name))
            except ValidationError as refused:
                self.add_error(name, refused)

    def clean(self) -> dict[str, Any]:
        """Walk the page from the top: drop what is hidden, then say what is missing or wrong."""
        for spot in spots.leaves(self.spots):
            if spot.path not in self.judged.asked:
                self.errors.pop(spot.posted, None)
                self.cleaned_data.pop(spot.posted, None)
                continue
            if (given := self.standing.given(spot)).fixed:
                self.errors.pop(spot.posted, None)
                self.cleaned_data[spot.posted] = given.value
            if posted.unseen(self, spot):
                self.more.append(spot.posted)
        self.asked = [spot.question.key for spot in self.spots if spot.path in self.judged.asked]
        if self.command is None:
            for path, problem in self.judged.problems:
                marks.mark(self, path, problem)
        return self.cleaned_data

    @property
    def has_buttons(self) -> bool:
        """Say whether buttons stand between the questions, which Enter must not press."""
        fetching = any(given.button for given in self.given.values())
        return fetching or self.is_multipart() or commands.between(self.spots)

    @cached_property
    def judged(self) -> judging.Judged:
        """Return what is asked and what is wrong, as the answers stand on the page now."""
        chosen, standing = frozenset(question.key for question in self.candidates), self.standing
        return judging.Judged(
            self.page, self.spots, standing.value, standing.touched, self.walk, self.earlier, chosen
        )

    @cached_property
    def _by_path(self) -> dict[Path, Spot]:
        return {spot.path: spot for spot in spots.every(self.spots)}

    def spot(self, path: Path) -> Spot | None:
        """Return the place with this path."""
        return self._by_path.get(path)

    def _offered(self, question: Field) -> bool:
        """Say whether a question can come up on this page; earlier answers alone may rule it out."""
        if not fieldtypes.get(question.type).asked:
            return False
        if question.visible is None or self.dependent.on_page(question):
            return True
        return self.walk.holds(question.visible, self.standing.known)

    def _row_numbers(self, question: Field, path: Path, posted: str) -> Sequence[int]:
        if self.is_bound:
            numbers = spots.posted_numbers(self._markers, posted)
            was_hidden = not numbers and self.dependent.on_page(question)
            return range(repeat.wanted(question)) if was_hidden else numbers
        return spots.stored_numbers(question, spots.dig(self.stored, path))


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
    typed: Mapping[str, Any] | None = None,
    given: Mapping[str, Given] | None = None,
    prefix: str | None = None,
) -> PageForm:
    """Return the form of `page`; `fields` restricts it to some questions, `prefix` keeps names apart.

    With a prefix only names that begin with it are judged, so that the form can stand inside another.
    """
    around = Circumstances(language=language, today=today, region=region, tables=module.tables)
    return PageForm(
        module, page, answers=answers, around=around, data=data, files=files,
        only=fields, typed=typed, given=given, prefix=prefix,
    )  # fmt: skip
