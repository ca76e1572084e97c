"""What every field type must tell: its settings, the JSON of its answer, and what it is in a rule.

Knows nothing of Django; the form side of a type lives in `runtime/forms/fields/<type>.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from schemas.definition import Field, Json
from schemas.problems import Problem, error

ValueType = Literal["text", "number", "date", "time", "datetime", "boolean", "choices", "thing"]

TEXT = {"$ref": "urn:rakit:v1:common#/$defs/text"}
OPTIONS = {"$ref": "urn:rakit:v1:form#/$defs/options"}
NOT_BLANK = r"\S"
COUNT = {"type": "integer", "minimum": 0, "maximum": 1000}


class FieldType:
    """One kind of question.

    `settings` are JSON Schema properties of its own settings, `needs` those that must be given.
    `value_type` is what an answer is inside an expression ("thing": only `answered` applies);
    None means the type has no answer at all. `parts` are the members of an answer that is an object
    which rules may name with `attr`, and what they are.
    """

    name: ClassVar[str]
    value_type: ClassVar[ValueType | None] = "text"
    settings: ClassVar[Mapping[str, Json]] = {}
    needs: ClassVar[tuple[str, ...]] = ()
    personal: ClassVar[bool] = False
    parts: ClassVar[Mapping[str, ValueType]] = {}

    def answer_schema(self, field: Field) -> dict[str, Json] | None:
        """Return the JSON Schema of one answer, or None when the type has none."""
        raise NotImplementedError

    def problems(self, field: Field, pointer: str) -> Iterator[Problem]:
        """Yield settings that contradict each other."""
        yield from range_problems(field, pointer, "minimum", "maximum")
        yield from range_problems(field, pointer, "minLength", "maxLength")
        yield from range_problems(field, pointer, "minItems", "maxItems")

    def texts(self, field: Field) -> Iterator[tuple[str, Json, bool]]:
        """Yield the own settings that are words: pointer below the question, words, must they be there."""
        yield from ()

    def verdict(self, field: Field, value: Json) -> str | None:
        """Return the code of the reason to refuse a well-formed answer, or None."""
        return None

    def hint(self, field: Field, value: Json) -> str | None:
        """Return the code of a doubt that must never stop anybody, or None."""
        return None


def range_problems(field: Field, pointer: str, low: str, high: str) -> Iterator[Problem]:
    smallest, largest = field.settings.get(low), field.settings.get(high)
    if isinstance(smallest, int) and isinstance(largest, int) and smallest > largest:
        yield error("fields.range", f"{pointer}/{high}", low=smallest, high=largest, field=field.key)


def said(words: Json, language: str | None) -> str:
    """Return a setting that is words in `language`, else in the first language it has."""
    if not isinstance(words, dict):
        return str(words or "")
    return words.get(language) or next((text for text in words.values() if text), "")


def bounds(field: Field, *names: str) -> dict[str, Json]:
    """Copy the settings `names` that the field has into a schema."""
    return {name: field.settings[name] for name in names if name in field.settings}
