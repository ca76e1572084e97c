"""What a page is drawn from: questions, groups, repeats with their rows, and answers that are only shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from runtime.forms import browser, offering, rules, spots
from runtime.forms import fields as registry
from runtime.forms.answerfield import AnswerField
from runtime.forms.drawing import drawing
from runtime.forms.entries import entry_name, entry_title
from runtime.forms.face import Typed
from runtime.forms.question import Question
from runtime.forms.spots import Row, Spot
from schemas.definition import Field, Group, Json
from schemas.fieldtypes import repeat
from schemas.fieldtypes.number import USUAL_PLACES
from schemas.walk import Path, formula

if TYPE_CHECKING:
    from runtime.forms.pageform import PageForm


class Block(Protocol):
    """One thing on a page. `error` is what is wrong with it, `first_id` where a link to it leads."""

    @property
    def error(self) -> str: ...

    @property
    def first_id(self) -> str: ...

    @property
    def html(self) -> SafeString: ...

    def marked(self) -> Iterator[Block]:
        """Yield the block and those inside it that are marked as a mistake."""


@dataclass(frozen=True)
class Holder:
    """Something with other blocks inside: a group, a repeat, a row."""

    name: str
    label: str
    blocks: tuple[Block, ...]
    error: str = ""
    shown: bool = True
    hint: str = ""
    rule: str = ""
    template = ""

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def first_id(self) -> str:
        return self.id

    @cached_property
    def html(self) -> SafeString:
        return render_to_string(self.template, {"block": self})

    def marked(self) -> Iterator[Block]:
        if self.error:
            yield self
        for block in self.blocks:
            yield from block.marked()


@dataclass(frozen=True)
class GroupBlock(Holder):
    """Questions under one heading."""

    template = "runtime/forms/_group.html"


@dataclass(frozen=True)
class RowBlock(Holder):
    """One row. `place` is what its buttons and its marker say."""

    place: str = ""
    removable: bool = True
    copyable: bool = True
    template = "runtime/forms/_row.html"


@dataclass(frozen=True)
class RepeatBlock(Holder):
    """Rows, and the button for one more. `keys` are the questions in a row, `least` how many must be."""

    key: str = ""
    place: str = ""
    item: str = ""
    optional: bool = False
    as_table: bool = False
    full: bool = False
    keys: str = ""
    least: int = 0
    required: bool = False
    template = "runtime/forms/fields/repeat.html"


@dataclass(frozen=True)
class OutputBlock:
    """An answer that is shown and not asked: worked out, or not to be changed."""

    field: Field
    name: str
    label: str
    hint: str
    value: str
    error: str = ""
    shown: bool = True
    rule: str = ""
    formula: str = ""
    answer: str = ""
    places: int = 0
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def first_id(self) -> str:
        return self.id

    @property
    def html(self) -> SafeString:
        return render_to_string("runtime/forms/_output.html", {"block": self})

    def marked(self) -> Iterator[Block]:
        if self.error:
            yield self


class Painter:
    """Turns the places of a form into blocks, with what stands in them and what is wrong there."""

    def __init__(self, form: PageForm) -> None:
        self.form = form
        self.language = form.around.language
        self.own = {field.key for field in form.page.fields}

    def blocks(self, places: Sequence[Spot], groups: Sequence[Group], path: Path = ()) -> list[Block]:
        """Return the blocks of questions that stand together, those of a group in its frame."""
        blocks: list[Block] = []
        waiting = {key: group for group in groups for key in group.keys}
        done: set[str] = set()
        for spot in places:
            group = waiting.get(spot.question.key)
            if group is None:
                blocks.append(self._block(spot))
            elif group.key not in done:
                done.add(group.key)
                inside = [self._block(s) for s in places if s.question.key in group.keys]
                blocks.append(self._group(group, inside, path))
        return blocks

    def _group(self, group: Group, inside: list[Block], path: Path) -> GroupBlock:
        conditional = rules.looks_here(group.visible, self.own, len(path) // 2)
        name = spots.named((*path, group.key))
        worded = self.form.wording.group(group, path)
        return GroupBlock(
            name=self.form.add_prefix(f"{name}-group"),
            label=worded.label.say(self.language),
            blocks=tuple(inside),
            error=self.form.marks.get(f"{name}:", ""),
            shown=any(getattr(block, "shown", True) for block in inside),
            hint=worded.help.say(self.language),
            rule=browser.compact(group.visible) if conditional and group.visible else "",
        )

    def _block(self, spot: Spot) -> Block:
        if spot.is_repeat:
            return self._repeat(spot)
        field = self.form.fields.get(spot.posted)
        return self._question(spot, field) if isinstance(field, AnswerField) else self._output(spot)

    def _repeat(self, spot: Spot) -> RepeatBlock:
        question, words = spot.question, self.form.wording.question(spot)
        least, most = repeat.wanted(question), repeat.most(question)
        rows = [self._row(question, row, number, len(spot.rows)) for number, row in enumerate(spot.rows, 1)]
        return RepeatBlock(
            name=self.form.add_prefix(spot.name),
            label=words.label.say(self.language),
            blocks=tuple(rows),
            error=self.form.marks.get(spot.name, ""),
            shown=self._shown(spot),
            hint=words.help.say(self.language),
            rule=self._rule(question),
            key=question.key,
            place=spot.name,
            item=entry_name(self.form.wording.said.new_entry(question), self.language),
            optional=question.required is False,
            as_table=question.settings.get("style") == "table",
            full=len(spot.rows) >= most,
            keys=rules.as_json([inner.key for inner in question.fields]),
            least=least,
            required=question.required is True,
        )

    def _row(self, question: Field, row: Row, number: int, count: int) -> RowBlock:
        inside = self.blocks(row.spots, question.groups, row.path)
        least = repeat.wanted(question)
        return RowBlock(
            name=self.form.add_prefix(row.name),
            label=entry_title(self.form.wording.entry(question, row.path), number, self.language),
            blocks=tuple(inside),
            error=self.form.marks.get(row.name, ""),
            place=row.name,
            removable=question.required is False or count > least,
            copyable=count < repeat.most(question),
        )

    def _question(self, spot: Spot, field: AnswerField) -> Question:
        form, question, given = self.form, spot.question, self.form.standing.given(spot)
        errors = form.errors.get(spot.posted) if form.is_bound else None
        drawn = drawing(
            form.wording.question(spot),
            form.around,
            name=form.add_prefix(spot.name),
            place=spot.name,
            wrong=bool(errors),
            conditional=form.dependent.on_page(question),
            note=given.words,
        )
        shown, typed = self._shown(spot), self._typed(spot, field)
        asked = Question(
            drawn,
            typed,
            offer=offering.offer(form, spot, drawn, typed) if offering.applies(question) else None,
            error=str(errors[0]) if errors else "",
            shown=shown,
            button=given.button if shown else None,
            excuse=given.excuse if shown else None,
        )
        if not given.fixed:
            return asked
        words = field.face.say(question, given.value, form.around)
        return replace(asked, fixed=words, fixed_json=rules.as_json(given.value))

    def _typed(self, spot: Spot, field: AnswerField) -> Typed:
        form = self.form
        if form.is_bound and spot.posted not in form.more:
            return form.standing.typed(spot.posted)
        before = form.typed_before.get(str(spot.path[0]), {})
        before = before if len(spot.path) == 1 else before.get(spot.name)
        if before:
            return dict(before)
        return field.face.show(spot.question, form.standing.first(spot), form.around)

    def _output(self, spot: Spot) -> OutputBlock:
        question, asked = self.form.wording.question(spot), self.form.judged.asked.get(spot.path)
        answer: Json = asked.value if asked else None
        rule = formula(question)
        face = registry.face(question.type)
        return OutputBlock(
            field=question,
            name=self.form.add_prefix(spot.name),
            label=question.label.say(self.language),
            hint=question.help.say(self.language),
            value="" if answer is None else face.say(question, answer, self.form.around),
            error=self.form.marks.get(spot.name, ""),
            shown=self._shown(spot),
            rule=self._rule(question),
            formula=browser.compact(rule) if rule is not None else "",
            answer=rules.as_json(answer),
            facts=face.facts(question),
            places=question.settings.get("places", USUAL_PLACES) if question.type == "number" else 0,
        )

    def _rule(self, question: Field) -> str:
        conditional = self.form.dependent.on_page(question) and question.visible is not None
        return browser.compact(question.visible) if conditional and question.visible is not None else ""

    def _shown(self, spot: Spot) -> bool:
        asked: Collection[Any] = self.form.judged.asked
        return spot.path in asked
