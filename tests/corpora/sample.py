"""A plain answer for any question, where a form asks for more than its own example gives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from schemas import fieldtypes, validator
from schemas.definition import Field

Json = Any
FIXED = {
    "email": "warga@contoh.id",
    "url": "https://contoh.id",
    "phone": "+6281234567890",
    "date": "2026-09-01",
    "time": "14:05",
    "datetime": "2026-09-01T14:05+07:00",
    "boolean": True,
}
TEXTS = (
    "Contoh",
    "contoh",
    "CONTOH",
    "1",
    "12345",
    "12345-6789",
    "A1A 1A1",
    "a@b.id",
    "1.5",
    "#aabbcc",
    "a-b",
)


def sample(question: Field) -> Json:
    """Return an answer that fits the settings of `question`, or None when none is at hand."""
    settings, options = question.settings, [option.value for option in question.options]
    if question.type == "repeat":
        asked = next(
            (one for one in question.fields if one.visible is None and sample(one) is not None), None
        )
        row = {asked.key: sample(asked)} if asked else {}
        return [dict(row) for _ in range(max(1, settings.get("minItems", 1)))]
    if question.type == "choice":
        return options[0]
    if question.type == "choices":
        return options[: max(1, settings.get("minItems", 1))]
    if question.type in ("integer", "number"):
        least, most = settings.get("minimum"), settings.get("maximum")
        value = max(1, least) if least is not None else 1 if most is None else min(1, most)
        return value if question.type == "integer" else str(Decimal(value))
    if question.type in FIXED:
        return FIXED[question.type]
    return next((text for text in _texts(question) if _fits(question, text)), None)


def _texts(question: Field) -> list[str]:
    least, most = question.settings.get("minLength", 1), question.settings.get("maxLength", 250)
    return [(text * (least // len(text) + 1))[: max(least, min(len(text), most))] for text in TEXTS]


def _fits(question: Field, value: Json) -> bool:
    schema = fieldtypes.get(question.type).answer_schema(question)
    return schema is not None and not any(True for _ in validator.errors(validator.build(schema), value))
