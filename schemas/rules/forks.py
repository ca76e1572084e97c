"""Questions for some people only that everybody is asked: “If so, …”, or one of two branches.

Source: of seven civil servants four could build two branches (GOV.UK Forms, 2025-04).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas import labels
from schemas.definition import Field, Json, Module, Option, Page, Text
from schemas.expressions import Expression, names
from schemas.problems import Problem, warning
from schemas.rules import places
from schemas.rules.pitfalls import is_asked, said

SHORTEST = 5
NEAR = 3
EMPTY = {"lainnya", "lain-lain", "other", "others", "tidak ada", "none", "semua", "tidak tahu"}
"""Answers whose words stand in many labels without meaning them."""


def problems(module: Module) -> Iterator[Problem]:
    for page in module.filing_pages():
        if page.visible is None:
            yield from _spoken_to_some(page.fields)
    yield from _open_branches(module)


def _spoken_to_some(fields: Iterable[Field]) -> Iterator[Problem]:
    """Questions that begin with “if”, where the answer they speak of was asked for just before."""
    before: list[Field] = []
    for field in fields:
        if field.type == "repeat":
            yield from _spoken_to_some(field.fields)
        if is_asked(field) and field.visible is None and not isinstance(field.required, Expression):
            meant = next(
                (yes for words in said(field.label) if (yes := labels.conditional(words)) is not None), None
            )
            found = None if meant is None else _source(field, before[-NEAR:], yes=meant)
            if found is not None:
                yield warning(
                    "pitfalls.for_some",
                    field.at,
                    name=field.key,
                    field=found[0],
                    source=found[0],
                    answer=found[1],
                )
        if is_asked(field):
            before.append(field)


def _source(field: Field, before: list[Field], *, yes: bool) -> tuple[str, Json] | None:
    """Return the question, and its answer, that the words of `field` speak of."""
    for one in reversed(before):
        if one.type == "choice" and not one.dataset:
            option = next((option for option in one.options if _speaks_of(field.label, option)), None)
            if option is not None:
                return one.key, option.value
    return (before[-1].key, yes) if before and before[-1].type == "boolean" else None


def _speaks_of(text: Text, option: Option) -> bool:
    """Tell whether the words of an answer stand in a text, in one of its languages."""
    told = dict(option.label.values)
    for language, words in text.values:
        phrase = labels.plain(told.get(language, ""))
        if len(phrase) >= SHORTEST and phrase not in EMPTY and labels.holds(words, phrase):
            return True
    return False


def _open_branches(module: Module) -> Iterator[Problem]:
    """What speaks of one answer and is shown to everybody, while another answer has its own branch."""
    asked = module.filing_pages()
    filed = [(pointer, page) for pointer, page in places.pages(module) if any(page is one for one in asked)]
    rules = [rule for _pointer, page in filed for rule in _rules(page)]
    branched = {key for rule in rules for key in names(rule)}
    for at, (_pointer, page) in enumerate(filed):
        for field in page.fields:
            if field.type == "choice" and not field.dataset and field.key in branched:
                left = _unnamed(field, rules)
                yield from _beside(field, left, page, filed[at:])


def _rules(page: Page) -> Iterator[Expression]:
    yield from filter(None, (page.visible, *(field.visible for field in page.fields)))


def _unnamed(source: Field, rules: Iterable[Expression]) -> list[Option]:
    """Return the answers after which nothing is asked, none if that holds for all of them."""
    told = {
        node.value if isinstance(node.value, tuple) else (node.value,)
        for rule in rules
        if source.key in names(rule)
        for node in rule.root.walk()
        if node.op == "literal"
    }
    values = {value for several in told for value in several}
    left = [option for option in source.options if option.value not in values]
    return left if len(left) < len(source.options) else []


def _beside(
    source: Field, left: list[Option], own: Page, pages: Iterable[tuple[str, Page]]
) -> Iterator[Problem]:
    passed = False
    for pointer, page in pages:
        option = next((one for one in left if page is not own and _speaks_of(page.title, one)), None)
        if page.visible is None and option is not None:
            yield _open(page.key, pointer, source, option)
            continue
        for field in page.fields:
            passed = passed or field is source
            if not passed or field is source or page.visible is not None or field.visible is not None:
                continue
            option = next((one for one in left if is_asked(field) and _speaks_of(field.label, one)), None)
            if option is not None:
                yield _open(field.key, field.at, source, option)


def _open(name: str, pointer: str, source: Field, option: Option) -> Problem:
    data: dict[str, Json] = {"source": source.key, "answer": option.value}
    words = dict(option.label.values)
    return warning("pitfalls.for_all", pointer, name=name, field=source.key, words=words, **data)
