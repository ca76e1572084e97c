"""The rules' verdict on answers, the compiled schema's and the journey's, on random modules."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from runtime.forms.journey import journey
from schemas import answers, validator
from schemas.definition import Field, Module, Page
from tests.fuzz import modules

ANSWERS_EACH = 30


@dataclass
class Outcome:
    """How many verdicts were compared, how many modules are exact, and where verdicts differ."""

    compared: int = 0
    exact: int = 0
    accepted: int = 0
    modules: int = 0
    differences: list[str] = field(default_factory=list)


def run(count: int, seed: int) -> Outcome:
    """Judge `count` random sets of answers three times."""
    random, outcome = Random(seed), Outcome()
    while outcome.compared < count:
        module, whole = modules.module(random)
        schema = answers.schema(module)
        validator.check_schema(schema)
        checker, exact = validator.build(schema), schema["x-exact"]
        outcome.modules += 1
        for _ in range(min(ANSWERS_EACH, count - outcome.compared)):
            given = modules.answers(random, module)
            by_rules = not answers.validate(module, given, today=modules.TODAY)
            by_schema = next(validator.errors(checker, given), None) is None
            outcome.compared += 1
            outcome.exact += exact
            outcome.accepted += by_rules
            for trouble in _troubles(module, given, by_rules, by_schema, exact=exact):
                outcome.differences.append(f"{trouble}: {json.dumps(given)} for {json.dumps(whole['pages'])}")
    return outcome


def _troubles(
    module: Module, given: dict[str, Any], by_rules: bool, by_schema: bool, *, exact: bool
) -> list[str]:
    walked = journey(module, given, today=modules.TODAY)
    by_journey = walked.complete and _covers(module.filing_pages(), walked.answers, given)
    found = []
    if by_rules and not by_schema:
        found.append("the schema refuses what the rules accept")
    if exact and by_schema and not by_rules:
        found.append("a schema that is exact accepts what the rules refuse")
    if by_journey != by_rules:
        found.append(f"the journey {'accepts' if by_journey else 'refuses'}, the rules do not")
    return found


def _covers(pages: Sequence[Page], kept: dict[str, Any], given: dict[str, Any]) -> bool:
    """Tell whether what counts is what was given; only calculated answers may come in addition."""
    return _same([field for page in pages for field in page.fields], kept, given)


def _same(fields: Sequence[Field], kept: dict[str, Any], given: dict[str, Any]) -> bool:
    computed = {field.key for field in fields if field.calculate is not None}
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
