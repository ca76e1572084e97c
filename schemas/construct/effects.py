"""Builds the effects of filing and of actions; what they name is checked by `schemas.rules`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from schemas.construct import parts
from schemas.construct.words import Raw, Reader
from schemas.definition import EffectRule
from schemas.expressions import Expression, Scope


def build(raw: Sequence[Raw], pointer: str, reader: Reader, scope: Scope) -> tuple[EffectRule, ...]:
    """Return the effects of one list; the answers of a new case may name every question of `scope`."""
    return tuple(_effect(effect, f"{pointer}/{at}", reader, scope) for at, effect in enumerate(raw))


def _effect(raw: Raw, pointer: str, reader: Reader, scope: Scope) -> EffectRule:
    if "case" in raw:
        rule = _case(raw, pointer, reader, scope)
    else:
        rule = next(make(raw) for name, make in _BUILDERS.items() if name in raw)
    return replace(rule, after=parts.duration(raw.get("after")), while_=tuple(raw.get("while", ())))


def _case(raw: Raw, pointer: str, reader: Reader, scope: Scope) -> EffectRule:
    answers = dict(_answers(raw.get("answers", {}), f"{pointer}/answers", reader, scope))
    return EffectRule("case", module=raw["case"], answers=answers, outcomes=dict(raw.get("outcomes", {})))


def _answers(raw: Raw, pointer: str, reader: Reader, scope: Scope) -> Iterator[tuple[str, Expression]]:
    for name, said in raw.items():
        expression = reader.expression(said, f"{pointer}/{name}", scope, wants=None)
        if expression is not None:
            yield name, expression


_BUILDERS: dict[str, Callable[[Raw], EffectRule]] = {
    "message": lambda raw: EffectRule("message", raw["message"], parts.who(raw["to"]), via=raw["via"]),
    "webhook": lambda raw: EffectRule("webhook", connection=raw["webhook"], data=tuple(raw.get("data", ()))),
    "letter": lambda raw: EffectRule("letter", letter=raw["letter"]),
    "anonymise": lambda raw: EffectRule("anonymise"),
    "mail": lambda raw: EffectRule("mail", raw["mail"], parts.who(raw["to"])),
}
