"""Spoilt documents and expressions that are nearly right: only problems come back, and soon."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from schemas import expressions, parse
from schemas.expressions import Scope
from schemas.expressions.tree import OPERATORS
from tests.fuzz import dirt
from tests.fuzz.expressions import KINDS, Maker
from tests.schemas.corpus import STARTERS, VALID

TODAY = date(2026, 11, 24)
SHOWN_LENGTH = 400
NAMES = ("x-a", "unknown", "", "key", "var", "visible", "\u202e", "a" * 50)


@dataclass
class Outcome:
    """How many were tried, what raised or lied, and how long the slowest took (seconds of processor time)."""

    tried: int = 0
    sound: int = 0
    slowest: float = 0.0
    slowest_case: str = ""
    troubles: list[str] = field(default_factory=list)

    def took(self, seconds: float, case: str) -> None:
        self.tried += 1
        if seconds > self.slowest:
            self.slowest, self.slowest_case = seconds, case[:SHOWN_LENGTH]


def documents(count: int, seed: int) -> Outcome:
    """Check `count` shipped documents with one to four things spoilt."""
    random, outcome, known = Random(seed), Outcome(), sources()
    for _ in range(count):
        text = spoilt(random, known)
        began = time.process_time()
        try:
            checked = parse.check(text)
            said = [problem.sentence(language) for problem in checked.problems for language in ("en", "id")]
        except Exception as raised:
            outcome.troubles.append(_raised(raised, text))
            continue
        outcome.took(time.process_time() - began, text)
        outcome.sound += checked.module is not None
        blocked = any(problem.blocks for problem in checked.problems)
        if blocked == (checked.module is not None) or not all(said):
            outcome.troubles.append(f"a verdict without a reason for {text[:SHOWN_LENGTH]}")
    return outcome


def sources() -> list[Any]:
    """Return the shipped documents."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in (*VALID, *STARTERS)]


def spoilt(random: Random, documents: list[Any]) -> str:
    """Return the text of one of the documents with one to four things spoilt, now and then torn."""
    document = copy.deepcopy(random.choice(documents))
    for _ in range(random.randint(1, 4)):
        _spoil(random, document)
    text = json.dumps(document, ensure_ascii=random.random() < 0.5)
    return _torn(random, text) if random.random() < 0.2 else text


def rules(count: int, seed: int) -> Outcome:
    """Read `count` expressions that are nearly right, and evaluate those that are (S T18)."""
    random, outcome = Random(seed), Outcome()
    maker, scope = Maker(random), Scope.of(KINDS)
    for _ in range(count):
        raw = [maker.make("boolean") if random.random() < 0.8 else _nonsense(random, 6)]
        for _ in range(random.choice((0, 1, 1, 2))):
            _spoil(random, raw)
        rule, answers = raw[0] if raw else None, dirt.answers(random, KINDS)
        began = time.process_time()
        try:
            tree, problems = expressions.parse(rule, "/x", scope)
            if tree is not None:
                expressions.evaluate(tree, answers, today=TODAY)
        except Exception as raised:
            outcome.troubles.append(_raised(raised, repr(rule)))
            continue
        outcome.took(time.process_time() - began, repr(rule))
        outcome.sound += tree is not None
        if (tree is None) != bool(problems):
            outcome.troubles.append(f"a verdict without a reason for {repr(rule)[:SHOWN_LENGTH]}")
    return outcome


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each (container, index or name) inside `value`."""
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        inner = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for name, item in inner:
            yield holder, name
            if isinstance(item, (dict, list)):
                waiting.append(item)


def _spoil(random: Random, whole: Any) -> None:
    places = list(_places(whole))
    if not places:
        return
    holder, name = random.choice(places)
    other_holder, other_name = random.choice(places)
    how = random.randrange(6)
    if how == 0:
        del holder[name]
    elif how == 1:
        holder[name] = copy.deepcopy(random.choice(dirt.DIRTY))
    elif how == 2:
        holder[name] = copy.deepcopy(other_holder[other_name])
    elif how == 3 and isinstance(holder, list):
        holder.extend(copy.deepcopy(holder) * random.choice((1, 3, 40)))
    elif how == 4 and isinstance(holder, dict):
        holder[random.choice(NAMES)] = copy.deepcopy(holder[name])
    else:
        holder[name] = _nonsense(random, 4)


def _nonsense(random: Random, depth: int) -> Any:
    if depth <= 0 or random.random() < 0.3:
        return copy.deepcopy(random.choice((*dirt.DIRTY, {"var": random.choice((*KINDS, "tidak_ada"))})))
    inner = [_nonsense(random, depth - 1) for _ in range(random.randint(0, 3))]
    operator = random.choice((*OPERATORS, "eval", "__class__", "map", "reduce", "log", "var.__class__"))
    return random.choice(({operator: inner}, inner, {operator: inner, "or": []}, {operator: inner[:1]}))


def _torn(random: Random, text: str) -> str:
    at = random.randrange(len(text))
    strange = random.choice('{}[],:"\\\x00\ud800')
    return random.choice((text[:at], text[:at] + strange + text[at:], text[at:], text + text))


def _raised(raised: Exception, case: str) -> str:
    return f"{type(raised).__name__}: {raised} for {case[:SHOWN_LENGTH]}"
