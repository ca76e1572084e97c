"""Which texts sources give to the functions of translation: Python, templates, catalogues of scripts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

_CALL = re.compile(r"^(_|n?p?gettext(_lazy|_noop)?)$")
_LITERAL = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_IN_TEMPLATES = re.compile(rf"\b(_|n?p?gettext)\({_LITERAL}(?:, {_LITERAL})?")


def of_code(source: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the functions of translation that Python calls, with the texts they are given."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            texts = [part.value for part in node.args if isinstance(part, ast.Constant)]
            if _CALL.match(name) and texts and isinstance(texts[0], str):
                yield name, [str(text) for text in texts]


def of_template(source: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the same of a template: its tags, trimmed and with plurals, and its `_("…")`."""
    for name, *texts in _IN_TEMPLATES.findall(templatize(source)):
        yield name, [ast.literal_eval(text) for text in texts if text]


def key(name: str, texts: list[str]) -> str:
    """Return what a catalogue keeps the text under."""
    return f"{texts[0]}\x04{texts[1]}" if name.lstrip("n").startswith("p") else texts[0]


def keys_of(path: Path) -> set[str]:
    """Return what catalogues keep the texts of a file under."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        found = of_code(source) if "gettext" in source else iter(())
    else:
        found = of_template(source)
    return {kept for kept in (key(*call) for call in found) if kept.strip()}


def keys_of_catalogue(path: Path) -> set[str]:
    """Return what an English catalogue says that scripts show: packages ship those without their sources."""
    entries = (entry for entry in polib.pofile(str(path)) if not entry.obsolete)
    return {f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid for entry in entries}
