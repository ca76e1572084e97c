"""Lists to choose from: every question has exactly one, and its rows are what its columns say."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import expressions
from schemas.construct.kinds import COLUMN_TYPES
from schemas.definition import Dataset, Field, Json, Module
from schemas.expressions import COLUMN, Node
from schemas.listing import is_column
from schemas.problems import Problem, error, warning
from schemas.rules import places

OWN = frozenset({"value", "label"})
LISTED = frozenset({"choice", "choices"})


def problems(module: Module) -> Iterator[Problem]:
    used: set[str] = set()
    for pointer, _page, field in places.fields(module):
        if field.type in LISTED:
            yield from _list(field, module, pointer)
            used.add(field.dataset)
    for dataset in module.datasets.values():
        yield from _columns(dataset)
        if dataset.key not in used:
            yield warning("datasets.unused", f"/datasets/{dataset.key}", name=dataset.key)


def _list(field: Field, module: Module, pointer: str) -> Iterator[Problem]:
    if not field.dataset:
        if not field.options:
            yield error("structure.missing", pointer, name="options")
        if field.filter is not None:
            yield error("datasets.filter", f"{pointer}/filter", name=field.key)
        return
    dataset = module.datasets.get(field.dataset)
    if dataset is None:
        yield error("references.dataset", f"{pointer}/dataset", name=field.dataset)
    elif field.options and field.options is not dataset.items:
        yield error("datasets.twice", f"{pointer}/options", name=field.key)
    elif dataset.source and field.filter is not None and not _looks_up(field.filter.root):
        yield error("datasets.filter_shape", f"{pointer}/filter", name=field.key)


def _looks_up(node: Node) -> bool:
    """Tell whether a filter can be asked of a table: columns equal to, or one of, what is known before."""
    if node.op == "and":
        return all(_looks_up(arg) for arg in node.args)
    if node.op not in ("==", "in"):
        return False
    column, other = node.args
    if node.op == "==" and not is_column(column):
        column, other = other, column
    # the words of a row are in several languages: no table can be asked for them
    sayable = is_column(column) and column.name != f"{COLUMN}label"
    return sayable and not any(is_column(inner) for inner in other.walk())


def _columns(dataset: Dataset) -> Iterator[Problem]:
    for name in sorted(OWN & set(dataset.columns)):
        yield error("names.reserved", f"/datasets/{dataset.key}/columns/{name}", name=name)
    for at, item in enumerate(dataset.items):
        for name, cell in item.cells.items():
            place = f"/datasets/{dataset.key}/items/{at}/{name}"
            if name in OWN:
                continue
            if name not in dataset.columns:
                yield error("structure.unknown", place, name=name)
            elif not _fits(cell, dataset.columns[name]):
                yield error("datasets.cell", place, value=cell, wanted=dataset.columns[name])


def _fits(cell: Json, wanted: str) -> bool:
    if wanted == "money" and (isinstance(cell, bool) or not isinstance(cell, int)):
        return False
    return expressions.read(cell, COLUMN_TYPES[wanted]) is not expressions.UNKNOWN
