"""The texts of a document as lines to translate, each known by keys, so that moving things moves no text.

A line is stale when the words it was translated from have changed since: the source when the translation
last became what it is, as the service's saved versions tell, unless somebody said that it still fits.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from builder import fills, problems
from builder.panel import editor
from schemas import chips, parse
from schemas.definition import Module
from schemas.rules import places

WHAT = {
    "label": _("Text"),
    "title": _("Title"),
    "public_title": _("Title for applicants"),
    "help": _("Hint"),
    "intro": _("Introduction"),
    "subject": _("Subject"),
    "body": _("Body"),
    "short": _("Short text"),
    "summary": _("Summary"),
    "legal_basis": _("Legal basis"),
    "notice": _("Notice about data"),
}
Json = Any
State = Literal["missing", "stale", "done"]
Fits = Mapping[str, str]  # path of a line → the source that its translation was said to fit, as `seal`


@dataclass(frozen=True, slots=True)
class Line:
    """One text. `path` names its place by keys, `where` in words; `lost` are chips only the source has.

    `spoken` are both sides as people read them, where what they write can be told from it.
    """

    path: str
    pointer: str
    where: str
    source: str
    target: str
    state: State
    lost: tuple[str, ...] = ()
    spoken: tuple[str, str] = ("", "")

    @property
    def seal(self) -> str:
        """What tells whether either side has changed."""
        return seal(self.source, self.target)


def seal(*words: str) -> str:
    return sha256("\0".join(words).encode()).hexdigest()[:16]


def lines(
    document: Json, language: str, *, earlier: Iterable[Json] = (), fits: Fits | None = None
) -> list[Line]:
    """Return every text that has words in the first language; none of a document that cannot be understood.

    `earlier` are the versions before this one, the newest first.
    """
    module = parse.understood(document)
    if module is None:
        return []
    first, past, fits = module.languages[0], list(earlier), fits or {}
    found, titles = [], _titles(document)
    for pointer, source, target in _texts(module, first, language):
        path = path_of(document, pointer)
        state: State = "done" if target else "missing"
        if target and fits.get(path) != seal(source, target):
            then = _source_then(past, path, first, language, target)
            state = "done" if then in (None, source) else "stale"
        section, where = _section(document, path), _where(pointer, document)
        lost = tuple(fills.spoken(one, section, titles) for one in _lost(source, target))
        sides = _spoken(source, section, titles), _spoken(target, section, titles)
        found.append(Line(path, pointer, where, source, target, state, lost, sides))
    return found


def _spoken(text: str, section: str, titles: Mapping[str, str]) -> str:
    """Return a text as people read it, as it is where it could not be written back."""
    said = fills.spoken(text, section, titles)
    return said if fills.written(said, section, titles) == text else text


def written(document: Json, path: str, text: str) -> str:
    """Return what people have written for the text at `path` (of a line) as the document writes it."""
    return fills.written(text, _section(document, path), _titles(document)) if "{" in text else text


def _section(document: Json, path: str) -> str:
    return fills.section(path, _at(document, path.rpartition("/")[0]))


def _titles(document: Json) -> dict[str, str]:
    """Return the words of the questions by key: whatever else has a key is filled in nowhere."""
    return problems.titles_in({"pages": document["pages"]}) if document.get("pages") else {}


def _where(pointer: str, document: Json) -> str:
    """Return the place in words: the thing, else the tab it is on, and which of its texts this is."""
    place = problems.place(pointer, document)
    what = WHAT.get(pointer.rpartition("/")[2], "")
    return " › ".join(
        str(words) for words in (place["where"] or dict(editor.TABS)[place["tab"]], what) if words
    )


def filled(document: Json, language: str, texts: Mapping[str, str]) -> Json:
    """Return the document with these translations by the pointer of their text; "" takes one away."""
    made = copy.deepcopy(document)
    for pointer, words in texts.items():
        holder, name = _holder(made, pointer)
        value = holder[name]
        spoken = value if isinstance(value, dict) else {made["languages"][0]: value}
        holder[name] = {code: text for code, text in {**spoken, language: words}.items() if text}
    return made


def path_of(document: Json, pointer: str) -> str:
    """Return the place of a text by the keys of what it stands in; by numbers where things have no keys."""
    steps, value = [], document
    for part in _parts(pointer):
        if isinstance(value, list):
            value = value[int(part)]
            steps.append(_key(value) or part)
        else:
            value = value.get(part)
            steps.append(part)
    return "/".join(steps)


def _texts(module: Module, first: str, language: str) -> Iterator[tuple[str, str, str]]:
    for pointer, text, _needed in places.texts(module):
        words = dict(text.values)
        if words.get(first):
            yield pointer, words[first], words.get(language, "")


def _source_then(past: Iterable[Json], path: str, first: str, language: str, target: str) -> str | None:
    """Return the source when the translation became `target`, as far back as the versions go."""
    then = None
    for document in past:
        value = _at(document, path)
        words = value if isinstance(value, dict) else {}
        if words.get(language) != target:
            break
        then = words.get(first)
    return then


def _at(document: Json, path: str) -> Json:
    value = document
    for step in path.split("/"):
        if isinstance(value, list):
            number = int(step) if step.isascii() and step.isdigit() else -1
            named = (one for one in value if _key(one) == step)
            value = next(named, value[number] if 0 <= number < len(value) else None)
        elif isinstance(value, dict):
            value = value.get(step)
        else:
            return None
    return value


def _key(thing: Json) -> str:
    found = (thing.get("key") or thing.get("value")) if isinstance(thing, dict) else None
    return found if isinstance(found, str) and "/" not in found else ""


def _holder(document: Json, pointer: str) -> tuple[Any, Any]:
    *parts, last = _parts(pointer)
    value = document
    for part in parts:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value, int(last) if isinstance(value, list) else last


def _parts(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def _lost(source: str, target: str) -> tuple[str, ...]:
    if not target:
        return ()
    there = {one.name for one in chips.chips(target)}
    return tuple(dict.fromkeys(f"{{{one.name}}}" for one in chips.chips(source) if one.name not in there))
