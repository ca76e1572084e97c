"""The shortcut past JSON Schema never changes a verdict."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import fieldtypes, shapes, validator
from schemas.definition import Field, Option, Text

OPTIONS = (Option("a", Text((("id", "A"),))), Option("1", Text((("id", "B"),))))
SETTINGS: tuple[dict[str, Any], ...] = (
    {"pattern": "[a-z]+|."},
    {
        "pattern": "[a-z]{2}",
        "minLength": 2,
        "maxLength": 4,
        "minimum": -2,
        "maximum": 5,
        "minItems": 1,
        "maxItems": 1,
    },
)
SCHEMAS = [
    schema
    for kind in fieldtypes.all()
    for settings in SETTINGS
    for required in (True, False)
    if (
        schema := kind.answer_schema(
            Field(
                key="q",
                type=kind.name,
                label=Text((("id", "Q"),)),
                required=required,
                options=OPTIONS,
                settings=settings,
            )
        )
    )
]
LIKELY = st.sampled_from(
    ["a", "1", "b", " ", "x\n", "3671014507880002", "3671014507880002\n", "12.5", "12.5\n", "1990-08-17",
     "1990-02-31", "a@b.id", "a@b", "+6281234567890", "desa-1", 0, 1, 1.0, 2.5, -3, True, False, None, 10**20]
)  # fmt: skip
VALUES = st.recursive(
    LIKELY | st.text(max_size=6) | st.integers() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["lat", "landmark"]), inner),
    max_leaves=4,
)


class TestJudge:
    """`shapes.judge` beside the validator."""

    @given(schema=st.sampled_from(SCHEMAS), value=VALUES)
    def test_gives_the_verdict_of_the_validator(self, schema: dict[str, Any], value: Any) -> None:
        wanted = next(validator.errors(validator.build(schema), value), None) is None
        assert shapes.judge(schema)(value) is wanted

    @given(schema=st.sampled_from(SCHEMAS), value=VALUES)
    def test_never_lets_through_what_the_validator_refuses(self, schema: dict[str, Any], value: Any) -> None:
        if shapes.shortcut(schema)(value):
            assert next(validator.errors(validator.build(schema), value), None) is None

    @pytest.mark.parametrize(
        ("kind", "value"), [("text", "x"), ("integer", 3), ("choices", ["a"]), ("choice", "a")]
    )
    def test_lets_usual_answers_through_without_the_validator(self, kind: str, value: Any) -> None:
        question = Field(key="q", type=kind, label=Text((("id", "Q"),)), options=OPTIONS)
        assert shapes.shortcut(fieldtypes.get(kind).answer_schema(question) or {})(value)
