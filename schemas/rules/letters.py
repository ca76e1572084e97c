"""Letters: what their texts fill in is there and may be printed; they are sent, numbered and signed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas import chips
from schemas.definition import Details, Each, Letter, Module, Table, with_rows
from schemas.problems import Problem, error, warning
from schemas.rules import letterparts, places

_BROKEN_OFF = re.compile(r"""(?<![.…])(…|\.{3})[\s.:;,)\]”’"']*$""")

_FORMER = frozenset(("write the text of the letter here", "tulis isi surat di sini"))
"""What the editor's blank letter began with before it ended so: drafts of then still hold it."""


def references(module: Module) -> Iterator[Problem]:
    """Yield what letters name and there is not."""
    known = {letter.key for letter in module.letters}
    for pointer, effect, _action in places.effects(module):
        if effect.type == "letter" and effect.letter not in known:
            yield error("references.letter", f"{pointer}/letter", name=effect.letter)
    for at, letter in enumerate(module.letters):
        yield from _letter(module, letter, f"/letters/{at}")
    for pointer, block, rows in letterparts.blocks(module):
        if isinstance(block, Each | Table):
            yield from _rows(module, block.of, rows, f"{pointer}/{_named(block)}")
        if isinstance(block, Details):
            for at, line in enumerate(block.lines):
                if line.question:
                    yield from _question(module, line.question, rows, f"{pointer}/details/{at}/question")
    for pointer, text, rows in letterparts.filled(module):
        if stray := next(filter(None, (chips.stray(words) for _language, words in text.values)), ""):
            yield error("letters.braces", pointer, name=stray)
        for chip in dict.fromkeys(chip for _language, words in text.values for chip in chips.chips(words)):
            yield from _chip(module, chip, rows, pointer)


def problems(module: Module) -> Iterator[Problem]:
    """Yield letters that nothing issues, those that bear no number, and texts that nobody has finished."""
    issued = {effect.letter for _pointer, effect, _action in places.effects(module)}
    numbered = any(change.type == "number" for action in module.workflow.actions for change in action.changes)
    for at, letter in enumerate(module.letters):
        if letter.key not in issued:
            yield warning("letters.unused", f"/letters/{at}", name=letter.key)
        elif not letter.register and not numbered:
            yield warning("letters.no_number", f"/letters/{at}", name=letter.key)
    for pointer, text, _rows_around in letterparts.filled(module):
        if any(_unfinished(words) for _language, words in text.values):
            yield warning("letters.unfinished", pointer)
    yield from _without(module)
    for pointer, letter in letterparts.naming(module, chips.REASON):
        yield from _unreasoned(module, letter, pointer)


def _without(module: Module) -> Iterator[Problem]:
    """Yield the clocks that grant as an officer would, but issue no letter where the officer's step does."""
    actions = module.workflow.actions
    granted = {status.key for status in module.workflow.statuses if status.outcome == "granted"}
    for at, action in enumerate(actions):
        if not (action.who.kind == "system" and action.by_clock and action.to in granted):
            continue
        own = {effect.letter for effect in action.effects}
        officers = (one for one in actions if one.who.kind == "role" and one.to == action.to)
        issued = dict.fromkeys(effect.letter for one in officers for effect in one.effects if effect.letter)
        for letter in issued:
            if letter not in own:
                yield warning("letters.by_clock", f"/workflow/actions/{at}", name=letter, field=action.key)


def _unfinished(words: str) -> bool:
    """Say whether a text breaks off with dots, or is still what the editor put there to be replaced."""
    return bool(_BROKEN_OFF.search(words)) or words.strip(" .\n").casefold() in _FORMER


def _unreasoned(module: Module, letter: Letter, pointer: str) -> Iterator[Problem]:
    """Yield that a text prints the reason for the decision, though there may be none with a step."""
    steps = [action for _place, effect, action in places.effects(module) if effect.letter == letter.key]
    asked = [action and ("required" if action.ask.corrections else action.ask.comment) for action in steps]
    if any(one in (None, "none") for one in asked):
        yield warning("letters.no_reason", pointer, name=letter.key)
    for action, demand in zip(steps, asked, strict=True):
        if action and demand == "optional":
            yield warning("letters.reason_optional", pointer, name=action.key)


def _letter(module: Module, letter: Letter, pointer: str) -> Iterator[Problem]:
    if letter.register and letter.register not in {register.key for register in module.workflow.registers}:
        yield error("references.register", f"{pointer}/register", name=letter.register)
    if letter.signer:
        action = module.workflow.action(letter.signer.action)
        if action is None:
            yield error("references.action", f"{pointer}/signer/action", name=letter.signer.action)
        elif action.who.kind != "role":
            yield error("letters.signer", f"{pointer}/signer/action", name=action.key)


def _chip(module: Module, chip: chips.Chip, rows: tuple[str, ...], pointer: str) -> Iterator[Problem]:
    for name in chip.filters:
        if name not in chips.FILTERS:
            yield error("letters.filter", pointer, name=name, known=sorted(chips.FILTERS))
    if "." in chip.name:
        if chip.name not in chips.FACTS:
            yield error("letters.fact", pointer, name=chip.name, known=sorted(chips.FACTS))
        return
    yield from _question(module, chip.name, rows, pointer)


def _question(module: Module, key: str, rows: tuple[str, ...], pointer: str) -> Iterator[Problem]:
    question = module.find(key, rows)
    if question is None:
        yield error("references.field", pointer, name=key)
    elif any(inner.privacy == "never_export" for inner in with_rows(question)):
        yield error("letters.never_export", pointer, name=key)
    elif question.type == "repeat":
        yield error("letters.repeat", pointer, name=key)


def _rows(module: Module, key: str, rows: tuple[str, ...], pointer: str) -> Iterator[Problem]:
    question = module.find(key, rows)
    if question is None:
        yield error("references.field", pointer, name=key)
    elif question.type != "repeat":
        yield error("references.kind", pointer, name=key, wanted="repeat", found=question.type)


def _named(block: Each | Table) -> str:
    return "each" if isinstance(block, Each) else "table"
