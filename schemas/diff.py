"""What differs between two documents of a module, by the keys of its things and never by their places.

Takes documents as they are decoded, also faulty ones: what cannot be taken apart is compared whole. Equal
documents have no differences, and those that are not equal have at least one. Knows no words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from schemas.definition import Json
from schemas.problems import pointer

Things = tuple[tuple[str, str], ...]
What = Literal["added", "removed", "moved", "changed"]
PARTS = frozenset({"applicant", "standard", "privacy", "workflow", "deadline", "signer", "ask", "row"})
"""Properties that hold further properties, each of which is compared by itself."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of the thing at the end of `things`, each of which is a kind and a key.

    `name` is the property that has changed. `before` and `after` are its values, or the thing itself; of
    one that moved they are the names of what it stood in and stands in, and what stands before it now.
    `pointer` leads to the thing in the newer document, to one that was removed in the older.
    """

    what: What
    things: Things
    pointer: str
    name: tuple[str, ...] = ()
    before: Json = None
    after: Json = None


@dataclass(frozen=True, slots=True)
class _Thing:
    value: Mapping[str, Json]
    pointer: str
    around: str = ""


def differences(old: Mapping[str, Json], new: Mapping[str, Json]) -> tuple[Difference, ...]:
    """Return what differs, in the order of the newer document."""
    before, after = _questions(old), _questions(new)
    found = [*_pairs(before, after, (), "fields"), *_object(_without(old), _without(new), (), "", ())]
    return tuple(sorted(found, key=lambda one: one.what == "removed"))


def same(one: Json, other: Json) -> bool:
    """Tell whether two values are the same JSON; unlike in Python, `true` is not 1."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _object(
    old: Mapping[str, Json], new: Mapping[str, Json], things: Things, at: str, name: tuple[str, ...]
) -> Iterator[Difference]:
    """Yield how the properties of one thing differ."""
    for key in dict.fromkeys([*new, *old]):
        one, other = old.get(key), new.get(key)
        if key in old and key in new and same(one, other):
            continue
        before, after = _keyed(key, one, f"{at}{pointer(key)}"), _keyed(key, other, f"{at}{pointer(key)}")
        if before is not None and after is not None and (before or after):
            yield from _pairs(before, after, things, key)
        elif key in PARTS and _open(one) and _open(other) and (one or other):
            yield from _object(_map(one), _map(other), things, f"{at}{pointer(key)}", (*name, key))
        else:
            yield Difference("changed", things, at, (*name, key), one, other)


def _pairs(
    before: Mapping[str, _Thing], after: Mapping[str, _Thing], things: Things, kind: str
) -> Iterator[Difference]:
    """Yield what was added, moved, changed and removed of the things in a list."""
    moved = _moved(before, after)
    last: dict[str, str] = {}
    for key, thing in after.items():
        here = (*things, (kind, key))
        old = before.get(key)
        if old is None:
            yield Difference("added", here, thing.pointer, after=dict(thing.value))
        else:
            if key in moved or old.around != thing.around:
                told = {"in": thing.around, "behind": last.get(thing.around, "")}
                yield Difference("moved", here, thing.pointer, before={"in": old.around}, after=told)
            yield from _object(old.value, thing.value, here, thing.pointer, ())
        last[thing.around] = key
    for key, thing in before.items():
        if key not in after:
            yield Difference("removed", (*things, (kind, key)), thing.pointer, before=dict(thing.value))


def _moved(before: Mapping[str, _Thing], after: Mapping[str, _Thing]) -> set[str]:
    """Return the fewest things whose moving explains another order, container by container."""
    places: dict[str, dict[str, int]] = {}
    for key, thing in before.items():
        if key in after and after[key].around == thing.around:
            inside = places.setdefault(thing.around, {})
            inside[key] = len(inside)
    return {
        key
        for around, inside in places.items()
        for key in _out_of_order(
            [key for key in after if after[key].around == around and key in inside], inside
        )
    }


def _out_of_order(keys: Sequence[str], places: Mapping[str, int]) -> set[str]:
    """Return the keys outside the longest run that has kept its order."""
    ends: list[int] = []
    runs: list[tuple[int, ...]] = []
    for at, key in enumerate(keys):
        length = bisect_left(ends, places[key])
        run = (*(runs[length - 1] if length else ()), at)
        ends[length:] = [places[key], *ends[length + 1 :]]
        runs[length:] = [run, *runs[length + 1 :]]
    kept = set(runs[-1]) if runs else set()
    return {key for at, key in enumerate(keys) if at not in kept}


def _questions(document: Mapping[str, Json]) -> dict[str, _Thing]:
    """Return questions and groups by their names: those in rows after the rows, groups after #."""
    found: dict[str, _Thing] = {}
    pages: dict[str, _Thing] = {}
    for at, page in enumerate(_pages(document)):
        if _told(page):
            here = pointer("pages", at)
            name = _free(page["key"], pages)
            pages[name] = _Thing(page, here)
            _gather(found, page.get("fields"), here, f"page:{name}", "")
    return found


def _gather(found: dict[str, _Thing], items: Any, at: str, around: str, rows: str) -> None:
    if not _is_list(items):
        return
    for index, item in enumerate(items):
        here = f"{at}/fields/{index}"
        key, kind = item["key"], item.get("type")
        name = _free(f"#{rows}{key}" if kind == "group" else f"{rows}{key}", found)
        found[name] = _Thing(_emptied(item), here, around)
        if _is_list(item.get("fields")):
            _gather(found, item["fields"], here, name, f"{rows}{key}/" if kind == "repeat" else rows)


def _without(document: Mapping[str, Json]) -> dict[str, Json]:
    """Return the document without the questions that `_questions` has."""
    if not _pages(document):
        return dict(document)
    return {**document, "pages": [_emptied(page) if _told(page) else page for page in _pages(document)]}


def _emptied(thing: Mapping[str, Json]) -> Mapping[str, Json]:
    return {**thing, "fields": []} if _is_list(thing.get("fields")) else thing


def _pages(document: Mapping[str, Json]) -> list[Any]:
    pages = document.get("pages")
    return pages if isinstance(pages, list) else []


def _keyed(kind: str, value: Json, at: str) -> dict[str, _Thing] | None:
    """Return the things of a list by their keys, or None when it is no list of things."""
    if value is None:
        return {}
    if (
        kind == "datasets"
        and isinstance(value, Mapping)
        and all(isinstance(one, Mapping) for one in value.values())
    ):
        return {key: _Thing(_map(one), f"{at}{pointer(key)}") for key, one in value.items()}
    found: dict[str, _Thing] = {}
    if not isinstance(value, list):
        return None
    for index, item in enumerate(value):
        key = item.get("key", item.get("value")) if isinstance(item, Mapping) else None
        if not isinstance(key, str) or not isinstance(item, Mapping):
            return None
        found[_free(key, found)] = _Thing(item, f"{at}/{index}")
    return found


def _free(name: str, taken: Mapping[str, _Thing]) -> str:
    """Return `name`, with a mark behind it while something wrongly has the same."""
    while name in taken:
        name += "+"
    return name


def _told(thing: Json) -> bool:
    return isinstance(thing, Mapping) and isinstance(thing.get("key"), str)


def _is_list(value: Any) -> bool:
    """Tell whether these are questions that can be taken apart."""
    return isinstance(value, list) and all(map(_told, value))


def _open(value: Json) -> bool:
    return value is None or isinstance(value, Mapping)


def _map(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}
