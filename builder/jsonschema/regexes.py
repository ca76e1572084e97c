"""ECMAScript patterns of JSON Schema as patterns of ours, of which the whole text has to match."""

from __future__ import annotations

from builder.jsonschema import words
from schemas import fieldtypes
from schemas.definition import NO_TEXT, Field

TYPE = "pattern"


def whole(pattern: str) -> str | None:
    """Return a pattern that matches whole lines exactly where `pattern` finds something, if there is one."""
    made = _wrapped(pattern)
    return made if _allowed(made) else None


def of_whole(pattern: str) -> str | None:
    """Return a pattern of ours for one that describes whole texts anyway, with anchors or without."""
    body = pattern.removeprefix("^")
    body = body[:-1] if _ends(body) else body
    if len(body) < len(pattern) and not _plain(body):
        body = f"(?:{body})" if _plain(f"(?:{body})") and body.count("^") == body.count("$") == 0 else pattern
    return body if _allowed(body) else None


def _allowed(pattern: str) -> bool:
    """Say whether our own kind of question takes the pattern."""
    if not fieldtypes.known(TYPE) or not words.storable(pattern):
        return False
    kind = fieldtypes.get(TYPE)
    if not 0 < len(pattern) <= kind.settings["pattern"]["maxLength"]:
        return False
    question = Field("x", TYPE, NO_TEXT, settings={"pattern": pattern})
    return not any(True for _ in kind.problems(question, ""))


def _wrapped(pattern: str) -> str:
    starts, ends = pattern.startswith("^"), _ends(pattern)
    body = pattern[1:] if starts else pattern
    body = body[:-1] if ends else body
    if _plain(body) and starts and ends:
        return body
    if _plain(body) and (starts or ends):
        return f"{body}.*" if starts else f".*{body}"
    return f".*(?:{pattern}).*"


def _ends(pattern: str) -> bool:
    """Say whether the pattern ends with an anchor, not with an escaped sign."""
    if not pattern.endswith("$"):
        return False
    slashes = len(pattern) - 1 - len(pattern[:-1].rstrip("\\"))
    return slashes % 2 == 0


def _plain(body: str) -> bool:
    """Say whether there is no anchor, and no choice outside brackets."""
    depth, at, inside = 0, 0, False
    while at < len(body):
        mark = body[at]
        if mark == "\\":
            at += 2
            continue
        if inside:
            inside = mark != "]"
        elif mark == "[":
            inside = True
        else:
            depth += {"(": 1, ")": -1}.get(mark, 0)
            if mark in "^$" or (mark == "|" and depth == 0):
                return False
        at += 1
    return True
