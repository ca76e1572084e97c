"""A problem is a value with an address: what is wrong, where, and how bad it is.

Knows the catalogue of sentences, not the checks that find the problems.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Literal

Severity = Literal["error", "warning"]

LANGUAGES = ("en", "id")
LONGEST_QUOTE = 60
MOST_QUOTED = 30
_TOKEN = re.compile(r"\{([a-z_]+)\}")


def _catalogue() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("schemas").joinpath("sentences.json").read_text(encoding="utf-8")
    sentences: dict[str, dict[str, str]] = json.loads(text)
    return sentences


SENTENCES = _catalogue()


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `pointer` is a JSON Pointer (RFC 6901) into the document or the answers."""

    code: str
    pointer: str = ""
    severity: Severity = "error"
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def blocks(self) -> bool:
        return self.severity == "error"

    def sentence(self, language: str = "en") -> str:
        """Say in plain words what is wrong and what to do, in English or Indonesian."""
        words = SENTENCES[self.code]
        template = words.get(language) or words["en"]
        return _TOKEN.sub(lambda found: quote(spoken(self.data.get(found[1], ""), language)), template)

    def as_json(self, language: str = "en") -> dict[str, Any]:
        """Return the form in which the command line reports a problem."""
        return {
            "code": self.code,
            "pointer": self.pointer,
            "severity": self.severity,
            "sentence": self.sentence(language),
            "data": {name: quote(spoken(value, language)) for name, value in sorted(self.data.items())},
        }


def error(code: str, pointer: str = "", **data: Any) -> Problem:
    return Problem(code, pointer, "error", data)


def warning(code: str, pointer: str = "", **data: Any) -> Problem:
    return Problem(code, pointer, "warning", data)


def any_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.blocks for problem in problems)


def spoken(value: Any, language: str) -> Any:
    """Return what of the data differs by language in that language, all else as it is."""
    if not isinstance(value, Mapping):
        return value
    return value.get(language) or next(iter(value.values()), "")


def quote(value: Any) -> str:
    """Return `value` as short printable text: data from a document is never trusted to be either."""
    if isinstance(value, (list, tuple, set, frozenset)):
        told = [quote(item) for item in list(value)[:MOST_QUOTED]]
        return ", ".join([*told, "…"] if len(value) > MOST_QUOTED else told)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    words = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(value)[:400]
    )
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…"


def pointer(*parts: str | int) -> str:
    """Join `parts` into a JSON Pointer, escaping `~` and `/`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
