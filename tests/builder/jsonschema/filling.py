"""Fills in a form as people might: question after question, by what the form itself shows and refuses.

Knows nothing of the schema that the form was made of.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from builder.jsonschema import pointers
from runtime.forms.journey import journey
from schemas import synthetic
from schemas.definition import Field, Module
from schemas.walk import Asked

Json = Any
TODAY = date(2026, 9, 7)
MOST_ROUNDS = 60
MOST_MENDED = 40
FIXED: dict[str, tuple[Json, ...]] = {
    "email": ("warga@contoh.id", "a@b.id"),
    "url": ("https://contoh.id", "http://a.b/c?d=e"),
    "phone": ("+6281234567890", "+62215550100"),
    "date": ("2026-09-01", "1990-02-28"),
    "time": ("14:05", "00:00"),
    "datetime": ("2026-09-01T14:05+07:00",),
    "boolean": (True, False),
}
WRITTEN = frozenset((*FIXED, "text", "longtext", "pattern", "choice", "choices", "integer", "number"))
"""Kinds that are answered by chance; the others have answers of their own."""
TEXTS = (
    "a",
    "ab",
    "abc",
    "abcd",
    "b1",
    "12",
    "x y",
    "zzzzzz",
    "1",
    "A1",
    "foo",
    "bar",
    "12345",
    "a-b",
    "Contoh",
)


class Filler:
    """Answers the questions of one module; `chance` is asked for everything that can be chosen."""

    def __init__(
        self, module: Module, chance: Random, texts: Sequence[str] = (), *, uploads: bool = False
    ) -> None:
        self.module = module
        self.chance = chance
        self.texts = (*texts, *TEXTS)
        self.share = 0.7
        self.uploads = uploads  # files, which data of other programs hold as texts

    def filled(self) -> dict[str, Json] | None:
        """Return answers that the form takes, or None when chance found none."""
        self.share = self.chance.choice((0.0, 0.3, 0.7, 1.0))
        answers = self._asked_to_the_end()
        for _ in range(MOST_MENDED):
            way = journey(self.module, answers, today=TODAY)
            problems = [problem for step in way.steps for problem in step.problems]
            if not problems:
                return way.answers
            answers = copy.deepcopy(way.answers)
            for problem in problems:
                self._mend(answers, pointers.tokens(problem.pointer))
        return None

    def _asked_to_the_end(self) -> dict[str, Json]:
        answers: dict[str, Json] = {}
        passed: set[str] = set()
        for _ in range(MOST_ROUNDS):
            way = journey(self.module, answers, today=TODAY)
            asked = [one for step in way.steps for one in step.asked]
            new = [one for one in asked if one.field.key not in passed and one.value in (None, [])]
            if not new:
                return way.answers
            answers = copy.deepcopy(way.answers)
            for one in new[:5]:
                passed.add(one.field.key)
                self._answer(one, answers)
        return answers

    def _answer(self, one: Asked, answers: dict[str, Json]) -> None:
        if one.field.required is True or self.chance.random() < self.share:
            made = self.answer(one.field)
            if made not in (None, []):
                answers[one.field.key] = made

    def _mend(self, answers: dict[str, Json], steps: list[str]) -> None:
        """Give another answer, or none, where something is wrong; all is thrown when it is about a page."""
        holder: Json = answers
        fields: Sequence[Field] = [question for _, question in self.module.fields()]
        question: Field | None = None
        for at, step in enumerate(steps):
            if isinstance(holder, list):
                holder = holder[int(step)] if int(step) < len(holder) else {}
                continue
            question = next((one for one in fields if one.key == step), None)
            if question is None or not isinstance(holder, dict):
                return
            fields = question.fields
            if at < len(steps) - 1:
                holder = holder.get(step, {})
        if question is None:
            key = self.chance.choice([one.key for _, one in self.module.fields()])
            question, steps = self.module.field(key), [key]
        elif isinstance(holder, list) or steps[-1].isdigit():
            steps, holder = [question.key], answers
        if question is None or not isinstance(holder, dict):
            return
        key = steps[-1]
        if key in holder and self.chance.random() < 0.4:
            del holder[key]
        else:
            made = self.answer(question)
            if made not in (None, []):
                holder[key] = made

    def answer(self, question: Field) -> Json:
        """Return some answer to a question, not always a right one."""
        settings, options = question.settings, [option.value for option in question.options]
        if question.type == "repeat":
            least = max(settings.get("minItems", 0), 1)
            most = max(least, min(settings.get("maxItems", 3), least + 2))
            return [self.row(question) for _ in range(self.chance.randint(least, most))]
        if question.type not in WRITTEN or (question.dataset and not options):
            if question.type == "file" and not self.uploads:
                return None
            known = synthetic.answers(question, (), today=TODAY, tables=self.module.tables)
            return self.chance.choice(known) if known else None
        if question.type == "choice":
            return self.chance.choice(options)
        if question.type == "choices":
            least = min(max(settings.get("minItems", 0), 1), len(options))
            count = self.chance.randint(least, len(options))
            chosen = self.chance.sample(options, count)
            return [one for one in options if one in chosen]
        if question.type in ("integer", "number"):
            return self.number(question)
        if question.type in FIXED:
            return self.chance.choice(FIXED[question.type])
        return self.text(question)

    def row(self, question: Field) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for one in question.fields:
            if one.required is True or self.chance.random() < self.share:
                made = self.answer(one)
                if made not in (None, []):
                    found[one.key] = made
        return found

    def number(self, question: Field) -> Json:
        least, most = question.settings.get("minimum", -3), question.settings.get("maximum", 12)
        near = [least, least + 1, most, most - 1, 0, 1, 2, 3, 4, 5, 6, 10, 15, 30, 100]
        value = Decimal(self.chance.choice(near))
        if question.type == "integer":
            return int(value)
        places = question.settings.get("places", 2)
        part = self.chance.choice((Decimal(0), Decimal(1) / 2, Decimal(1) / 4)).quantize(
            Decimal(1).scaleb(-min(places, 2))
        )
        text = f"{(value + part).normalize():f}"
        return "0" if text == "-0" else text

    def text(self, question: Field) -> str | None:
        settings = question.settings
        if self.chance.random() < 0.2:
            return self.chance.choice(self.texts)
        if "pattern" in settings:
            return matching(settings["pattern"], self.chance)
        least, most = settings.get("minLength", 1), settings.get("maxLength", 250)
        text = self.chance.choice(self.texts)
        length = self.chance.choice((least, max(least, min(most, len(text))), min(most, least + 1)))
        return (text * (length // len(text) + 1))[:length] or None


def matching(pattern: str, chance: Random) -> str | None:
    """Return a text that a pattern fits, as far as its parts can be chosen one after the other."""
    try:
        tree = re._parser.parse(pattern)  # type: ignore[attr-defined]  # Python's own reader of patterns
    except re.error:
        return None
    return "".join(_pieces(tree, chance))


def _pieces(tree: Any, chance: Random) -> list[str]:
    made: list[str] = []
    for word, told in tree:
        kind = str(word)
        if kind == "LITERAL":
            made.append(chr(told))
        elif kind in ("ANY", "NOT_LITERAL", "CATEGORY"):
            made.append("7" if "DIGIT" in str(told) else chance.choice("ab1"))
        elif kind == "IN":
            made.append(_one_of(told, chance))
        elif kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = told
            for _ in range(chance.randint(least, min(int(most), least + 3))):
                made += _pieces(inner, chance)
        elif kind == "SUBPATTERN":
            made += _pieces(told[3], chance)
        elif kind == "BRANCH":
            made += _pieces(chance.choice(told[1]), chance)
    return made


def _one_of(told: Any, chance: Random) -> str:
    if str(told[0][0]) == "NEGATE":
        return chance.choice("aZ7- ")
    word, value = chance.choice(told)
    if str(word) == "RANGE":
        return chr(chance.randint(value[0], min(value[1], value[0] + 25)))
    if str(word) == "LITERAL":
        return chr(value)
    return "7" if "DIGIT" in str(value) else "a"
