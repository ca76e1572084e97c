"""What a person may read of a page: its texts, what is said of its parts, and words for its scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

SAID = frozenset({"aria-label", "aria-description", "alt", "placeholder", "title", "label", "content"})
BUTTONS = frozenset({"submit", "button", "reset"})
UNREAD = frozenset({"style", "code", "pre", "textarea", "kbd", "symbol"})
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
# Words of another language say so, as the names of languages do in the choice of one.
FOREIGN = ("en", "en-gb", "en-us")


class _Reader(HTMLParser):
    """Collects what is read: texts between tags, and values of attributes that are words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unread: list[str] = []
        self._data = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        foreign = given.get("lang", "").lower() in FOREIGN and tag != "html"
        foreign = foreign or given.get("translate") == "no"
        if tag not in VOID and (self._unread or tag in UNREAD or foreign or tag == "script"):
            self._unread.append(tag)
            self._data = given.get("type", "") if tag == "script" else ""
        if not self._unread:
            self.found += self._attributes(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unread:
            while self._unread.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.found.append(data)
        elif self._unread == ["script"] and self._data == "application/json":
            self.found += of_json(json.loads(data))

    def _attributes(self, tag: str, given: dict[str, str]) -> Iterator[str]:
        for name, value in given.items():
            if name in SAID and (tag != "meta" or given.get("name") == "description"):
                yield value
            elif name.startswith("data-"):
                yield from _of_data(value)
        if tag == "input" and given.get("type") in BUTTONS:
            yield given.get("value", "")


def _of_data(value: str) -> Iterator[str]:
    if value[:1] in {"[", "{"}:
        try:
            yield from of_json(json.loads(value))
        except ValueError:
            yield value
    elif value[:1].isupper():
        yield value


def of_json(value: Any) -> Iterator[str]:
    """Yield the words in data for scripts, which begin as words on a screen do; English ones are keyed."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in FOREIGN:
                yield from of_json(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from of_json(inner)
    elif isinstance(value, str) and (value[:1].isupper() or " " in value):
        yield from of_html(value) if "<" in value else [value]


def of_html(source: str) -> list[str]:
    """Return what a person may read of a page or a part of one."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return [text for text in (" ".join(one.split()) for one in reader.found) if text]
