"""Puts questions in an order in which every rule looks back, and drops the rules that go in circles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from builder.jsonschema import logic

Json = Any
Path = tuple[int, ...]
MOST_MOVES = 400
Drop = Callable[[dict[str, Json], str], None]


def variables(rule: Json) -> set[str]:
    """Return the keys that a rule names."""
    found: set[str] = set()
    waiting = [rule]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if isinstance(part.get("var"), str):
                found.add(part["var"])
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    return found


def arrange(pages: list[dict[str, Json]], title: str, drop: Drop) -> None:
    """Move what rules name in front of them. `drop` is told of each rule taken away, and its name."""
    for _ in range(MOST_MOVES):
        fault = next(_faults(pages), None)
        if fault is None:
            break
        _move(pages, *fault, title)
    for owner, _, _ in list(_faults_of(pages, all_of=True)):
        if "visible" in owner:
            del owner["visible"]
            drop(owner, "visible")
    pages[:] = [page for page in pages if page["fields"]]
    _later(pages, drop)


def _faults(pages: list[dict[str, Json]]) -> Iterator[tuple[Path, Path]]:
    for _, own, other in _faults_of(pages):
        yield own, other


def _faults_of(pages: list[dict[str, Json]], *, all_of: bool = False) -> Iterator[tuple[Json, Path, Path]]:
    """Yield each owner of a `visible` that names something not above it, with both places."""
    places = {item["key"]: path for item, path in walk(pages)}
    for item, path in walk(pages, with_pages=True):
        for key in sorted(variables(item.get("visible"))) if "visible" in item else ():
            other = places.get(key)
            if other is not None and other >= path:
                yield item, path, other


def walk(pages: list[dict[str, Json]], *, with_pages: bool = False) -> Iterator[tuple[Json, Path]]:
    """Yield every question, group and repeat with its place, in the order of the document."""
    for number, page in enumerate(pages):
        if with_pages:
            yield page, (number,)
        yield from _inside(page["fields"], (number,))


def _inside(fields: list[Json], above: Path) -> Iterator[tuple[Json, Path]]:
    for number, item in enumerate(fields):
        path = (*above, number)
        yield item, path
        yield from _inside(item.get("fields", []), path)


def _move(pages: list[dict[str, Json]], own: Path, other: Path, title: str) -> None:
    """Bring what stands at `other` in front of what stands at `own`."""
    if len(own) == 1:
        _in_front_of_page(pages, own[0], other, title)
        return
    same = 0
    while same < len(own) and same < len(other) and own[same] == other[same]:
        same += 1
    if same == 0:
        moved = _out_of_page(pages, other)
        _fields(pages, own[:1]).insert(own[1], moved)
    elif same == len(own):
        if len(other) > same:
            inner = _fields(pages, other[:same]).pop(other[same])
            _fields(pages, own[:-1]).insert(own[-1], inner)
    else:
        fields = _fields(pages, own[:same])
        fields.insert(own[same], fields.pop(other[same]))


def _in_front_of_page(pages: list[dict[str, Json]], number: int, other: Path, title: str) -> None:
    moved = _out_of_page(pages, other)
    if number and "visible" not in pages[number - 1]:
        pages[number - 1]["fields"].append(moved)
        return
    taken = {page["key"] for page in pages}
    key = next(f"page_{n}" for n in range(1, 400) if f"page_{n}" not in taken)
    pages.insert(number, {"key": key, "title": title, "fields": [moved]})


def _out_of_page(pages: list[dict[str, Json]], place: Path) -> dict[str, Json]:
    """Take an item of the first level out of its page; the page's condition goes with it."""
    page = pages[place[0]]
    moved: dict[str, Json] = page["fields"].pop(place[1])
    own = {item["key"] for item, _ in _inside([moved], ())}
    if "visible" in page and not own & variables(page["visible"]):
        shown = logic.both([page["visible"], *([moved["visible"]] if "visible" in moved else [])])
        moved["visible"] = shown
    return moved


def _fields(pages: list[dict[str, Json]], path: Path) -> list[Json]:
    found: list[Json] = pages[path[0]]["fields"]
    for step in path[1:]:
        found = found[step]["fields"]
    return found


def _later(pages: list[dict[str, Json]], drop: Drop) -> None:
    """Take away demands that name a later page; they could only be judged too late."""
    page_of = {item["key"]: path[0] for item, path in walk(pages)}
    for item, path in list(walk(pages)):
        for name in ("required", "check"):
            if any(page_of.get(key, 0) > path[0] for key in variables(item.get(name))):
                del item[name]
                drop(item, name)
