"""Which warnings somebody has put away: each by a mark of the warning, its place and what it speaks about.

A mark changes with what the warning speaks about, so a warning comes back by itself once that is different.
Marks are kept with the draft (`Module.put_away`), never in the document.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from builder import parts as names
from builder import problems
from schemas.problems import Problem

Json = Any
MOST = 2000
LENGTH = 32
PASSING = {"story", "region", "register"}
"""What a warning tells of the world around the document, or of a way through it: another one any day."""


def marks(found: Iterable[Problem], document: Json) -> list[str]:
    """Return the mark of each problem, "" of an error: what stands in the way cannot be put away.

    Keys stand for the words of what they name, since they follow those until they are published. Of warnings
    that are alike in everything the first are meant, so that a copy is looked at for itself.
    """
    known = _Digests(document)
    seen: Counter[str] = Counter()
    made = []
    for one in found:
        mark = known.mark(one) if one.severity == "warning" else ""
        seen[mark] += 1
        made.append(_short([mark, seen[mark]]) if mark and seen[mark] > 1 else mark)
    return made


class _Digests:
    """The digests of the parts of one document; each part is written out once."""

    def __init__(self, document: Json) -> None:
        self.document = document
        self.made: dict[int, str] = {}
        self.keyed: dict[str, list[Json]] = {}
        for thing in _keyed(document):
            self.keyed.setdefault(thing["key"], []).append(thing)

    def mark(self, problem: Problem) -> str:
        parts = [part.replace("~1", "/").replace("~0", "~") for part in problem.pointer.split("/")[1:]]
        passed = list(problems.things(parts, self.document))
        about = passed[-1][2] if passed else names.at(self.document, problem.pointer or "/")
        where = [passed[-1][0] if passed else "", parts[_depth(parts) :]]
        data = {name: value for name, value in problem.data.items() if name not in PASSING}
        told = sorted({*_words(data), *_answers(about)} & set(self.keyed))
        spoken = sorted(self.digest(thing) for key in told for thing in self.keyed[key])
        return _short([problem.code, where, self.named(data), self.digest(about), spoken])

    def digest(self, thing: Json) -> str:
        if id(thing) not in self.made:
            own = {name: _keys(value) for name, value in thing.items()} if isinstance(thing, dict) else thing
            self.made[id(thing)] = _short(self.named(_keys(own)))
        return self.made[id(thing)]

    def named(self, value: Json) -> Json:
        """Return `value` with the words of what its keys name in their place."""
        if isinstance(value, dict):
            return {name: self.named(inner) for name, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.named(inner) for inner in value]
        return self.words(value) if isinstance(value, str) else value

    def words(self, key: str) -> Json:
        """Return the words of what is called `key`; names of rows lead with /, of groups #."""
        things = [self.keyed.get(part, [None])[0] for part in key.lstrip("#").split("/")]
        return [_called(thing) for thing in things] if all(things) else key


def _called(thing: dict[str, Json]) -> Json:
    return thing.get("label") or thing.get("title") or thing.get("subject") or thing["key"]


def _short(value: Json) -> str:
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(written.encode("utf-8", errors="surrogatepass")).hexdigest()[:LENGTH]


def _keys(value: Json) -> Json:
    """Return of pages and groups which questions stand in them, not what those ask; all else as it is."""
    if isinstance(value, list) and all(isinstance(one, dict) and "key" in one for one in value):
        return [one["key"] for one in value]
    return value


def _depth(parts: list[str]) -> int:
    """Return how many parts of an address lead to the innermost thing: those behind say where in it."""
    numbered = [
        at for at, part in enumerate(parts) if part.isdigit() and at and parts[at - 1] in problems.THINGS
    ]
    return numbered[-1] + 1 if numbered else 0


def _walked(value: Json) -> Iterator[Json]:
    """Yield a value and everything in it, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, (list, tuple)):
            waiting.extend(one)


def _keyed(document: Json) -> Iterator[dict[str, Json]]:
    return (one for one in _walked(document) if isinstance(one, dict) and isinstance(one.get("key"), str))


def _words(data: Json) -> Iterator[str]:
    return (one for one in _walked(data) if isinstance(one, str))


def _answers(thing: Json) -> Iterator[str]:
    """Yield the keys of the questions that the rules of a thing name."""
    if not isinstance(thing, dict):
        return
    rules = [value for name, value in thing.items() if name not in {"options", "fields", "rows"}]
    for one in _walked(rules):
        if isinstance(one, dict) and isinstance(one.get("var"), str):
            yield one["var"]
