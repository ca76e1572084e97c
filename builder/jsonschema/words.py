"""Words for people out of names for machines, and the few texts that an import adds by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

LONGEST_TEXT = 5_000
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FOR_MACHINES = re.compile(
    r"[a-z]{2,}(?:_[a-z0-9]+)+|[A-Z]{2,}(?:_[A-Z0-9]+)+|[a-z]{2,}(?:-[a-z]{2,})+|[a-z]{2,}(?:[A-Z][a-z]+)+"
    r"|(?:[A-Z][a-z]{2,}){2,}|(?=[a-z]*[aeiou])[a-z]{4,}|yes|no|ya|[a-z]{3,}(?:\.[a-z]{2,})+"
)
"""snake_case, SCREAMING_CASE, kebab-case, camelCase, PascalCase, one small word; no units or codes."""
_GAP = re.compile(r"[\s_\-.:/]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Words:
    """Texts in the language of the import."""

    language: str
    title: str
    kind: str  # "{label}: which kind?"
    page: str
    rest: str
    name: str
    value: str
    examples: str
    text: str
    number: str
    yes_no: str
    listed: str
    parts: str

    def of_type(self) -> dict[str, str]:
        """Return what values of each JSON type are called."""
        return {
            "string": self.text,
            "number": self.number,
            "integer": self.number,
            "boolean": self.yes_no,
            "array": self.listed,
            "object": self.parts,
        }


def humanised(name: str) -> str:
    """Return a label for a name: `firstName` and `first_name` → First name."""
    words = _GAP.sub(" ", _HUMP.sub(" ", visible(name))).strip().split()
    if not words:
        return ""
    first, rest = words[0], [word if word.isupper() and len(word) > 1 else word.lower() for word in words[1:]]
    return " ".join([first[:1].upper() + first[1:], *rest])[:200]


def worded(value: Any) -> str:
    """Return a label for a value; one that is written for machines, such as `full_time`, in words."""
    label = said(value)
    if not (isinstance(value, str) and _FOR_MACHINES.fullmatch(label)):
        return label
    return humanised(label.lower() if "_" in label and label.isupper() else label)


def visible(text: str) -> str:
    """Return text without the marks that a document may not hold."""
    return _UNSEEN.sub("", text)


def storable(value: Any) -> bool:
    """Say whether a JSON value holds only marks that a document may hold."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and visible(one) != one:
            return False
        waiting += [*one, *one.values()] if isinstance(one, dict) else one if isinstance(one, list) else []
    return True


def text(value: Any) -> str:
    """Return a text of the source as it may stand in a document; what is no text is empty."""
    return visible(value).strip()[:LONGEST_TEXT] if isinstance(value, str) else ""


def said(value: Any) -> str:
    """Return any JSON value as a short label."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        titled = next((value[n] for n in ("title", "name", "label") if isinstance(value.get(n), str)), "")
        listed = ", ".join(f"{visible(k)}: {said(v)}" for k, v in list(value.items())[:4])
        return text(titled)[:200] or listed[:200]
    if isinstance(value, list):
        return ", ".join(said(item) for item in value[:10])[:200]
    return text(str(value))[:200]
