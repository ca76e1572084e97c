"""What every field type must tell: its settings, the JSON of its answer, and what it is in a rule.

Knows nothing of Django; the form side of a type lives in `runtime/forms/fields/<type>.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, ClassVar, Literal

from schemas.definition import Field, Json
from schemas.problems import Problem, error

ValueType = Literal["text", "number", "date", "time", "datetime", "boolean", "choices", "thing", "rows"]

TEXT = {"$ref": "urn:rakit:v1:common#/$defs/text"}
OPTIONS = {"$ref": "urn:rakit:v1:form#/$defs/options"}
LIST = {
    "options": OPTIONS,
    "dataset": {"$ref": "urn:rakit:v1:common#/$defs/key"},
    "filter": {"$ref": "urn:rakit:v1:form#/$defs/expression"},
}
"""Settings of questions that are answered from a list: its own options, or those of a dataset."""
NOT_BLANK = r"\S"
VALUE = "^[A-Za-z0-9][A-Za-z0-9_.+-]{0,59}$"
_WIDE = Context(prec=100, rounding=ROUND_HALF_UP)
COUNT = {"type": "integer", "minimum": 0, "maximum": 1000}


class FieldType:
    """One kind of question.

    `settings` are JSON Schema properties of its own settings, `needs` those that must be given.
    `value_type` is what an answer is inside an expression ("thing": only `answered` applies);
    None means the type has no answer at all. `parts` are the members of an answer that is an object
    which rules may name with `attr`, and what they are; `pieces` those that are the first so many pieces
    between dots of an answer that is a text, or of its member `piece_of`. `calculable` tells whether a
    formula can give the answer, `asked` whether people give it: what is not asked is set by the server.
    `looked_up` tells whether only data beside the document says which answers there are: offices, areas,
    files; `area_of` is the member of an answer that is the code of an area, "" for the whole answer.
    `worded` tells whether an answer keeps the digest of the words it was given to.
    """

    name: ClassVar[str]
    value_type: ClassVar[ValueType | None] = "text"
    settings: ClassVar[Mapping[str, Json]] = {}
    needs: ClassVar[tuple[str, ...]] = ()
    personal: ClassVar[bool] = False
    parts: ClassVar[Mapping[str, ValueType]] = {}
    pieces: ClassVar[Mapping[str, int]] = {}
    piece_of: ClassVar[str] = ""
    calculable: ClassVar[bool] = True
    asked: ClassVar[bool] = True
    looked_up: ClassVar[bool] = False
    area_of: ClassVar[str | None] = None
    worded: ClassVar[bool] = False

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

    def members(self, item: Mapping[str, Json]) -> Mapping[str, ValueType]:
        """Return the `parts` of the answer to the question that stands as `item` in the document."""
        return self.parts

    def computed(self, field: Field, value: Any) -> Json | None:
        """Return the value of a formula (a Decimal, date, time, text, …) as an answer, None if it is none."""
        if isinstance(value, Decimal):
            return plain(value)
        if isinstance(value, time):
            return value.strftime("%H:%M")
        if isinstance(value, date):
            return value.isoformat()
        return value if isinstance(value, (bool, str)) else list(value) if isinstance(value, tuple) else None

    def verdict(self, field: Field, value: Json) -> str | None:
        """Return the code of the reason to refuse a well-formed answer, or None."""
        return None

    def judges(self, field: Field) -> bool:
        """Say whether `verdict` can refuse an answer to `field` that its schema accepts."""
        return type(self).verdict is not FieldType.verdict

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


def listed(field: Field) -> dict[str, Json]:
    """Return the schema of one answer from a list; what a region's dataset holds is looked up elsewhere."""
    if field.options or not field.dataset:
        return {"enum": [option.value for option in field.options]}
    return {"type": "string", "pattern": VALUE, "maxLength": 60, "x-dataset": field.dataset}


def plain(value: Decimal) -> str:
    """Return the shortest plain text of a decimal: 2.50 → 2.5, 1E+3 → 1000."""
    text = f"{value.normalize():f}"
    return "0" if text in ("-0", "0") else text


def rounded(value: Any, places: int) -> Decimal | None:
    """Return a number rounded half up, as the answers of a question with so many decimals are kept."""
    if not isinstance(value, Decimal):
        return None
    return value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
