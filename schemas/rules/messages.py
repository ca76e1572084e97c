"""Notices: sent by something, to somebody who can be reached, with tokens that mean something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.definition import Module, Text
from schemas.problems import Problem, error, warning
from schemas.rules import places

TOKENS = frozenset({"reference", "service", "status", "link", "note", "number", "office"})
SHORT_TOKENS = TOKENS - {"note"}
"""What officers wrote may hold personal data, so it does not go to a telephone."""
SHORTEST = 306  # characters that a telephone is told: an SMS in two parts
LENGTHS = {"reference": 20, "link": 80, "service": 40, "status": 30, "number": 30, "office": 30}
"""How long what is filled in may be, in characters: an estimate, nothing is lost when it is longer."""
_TOKEN = re.compile(r"\{([^{}\s]{0,40})\}")

_BRACED = re.compile(r"\{([^{}]*)\}")


def problems(module: Module) -> Iterator[Problem]:
    sent = {effect.message for _, effect, _ in places.effects(module)} - {""}
    for at, message in enumerate(module.messages):
        if message.key not in sent:
            yield warning("messages.unused", f"/messages/{at}", name=message.key)
        parts = (
            ("subject", message.subject, TOKENS),
            ("body", message.body, TOKENS),
            ("short", message.short, SHORT_TOKENS),
        )
        for part, text, known in parts:
            for token in sorted(_braced(text) - known):
                yield error("messages.token", f"/messages/{at}/{part}", name=token, known=sorted(known))
        if (count := longest(message.short)) > SHORTEST:
            yield error("messages.long", f"/messages/{at}/short", count=count, limit=SHORTEST)
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


def longest(text: Text) -> int:
    """Return how many characters the text may have in its longest language, filled in and with its link."""

    def filled(words: str) -> int:
        said = _TOKEN.sub(lambda found: "x" * LENGTHS.get(found[1], 0), words)
        return len(said) + (0 if "{link}" in words else 1 + LENGTHS["link"])

    return max((filled(words) for _language, words in text.values), default=0)


def _braced(text: Text) -> set[str]:
    """Return everything that stands in braces: what is no place either would be sent as it is."""
    return {token.strip() for _, words in text.values for token in _BRACED.findall(words)}


def tokens_of(text: Text) -> set[str]:
    """Return the places that a text wants filled in."""
    return {token for _, words in text.values for token in _TOKEN.findall(words)}
