"""Whether answers name areas that there are. Which codes there are, only the list of areas knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from runtime.areas import selectors as areas
from schemas import fieldtypes
from schemas.definition import Module
from schemas.walk import Path, answered


def unknown(module: Module, answers: Mapping[str, Any]) -> tuple[Path, ...]:
    """Return where an answer, in rows too, names no area of any edition; nothing where no list is loaded."""
    named = tuple(_named(module, answers))
    if not named or areas.current() is None:
        return ()
    return tuple(path for path, code in named if not areas.was(code))


def _named(module: Module, answers: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    value: Any
    for path, question, value in answered([each for _page, each in module.fields()], answers):
        part = fieldtypes.get(question.type).area_of
        if part == "":
            yield path, value
        elif part and part in value:
            yield (*path, part), value[part]
