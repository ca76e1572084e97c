"""What exactly somebody agreed to or signed: the digest of a question's label and help in all languages."""

from __future__ import annotations

import hashlib
import json

from schemas.definition import Field, Json

LENGTH = 12


def of(field: Field) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 of the question's canonical words."""
    words = {"label": dict(field.label.values), "help": dict(field.help.values)}
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:LENGTH]


def schema(field: Field) -> Json:
    """Return the JSON Schema of the digest: an answer to other words is refused with its own sentence."""
    return {"const": of(field), "x-code": "answers.reworded"}
