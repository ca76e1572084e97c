"""Days that are counted between two questions, though the second may be answered with the earlier day.

What is worked out of a number of days below zero, such as a fee, is no answer: it would stay empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemas import expressions
from schemas.definition import Field, Group, Module, Page
from schemas.expressions import Expression
from schemas.problems import Problem, warning
from schemas.rules import pitfalls, places


def problems(module: Module) -> Iterator[Problem]:
    """Yield the second question of each such pair, once."""
    asked = {field.key: (pointer, field) for pointer, _page, field in places.fields(module)}
    held = [expressions.names(rule) for rule in _checks(module)]
    told: set[tuple[str, str]] = set()
    for field in (field for _pointer, field in asked.values() if field.calculate is not None):
        for start, end in _spans(field):
            pair = {start, end}
            if start == end or (start, end) in told or not pair <= asked.keys():
                continue
            pointer, last = asked[end]
            if last.type == "date" and pitfalls.is_asked(last) and not any(pair <= names for names in held):
                told.add((start, end))
                yield warning(
                    "pitfalls.backwards", pointer, name=field.key, field=end, found=start, start=start
                )


def _spans(field: Field) -> Iterator[tuple[str, str]]:
    """Yield the questions from which and to which a formula counts days."""
    for node in field.calculate.root.walk() if field.calculate else ():
        ends = [name for arg in node.args for name in _question(arg)] if node.op == "days" else []
        if len(ends) == 2:
            yield ends[0], ends[1]


def _question(node: expressions.Node) -> tuple[str, ...]:
    if node.op == "attr":
        return _question(node.args[0])
    return (node.name,) if node.op == "var" else ()


def _checks(module: Module) -> Iterator[Expression]:
    holders: list[Page | Group | Field] = [
        *module.pages,
        *places.groups(module),
        *(field for _at, _page, field in places.fields(module)),
    ]
    yield from (holder.check for holder in holders if holder.check is not None)
