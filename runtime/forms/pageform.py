"""A page of a module becomes a Django form: Django cleans, our own templates draw.

The server decides everything: which questions exist, which must be answered, which posted names are
known at all. Used by the wizard, by corrections and by officers' pages alike.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import cached_property

from runtime.forms import commands, judging, marks, rules, sentences, spots
from runtime.forms import fields as registry
from runtime.forms.answerfield import AnswerField, values_of
from runtime.forms.blocks import Block, Painter
from runtime.forms.commands import Command
from runtime.forms.face import Circumstances
from runtime.forms.given import NOTHING, Given
from runtime.forms.spots import ROW, Spot
from runtime.forms.uploads import Accepted, most_items
from runtime.regions.models import Region
from schemas import fieldtypes
from schemas.definition import Field, Json, Module, Page
from schemas.patterns import is_blank
from schemas.walk import Path, Walk, is_empty

SHOWN = "_shown"
REMOVE = "_remove"
GONE = "_gone"
FETCH = "_fetch"
CONTROLS = frozenset(
    (
        *("csrfmiddlewaretoken", SHOWN, REMOVE, GONE, FETCH, ROW, *commands.CONTROLS),
        *("_do", "_return", "_comment", "_revision"),
    )
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
        self.walk = Walk(around.today, module.tables)
        self.dependent = rules.Dependent(page)
        self._markers = values_of(data, ROW) if self.is_bound else []
        offered = [question for question in self.candidates if self._offered(question)]
        self.spots = spots.build(offered, self._row_numbers)
        for spot in spots.leaves(self.spots):
            if not is_given(spot.question):
                self.fields[spot.posted] = AnswerField(spot.question, around, self._kept(spot))

    def is_valid(self) -> bool:
        """Say whether the page may be left: no mistake, nothing unknown, no question yet unseen."""
        return super().is_valid() and not (self.marks or self.more or self.unknown or self.command)

    def answers(self, *, blank_rows: bool = False) -> dict[str, Json]:
        """Return the canonical answers of this page; new files must have been stored before.

        With `blank_rows` the rows that nobody filled in stay, and the rows' buttons have done their work.
        """
        return self._after_rows()[0] if blank_rows else self._answers(self.spots, blank_rows=False)

    def typed(self) -> dict[str, Any]:
        """Return what was typed into questions whose answer could not be taken.

        Question → parts; for a repeat: name of the place in its rows → parts.
        """
        return self._after_rows()[1]

    def _after_rows(self) -> tuple[dict[str, Json], dict[str, Any]]:
        """Return answers and typed texts with all rows, after a button of the rows has done its work."""
        answers, typed = self._answers(self.spots, blank_rows=True), self._typed()
        return self.command.apply(answers, typed) if self.command else (answers, typed)

    def _typed(self) -> dict[str, Any]:
        left: dict[str, Any] = {}
        pressed = self.command.path if self.command else None
        for spot in spots.leaves(self.spots):
            field = self.fields.get(spot.posted)
            if not isinstance(field, AnswerField) or field.face.takes_files:
                continue
            if spot.posted not in self.errors and spot.path != pressed:
                continue
            typed = dict(self[spot.posted].data)
            if not any(typed.values()):
                continue
            if len(spot.path) == 1:
                left[spot.question.key] = typed
            else:
                left.setdefault(str(spot.path[0]), {})[spot.name] = typed
        return left

    def merged(self, before: Mapping[str, Json]) -> dict[str, Json]:
        """Return all answers after this page: those asked here are replaced, also by nothing."""
        unseen = {*self.asked} - {*self.more}
        kept = {key: value for key, value in before.items() if key not in unseen}
        return {**kept, **self.answers(blank_rows=True)}

    def again(self) -> PageForm:
        """Return the page as it is drawn after a button of its rows was pressed; nothing typed is lost."""
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
        if not self.is_bound:
            return []
        known = set(CONTROLS)
        asked = {question.key: question for question in self.candidates}
        asked |= {spot.posted: spot.question for spot in spots.leaves(self.spots)}
        for name, question in asked.items():
            if not is_given(question):
                known.update(registry.face(question.type).names(self.add_prefix(name)))
        names = [*self.data, *self.files]
        if self.prefix:
            names = [name for name in names if name.startswith(f"{self.prefix}-")]
        return [name for name in names if name not in known]

    @cached_property
    def command(self) -> Command | None:
        """Return what a button between the questions asks for, if one was pressed."""
        return commands.pressed(self.data, self.spots, self.prefix or "") if self.is_bound else None

    @cached_property
    def blocks(self) -> list[Block]:
        """Return what the template draws, also what is hidden for the moment."""
        return Painter(self).blocks(self.spots, self.page.groups)

    @property
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

    def clean(self) -> dict[str, Any]:
        """Walk the page from the top: drop what is hidden, then say what is missing or wrong."""
        for spot in spots.leaves(self.spots):
            if spot.path not in self.judged.asked:
                self.errors.pop(spot.posted, None)
                self.cleaned_data.pop(spot.posted, None)
                continue
            if self.given_at(spot).fixed:
                self.errors.pop(spot.posted, None)
                self.cleaned_data[spot.posted] = self.given_at(spot).value
            if self._unseen(spot):
                self.more.append(spot.posted)
        self.asked = [spot.question.key for spot in self.spots if spot.path in self.judged.asked]
        if self.command is None:
            for path, problem in self.judged.problems:
                marks.mark(self, path, problem)
        return self.cleaned_data

    def given_at(self, spot: Spot) -> Given:
        """Return what was filled in beforehand; only questions outside rows are."""
        return self.given.get(spot.question.key, NOTHING) if len(spot.path) == 1 else NOTHING

    @property
    def has_buttons(self) -> bool:
        """Say whether buttons stand between the questions, which Enter must not press."""
        fetching = any(given.button for given in self.given.values())
        return fetching or self.is_multipart() or commands.between(self.spots)

    @cached_property
    def judged(self) -> judging.Judged:
        """Return what is asked and what is wrong, as the answers stand on the page now."""
        chosen = frozenset(question.key for question in self.candidates)
        return judging.Judged(
            self.page, self.spots, self._value, self._touched, self.walk, self.earlier, chosen
        )

    @cached_property
    def _by_path(self) -> dict[Path, Spot]:
        return {spot.path: spot for spot in spots.every(self.spots)}

    def spot(self, path: Path) -> Spot | None:
        """Return the place with this path."""
        return self._by_path.get(path)

    def _value(self, spot: Spot) -> Json:
        """Return an answer as rules see it; a file not yet stored counts as a file."""
        field = self.fields.get(spot.posted)
        if is_given(spot.question):
            return self.initial_answer(spot)
        given = self.given_at(spot)
        if given.fixed:
            return given.value
        if not self.is_bound:
            stored = spots.dig(self.stored, spot.path)
            return given.value if stored is None else stored
        value = self.cleaned_data.get(spot.posted)
        if not (isinstance(field, AnswerField) and field.face.takes_files):
            return value
        fresh = [file.described() for file in value or []]
        return fresh if fresh and most_items(spot.question) == 1 else [*field.kept, *fresh]

    def _touched(self, spot: Spot) -> bool:
        """Say whether anything stands at a place, right or wrong."""
        field = self.fields.get(spot.posted)
        if not self.is_bound or not isinstance(field, AnswerField):
            return not is_given(spot.question) and not is_empty(self._value(spot))
        typed = self[spot.posted].data.values()
        return any(not is_blank(value) if isinstance(value, str) else value for value in typed)

    def initial_answer(self, spot: Spot) -> Json:
        """Return what stands at a place before anybody types: what is stored, else what it begins with."""
        stored, offered = spots.dig(self.stored, spot.path), self.given_at(spot).value
        if stored is None and offered is not None:
            return offered
        begun = self.stored or self.typed_before
        if len(spot.path) > 1:
            begun = spots.dig(self.stored, spot.path[:-1])
        if stored is not None or (begun and not spot.question.read_only):
            return stored
        return self.walk.first(spot.question, {**self.earlier, **self.stored})

    def _answers(self, places: Sequence[Spot], *, blank_rows: bool) -> dict[str, Json]:
        found = {}
        for spot in places:
            if spot.path not in self.judged.asked:
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
        field = self.fields.get(spot.posted)
        if not isinstance(field, AnswerField):
            return None if spot.question.calculate is not None else self.initial_answer(spot)
        if not field.face.takes_files:
            return self.cleaned_data.get(spot.posted)
        if self.cleaned_data.get(spot.posted):
            raise ValueError("Files were accepted but not stored: call store_uploads first.")
        return list(field.kept)

    def _offered(self, question: Field) -> bool:
        """Say whether a question can come up on this page; earlier answers alone may rule it out."""
        if not fieldtypes.get(question.type).asked:
            return False
        if question.visible is None or self.dependent.on_page(question):
            return True
        return self.walk.holds(question.visible, {**self.earlier, **self.stored})

    def _row_numbers(self, question: Field, path: Path, posted: str) -> Sequence[int]:
        if self.is_bound:
            return spots.posted_numbers(self._markers, posted)
        return spots.stored_numbers(question, spots.dig(self.stored, path))

    def _kept(self, spot: Spot) -> list[Json]:
        """Return the stored files of a question without those that are being removed."""
        if not registry.face(spot.question.type).takes_files:
            return []
        stored = spots.dig(self.stored, self._stored_path(spot)) or []
        return [item for item in stored if f"{spot.posted}:{item['id']}" not in self.gone]

    def _stored_path(self, spot: Spot) -> Path:
        """Return where the answer of a posted place is stored: rows keep the numbers they were drawn with."""
        return tuple(int(part) if part.isdigit() else part for part in spot.posted.split("."))

    @property
    def gone(self) -> list[str]:
        """Return the stored files taken away by this post, and by those before it where a page says so."""
        return [*values_of(self.data, REMOVE), *values_of(self.data, GONE)] if self.is_bound else []

    def _unseen(self, spot: Spot) -> bool:
        """Say whether a question became visible only through the answers of this very post."""
        question = spot.question
        if question.visible is None or question.type in fieldtypes.UNANSWERED or is_given(question):
            return False
        if not self.dependent.on_page(question):
            return False
        name = self.add_prefix(spot.posted)
        posted = any(n in self.data or n in self.files for n in registry.face(question.type).names(name))
        return not posted and spot.posted not in values_of(self.data, SHOWN)


def is_given(question: Field) -> bool:
    """Tell whether the answer is shown and not asked: worked out, or not to be changed."""
    looked_up = "register" in (question.prefill or {})  # typed by hand when the register is away
    return question.calculate is not None or (question.read_only and not looked_up)


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
