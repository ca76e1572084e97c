"""What the rules of a page look at: its own answers, earlier ones, columns of lists. Also for the script."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from runtime.datasets.tables import RegionTables
from runtime.forms.spots import named
from schemas import chips, expressions
from schemas.definition import Field, Group, Json, Module, Option, Page, with_rows
from schemas.expressions import COLUMN, Expression
from schemas.same import Same
from schemas.walk import Path, formula

MOST_KEPT = 1024


class Dependent:
    """Knows which questions of a page come and go with the answers given on it."""

    def __init__(self, page: Page) -> None:
        self._on_page: set[int] = set()
        own = {field.key for field in page.fields}
        for field in page.fields:
            self._look(field, own, 0)
        moving = (formula(field) or field.filter for each in page.fields for field in with_rows(each))
        self.moves = bool(self._on_page) or any(rule is not None for rule in moving) or _fills(page)

    def on_page(self, question: Field) -> bool:
        """Tell whether an answer on this page can show or hide the question."""
        return id(question) in self._on_page

    def _look(self, field: Field, own: set[str], level: int) -> None:
        if looks_here(field.visible, own, level):
            self._on_page.add(id(field))
        for inner in field.fields:
            self._look(inner, own, level + 1)


def _fills(page: Page) -> bool:
    """Tell whether words on the page name answers of the page itself."""
    holders: list[Field | Group] = [*groups(page), *_fields(page)]
    written = (text for one in holders for text in one.chipped.values())
    named_ = {chip.name for text in written for _code, words in text.values for chip in chips.chips(words)}
    return any(field.key in named_ for field in _fields(page))


@lru_cache(maxsize=MOST_KEPT)
def _dependent(same: Same[Page]) -> Dependent:
    return Dependent(same.thing)


def dependent(page: Page) -> Dependent:
    """Return what is known of a page; worked out once."""
    return _dependent(Same(page))


def looks_here(rule: Expression | None, own: Iterable[str], level: int = 0) -> bool:
    """Tell whether a rule that stands so many rows deep looks at answers of the page with the keys `own`."""
    inside = any(expressions.names(rule, level=depth) for depth in range(1, level + 1))
    return inside or not expressions.names(rule).isdisjoint(own)


def groups(page: Page) -> Iterator[Group]:
    """Yield the groups of a page and those in rows."""
    yield from page.groups
    for field in page.fields:
        for each in with_rows(field):
            yield from each.groups


def group_place(path: Path, group: Group) -> str:
    """Return the name of a group on the page, given the path of one of its questions."""
    return named((*path[:-1], f"{group.key}:"))


def known(page: Page, module: Module, earlier: Mapping[str, Json]) -> dict[str, Json]:
    """Return the earlier answers that rules on the page name."""
    named_keys = {key for rule in _rules(page) for key in expressions.names(rule)}
    own = {field.key for field in page.fields}
    asked = {field.key for _page, field in module.fields()}
    return {key: earlier[key] for key in sorted((named_keys - own) & asked) if key in earlier}


def tables(page: Page, module: Module, earlier: Mapping[str, Json]) -> dict[str, dict[str, Json]]:
    """Return the rows of lists that rules on the page look at: of a large list those chosen earlier.

    What is chosen on the page itself from a large list brings its own cells along.
    """
    wanted = {node.table for rule in _rules(page) for node in rule.root.walk() if node.table}
    wanted |= {field.dataset for field in _fields(page) if field.filter is not None}
    found = {}
    for key in sorted(wanted & set(module.datasets)):
        options: Iterable[Option] = module.datasets[key].items
        if not options and isinstance(module.tables, RegionTables):
            options = _of_region(module.tables, module, key, earlier)
        if rows := {option.value: dict(option.cells) for option in options}:
            found[key] = rows
    return found


def _of_region(
    lists: RegionTables, module: Module, key: str, earlier: Mapping[str, Json]
) -> Iterable[Option]:
    if lists.is_small(key):
        return lists.options(key)
    picked = (earlier.get(field.key) for _page, field in module.fields() if field.dataset == key)
    values = (value for value in picked if isinstance(value, str))
    return (option for value in values if (option := lists.option(key, value)))


def columns(page: Page, question: Field) -> set[str]:
    """Return the columns of the list of `question` that its filter and the rules of the page look at."""
    nodes = (node for rule in _rules(page) for node in rule.root.walk())
    read = {node.name for node in nodes if node.op == "attr" and node.table == question.dataset}
    own = question.filter.root.walk() if question.filter is not None else ()
    return read | {node.name.removeprefix(COLUMN) for node in own if node.name.startswith(COLUMN)}


def as_json(value: Json) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _fields(page: Page) -> Iterator[Field]:
    for field in page.fields:
        yield from with_rows(field)


def _rules(page: Page) -> Iterator[Expression]:
    """Yield the rules of a page that the script works out, too."""
    found = [group.visible for group in groups(page)]
    for field in _fields(page):
        found.extend((field.visible, formula(field), field.filter))
    yield from (rule for rule in found if rule is not None)
