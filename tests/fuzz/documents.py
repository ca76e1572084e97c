"""The rules' verdict on answers, the compiled schema's and the journey's, on random modules."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from runtime.forms.journey import journey
from schemas import answers, fieldtypes, shapes, validator
from schemas.definition import Field, Module
from schemas.walk import answered
from tests.fuzz import modules

ANSWERS_EACH = 30


@dataclass
class Outcome:
    """How many verdicts were compared, how many modules are exact, and where verdicts differ.

    `answered` counts the kinds of question in answers that were accepted.
    """

    compared: int = 0
    exact: int = 0
    accepted: int = 0
    modules: int = 0
    differences: list[str] = field(default_factory=list)
    answered: Counter[str] = field(default_factory=Counter)


def answers_exactly(schema: dict[str, Any]) -> bool:
    """Say whether the schema and the rules must agree: neither looks up which offices or areas there are."""
    return all(left_out["rule"] == "exists" for left_out in schema["x-rules"])


def run(count: int, seed: int, *, to_the_first: bool = False) -> Outcome:
    """Judge `count` random sets of answers three times; `to_the_first` no more once verdicts differ."""
    random, outcome = Random(seed), Outcome()
    while outcome.compared < count and not (to_the_first and outcome.differences):
        module, whole = modules.module(random)
        schema = answers.schema(module)
        validator.check_schema(schema)
        checker, exact = validator.build(schema), answers_exactly(schema)
        outcome.modules += 1
        for _ in range(min(ANSWERS_EACH, count - outcome.compared)):
            facts = modules.facts(random, module)
            given = modules.answers(random, module, facts)
            by_rules = not answers.validate(module, given, today=modules.TODAY, context=facts)
            by_schema = next(validator.errors(checker, given), None) is None
            outcome.compared += 1
            outcome.exact += exact
            outcome.accepted += by_rules
            if by_rules:
                outcome.answered.update(
                    question.type for _path, question, _value in answered(_questions(module), given)
                )
            for trouble in _troubles(module, given, facts, by_rules, by_schema, exact=exact):
                outcome.differences.append(f"{trouble}: {json.dumps(given)} for {json.dumps(whole['pages'])}")
    return outcome


def _troubles(
    module: Module,
    given: dict[str, Any],
    facts: dict[str, Any],
    by_rules: bool,
    by_schema: bool,
    *,
    exact: bool,
) -> list[str]:
    walked = journey(module, {**given, **facts}, today=modules.TODAY, fresh=True)
    kept = {key: value for key, value in walked.answers.items() if key in given or key not in facts}
    by_journey = walked.complete and _same(_questions(module), kept, given)
    found = []
    if by_rules and not by_schema:
        found.append("the schema refuses what the rules accept")
    if exact and by_schema and not by_rules:
        found.append("a schema that is exact accepts what the rules refuse")
    if by_journey != by_rules:
        found.append(f"the journey {'accepts' if by_journey else 'refuses'}, the rules do not")
    for step in walked.steps:
        for question in step.fields:
            first = step.walk.first(question, step.seen)
            if first is not None and not shapes.well_formed(question, first):
                found.append(f"{question.key} begins with {first!r}, which is no answer to it")
    return found


def _questions(module: Module) -> list[Field]:
    return [question for page in module.filing_pages() for question in page.fields]


def _same(fields: Sequence[Field], kept: dict[str, Any], given: dict[str, Any]) -> bool:
    """Tell whether what counts is what was given; only what nobody is asked may come in addition.

    What the server sets is kept where it stands, and nobody may give it.
    """
    if any(field.key in given and not fieldtypes.get(field.type).asked for field in fields):
        return False
    computed = {field.key for field in fields if field.shown_only}
    rows = {field.key: field for field in fields if field.type == "repeat"}
    if not set(given) <= set(kept) <= set(given) | computed:
        return False
    for key, value in given.items():
        if key in rows and isinstance(value, list):
            inner = zip(kept[key], value, strict=True)
            if not all(_same(rows[key].fields, mine, theirs) for mine, theirs in inner):
                return False
        elif kept[key] != value:
            return False
    return True
