"""Words: present where people need them, and in every language the module promises."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import chips
from schemas.definition import Module, Text
from schemas.problems import Problem, error, warning
from schemas.rules import places


def problems(module: Module) -> Iterator[Problem]:
    for pointer, text, needed in places.texts(module):
        if not text:
            if needed:
                yield error("texts.empty", pointer)
            continue
        spoken = [code for code, _ in text.values]
        missing = [code for code in module.languages if code not in spoken]
        if missing:
            yield warning("texts.missing", pointer, languages=missing)
        extra = [code for code in spoken if code not in module.languages]
        if extra:
            yield warning("texts.extra", pointer, languages=extra)
    for pointer, text in places.chipped(module):
        yield from _lost(pointer, text)


def _lost(pointer: str, text: Text) -> Iterator[Problem]:
    """Yield a warning where a translation fills in other answers than the first language."""
    (_first, words), *others = text.values
    wanted = {chip.name for chip in chips.chips(words)}
    differ = {code: wanted ^ {chip.name for chip in chips.chips(words)} for code, words in others}
    for code, names in differ.items():
        if names:
            yield warning("chips.lost", pointer, languages=[code], name=sorted(names))
