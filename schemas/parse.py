"""Document → problems, or a `Module`. The only maker of modules.

Order: strict reading, shape, values, rules; each stage runs only on what the one before let pass,
so that a reader is told causes and not their consequences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schemas import construct, rules, structure
from schemas.definition import Json, Module
from schemas.problems import Problem, any_errors
from schemas.reading import MAX_PROBLEMS, read_json, value_problems

__all__ = ["Checked", "InvalidDocument", "check", "check_value", "load", "read_json", "understood"]

REMEMBERED = 16  # a document goes through several hands on its way to being published


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check. `module` is None exactly when some problem is an error."""

    module: Module | None
    problems: tuple[Problem, ...]


class InvalidDocument(Exception):
    """A document that has at least one error."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        worst = next((problem for problem in problems if problem.blocks), None)
        super().__init__(f"{worst.pointer or '/'}: {worst.sentence()}" if worst else "")


@lru_cache(maxsize=REMEMBERED)
def check(text: str | bytes) -> Checked:
    """Check the text of a document; never raises. The last few texts are remembered."""
    value, problems = read_json(text)
    return Checked(None, problems) if problems else _check(value)


def check_value(value: Json) -> Checked:
    """Check a document that is already decoded (the editor's); never raises."""
    problems = tuple(value_problems(value))
    return Checked(None, problems) if problems else _check(value)


def understood(value: Json) -> Module | None:
    """Return what can be understood of a document that may be faulty, None when its shape is wrong.

    Only for showing: rules that cannot be understood are left out of it.
    """
    if any(value_problems(value)) or any(structure.problems(value)):
        return None
    document: Mapping[str, Any] = value
    return construct.module(document)[0]


def load(text: str | bytes) -> Module:
    """Return the module of a document. Raises `InvalidDocument` when it has an error."""
    checked = check(text)
    if checked.module is None:
        raise InvalidDocument(checked.problems)
    return checked.module


def _check(value: Json) -> Checked:
    found = tuple(structure.problems(value))[:MAX_PROBLEMS]
    if found:
        return Checked(None, found)
    document: Mapping[str, Any] = value
    module, faults = construct.module(document)
    problems = (*faults, *rules.problems(module, sound=not faults))
    return Checked(None if any_errors(problems) else module, problems)
