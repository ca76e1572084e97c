"""Walks questions from the top over a set of answers: which are asked, what counts, what is wrong.

A hidden question has no answer, a calculated one has the answer that is worked out here, and rules look
back only, so one pass gives the one truth that form, submit, engine and API share. No clock: `today` is
given. Nothing here knows what a page looks like.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas import expressions, fieldtypes, listing, shapes
from schemas.definition import Field, Group, Json, Page, Tables
from schemas.expressions import UNKNOWN, Expression
from schemas.fieldtypes import repeat
from schemas.patterns import is_blank
from schemas.problems import Problem, error, pointer

Answers = Mapping[str, Json]
Path = tuple[str | int, ...]
FILE_TYPES = frozenset({"file", "photo"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question where it is asked, the answer that counts (None for none) and, of a repeat, its rows.

    `known` is what had been answered before it, told of questions whose filter reads it.
    """

    field: Field
    path: Path
    value: Json = None
    rows: tuple[tuple[Asked, ...], ...] = ()
    known: Answers = dataclasses.field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Walk:
    """Everything a rule needs beside answers: the day, and the columns of chosen rows.

    `fresh` stands for answers that are not filed yet: a question that is shown and not asked has its
    default, whatever was sent for it. In a filed case it keeps what it had. `kept` stands for answers that
    are only told: nothing is worked out anew, and what was answered is told on whatever day that is.
    """

    today: date
    tables: Tables
    fresh: bool = False
    kept: bool = False

    def questions(
        self, fields: Sequence[Field], given: Answers, around: Answers, path: Path = ()
    ) -> tuple[tuple[Asked, ...], dict[str, Json], dict[str, Json]]:
        """Return the questions asked among `fields`, their answers, and all that is known after them.

        `given` are the answers offered, `around` what is known before.
        """
        known, kept, asked = dict(around), {}, []
        for field in fields:
            if not self.shows(field.visible, (field,), given, known):
                continue
            rows: tuple[tuple[Asked, ...], ...] = ()
            value: Any = given.get(field.key)
            if field.calculate is not None and not self.kept:
                value = self.calculated(field, known)
            elif field.shown_only and not self.kept and (is_empty(value) or (self.fresh and field.settled)):
                value = self.first(field, known)
            elif field.type == "repeat" and is_rows(value):
                rows, value = self._rows(field, value, known, (*path, field.key))
            elif field.type in fieldtypes.UNANSWERED:
                value = None
            before = dict(known) if field.filter is not None else {}
            if not is_empty(value):
                known[field.key] = kept[field.key] = value
            asked.append(Asked(field, (*path, field.key), value, rows, before))
        return tuple(asked), kept, known

    def shows(self, rule: Expression | None, fields: Iterable[Field], given: Answers, known: Answers) -> bool:
        """Tell whether `fields` are shown by the rule of their page or their own."""
        if self.kept and any(not is_empty(given.get(field.key)) for field in fields):
            return True
        return self.holds(rule, known)

    def _rows(
        self, field: Field, given: Sequence[Answers], known: Answers, path: Path
    ) -> tuple[tuple[tuple[Asked, ...], ...], list[Json]]:
        around = within(field, known)
        walked = [self.questions(field.fields, row, around, (*path, at)) for at, row in enumerate(given)]
        return tuple(asked for asked, _kept, _known in walked), [kept for _asked, kept, _known in walked]

    def calculated(self, field: Field, known: Answers) -> Json | None:
        """Return the answer that a formula gives, None when it is unknown or not possible as an answer."""
        return None if field.calculate is None else self.settled(field, field.calculate, known)

    def settled(self, field: Field, expression: Expression, known: Answers) -> Json | None:
        """Return what `expression` gives as an answer to `field`, None when unknown or not possible."""
        value = self.value(expression, known)
        return None if value is UNKNOWN else _possible(field, value)

    def first(self, field: Field, known: Answers) -> Json | None:
        """Return the answer that a question begins with, None when it begins empty."""
        if not isinstance(field.default, Expression):
            return field.default
        return self.settled(field, field.default, known)

    def value(self, expression: Expression, known: Answers) -> Any:
        return expressions.evaluate(expression, known, today=self.today, tables=self.tables)

    def holds(self, rule: Expression | bool | None, known: Answers) -> bool:
        return expressions.holds(rule, known, today=self.today, tables=self.tables)

    def fails(self, rule: Expression | None, known: Answers) -> bool:
        return expressions.fails(rule, known, today=self.today, tables=self.tables)

    def page_problems(self, page: Page, asked: Sequence[Asked], known: Answers) -> Iterator[Problem]:
        """Yield what is wrong on a page; `known` are all answers up to its end."""
        yield from self.problems(asked, page.groups, known)
        yield from self.page_check(page, asked, known)

    def page_check(self, page: Page, asked: Sequence[Asked], known: Answers) -> Iterator[Problem]:
        """Yield the mistake that the answers of a page do not fit together."""
        if asked and self.fails(page.check, known):
            yield error("answers.page", "", page=page.key)

    def problems(self, asked: Sequence[Asked], groups: Sequence[Group], known: Answers) -> Iterator[Problem]:
        """Yield what is wrong with questions that stand together, then with their groups."""
        for each in asked:
            yield from self.question_problems(each, known)
        for group in groups:
            own = [each for each in asked if each.field.key in group.keys]
            yield from self._group_problems(group, own, known)

    def question_problems(self, asked: Asked, known: Answers) -> Iterator[Problem]:
        """Yield what is wrong with one question and, of a repeat, with what is in its rows."""
        field, value = asked.field, asked.value
        if field.type in fieldtypes.UNASKED:
            return
        if is_empty(value):
            if not field.shown_only and self.holds(field.required, known):
                yield _problem(asked, "answers.required")
            return
        code = self._fault(field, value, known)
        if code:
            yield _problem(asked, code, **_limits(field, code))
        for at, row in enumerate(asked.rows):
            yield from self._row_problems(asked, row, value[at], known)
        if not code and self.fails(field.check, known):
            yield _problem(asked, "answers.check")

    def _fault(self, field: Field, value: Json, known: Answers) -> str:
        if field.type == "repeat":
            return _rows_fault(field, value)
        if not shapes.well_formed(field, value):
            return shapes.misfit(field, value)
        if field.dataset:
            code = listing.fault(field, value, known, today=self.today, tables=self.tables)
            if code:
                return code
        return fieldtypes.get(field.type).verdict(field, value) or ""

    def _row_problems(
        self, asked: Asked, row: tuple[Asked, ...], kept: Answers, known: Answers
    ) -> Iterator[Problem]:
        field = asked.field
        inside = {**within(field, known), **kept}
        yield from self.problems(row, field.groups, inside)
        if self.fails(field.row.check, inside):
            first = row[0].path[:-1] if row else asked.path
            yield error("answers.check", pointer(*first), field=field.key, row=True)

    def _group_problems(self, group: Group, asked: Sequence[Asked], known: Answers) -> Iterator[Problem]:
        if not asked:
            return
        place = pointer(*asked[0].path)
        people = [each for each in asked if is_asked(each.field)]
        answered = not people or any(not is_empty(each.value) for each in people)
        if not answered and self.holds(group.required, known):
            yield error("answers.group", place, field=asked[0].field.key, group=group.key)
        elif self.fails(group.check, known):
            yield error("answers.check", place, field=asked[0].field.key, group=group.key)


def is_asked(field: Field) -> bool:
    """Tell whether a person answers a question: it is neither only shown, nor noted, nor worked out."""
    return field.type not in fieldtypes.UNASKED and not field.shown_only


def formula(field: Field) -> Expression | None:
    """Return the formula that gives the answer anew whenever those before it change."""
    if field.calculate is None and field.settled and isinstance(field.default, Expression):
        return field.default
    return field.calculate


def within(field: Field, known: Answers) -> dict[str, Json]:
    """Return what may be read in a row that is still empty: its questions hide those around it."""
    return {**known, **{inner.key: None for inner in field.fields}}


def is_rows(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def without_blank_rows(fields: Sequence[Field], answers: Answers) -> dict[str, Json]:
    """Return answers without rows that nobody filled in, except so many as there must be."""
    found = dict(answers)
    for field in fields:
        value: Any = found.get(field.key)
        if field.type != "repeat" or not is_rows(value):
            continue
        rows = [without_blank_rows(field.fields, row) for row in value]
        filled = sum(map(bool, rows))
        needed = repeat.needed(field, filled, required=field.required is True)
        spare = len(rows) - filled - max(0, needed - filled)
        for at in [at for at, row in enumerate(rows) if not row][::-1][:spare]:
            del rows[at]
        found[field.key] = rows
        if not rows:
            del found[field.key]
    return found


def map_files(
    fields: Sequence[Field], answers: Answers, change: Callable[[Field, Json], Json]
) -> dict[str, Json]:
    """Return answers in which each list of stored files, also in rows, is what `change` makes of it."""
    found = dict(answers)
    for field in fields:
        value: Any = found.get(field.key)
        if field.type == "repeat" and is_rows(value):
            found[field.key] = [map_files(field.fields, row, change) for row in value]
        elif field.type in FILE_TYPES and value:
            found[field.key] = change(field, value)
    return found


def answered(
    fields: Sequence[Field], answers: Answers, path: Path = ()
) -> Iterator[tuple[Path, Field, Json]]:
    """Yield the place, question and value of each answer; those in rows instead of the repeat itself."""
    for field in fields:
        value: Any = answers.get(field.key)
        place = (*path, field.key)
        if field.type == "repeat" and is_rows(value):
            for at, row in enumerate(value):
                yield from answered(field.fields, row, (*place, at))
        elif not is_empty(value):
            yield place, field, value


def files_in(fields: Sequence[Field], answers: Answers) -> Iterator[tuple[Path, Field, Json]]:
    """Yield where files are answered, also in rows, the question and the answer."""
    return (found for found in answered(fields, answers) if found[1].type in FILE_TYPES)


def is_empty(value: Json) -> bool:
    """Tell whether there is no answer; a text of spaces is none."""
    return is_blank(value) if isinstance(value, str) else value is None or value in ([], {})


def strays(fields: Sequence[Field], given: Answers, path: Path = ()) -> Iterator[Problem]:
    """Yield the answers that belong to no question at all, in rows too."""
    by_key = {field.key: field for field in fields if field.type not in fieldtypes.UNANSWERED}
    for key, value in given.items():
        if key not in by_key:
            yield error("answers.unknown", pointer(*path, key), name=key)
        elif by_key[key].type == "repeat" and is_rows(value):
            for at, row in enumerate(value):
                yield from strays(by_key[key].fields, row, (*path, key, at))


def _possible(field: Field, value: Any) -> Json | None:
    """Return a worked-out value as an answer, None when the question cannot have it."""
    kind = fieldtypes.get(field.type)
    answer = kind.computed(field, value)
    if answer is None or not shapes.well_formed(field, answer) or kind.verdict(field, answer):
        return None
    return answer


def _rows_fault(field: Field, value: Json) -> str:
    if not is_rows(value):
        return "answers.type"
    if len(value) < repeat.least(field):
        return "answers.few"
    return "answers.many" if len(value) > repeat.most(field) else ""


def _limits(field: Field, code: str) -> dict[str, Json]:
    if field.type == "repeat":
        limits = {"answers.few": repeat.least(field), "answers.many": repeat.most(field)}
        return {"limit": limits.get(code, "")}
    names = {"answers.minimum": "minimum", "answers.maximum": "maximum"}
    return {"limit": field.settings.get(names.get(code, ""), "")}


def _problem(asked: Asked, code: str, **data: Json) -> Problem:
    return error(code, pointer(*asked.path), field=asked.field.key, **data)
