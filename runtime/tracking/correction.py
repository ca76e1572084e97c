"""The page on which returned questions are answered again: those named, and those they bring up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from runtime.cases.selectors import Case
from schemas import expressions
from schemas.definition import Field, Module, Page, Text
from schemas.expressions import Expression, Node

PAGE = "correction"


def page(module: Module, case: Case, named: Collection[str]) -> Page:
    """Return one page with the named questions, and unanswered ones whose conditions name those."""
    chosen: dict[str, Field] = {}
    for source in module.filing_pages():
        for question in source.fields:
            rule = _both(source.visible, question.visible)
            follows = bool(expressions.names(rule) & set(chosen)) and question.key not in case.answers
            if question.key in named or follows:
                chosen[question.key] = replace(question, visible=rule)
    return Page(key=PAGE, title=Text(()), fields=tuple(chosen.values()))


def _both(first: Expression | None, second: Expression | None) -> Expression | None:
    """Return the condition that holds when both do."""
    if first is None or second is None:
        return first or second
    return Expression(
        raw={"and": [first.raw, second.raw]}, root=Node("and", "boolean", (first.root, second.root))
    )
