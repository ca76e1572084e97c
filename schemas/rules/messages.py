"""Notices: sent by something, to somebody who can be reached, with tokens that mean something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.definition import Module, Text
from schemas.problems import Problem, error, warning
from schemas.rules import places

TOKENS = frozenset({"reference", "service", "status", "link", "note", "number", "office"})
_TOKEN = re.compile(r"\{([^{}\s]{0,40})\}")


def problems(module: Module) -> Iterator[Problem]:
    sent = {effect.message for _, effect, _ in places.effects(module)} - {""}
    for at, message in enumerate(module.messages):
        if message.key not in sent:
            yield warning("messages.unused", f"/messages/{at}", name=message.key)
        for part, text in (("subject", message.subject), ("body", message.body)):
            for token in sorted(tokens_of(text) - TOKENS):
                yield error("messages.token", f"/messages/{at}/{part}", name=token, known=sorted(TOKENS))
    yield from _effects(module)


def _effects(module: Module) -> Iterator[Problem]:
    for pointer, effect, action in places.effects(module):
        message = module.message(effect.message)
        if effect.to.kind == "applicant":
            if effect.type == "mail" and not module.applicant.email:
                yield warning("messages.no_contact", f"{pointer}/to", name=effect.message)
            if effect.type == "message" and not module.applicant.phone:
                yield warning("messages.no_phone", f"{pointer}/to", name=effect.message)
        if effect.type != "mail" or message is None:
            continue
        wants_note = "note" in tokens_of(message.subject) | tokens_of(message.body)
        if wants_note and (action is None or action.ask.comment != "required"):
            yield warning("messages.no_note", f"{pointer}/mail", name=effect.message)


def tokens_of(text: Text) -> set[str]:
    """Return the places that a text wants filled in."""
    return {token for _, words in text.values for token in _TOKEN.findall(words)}
