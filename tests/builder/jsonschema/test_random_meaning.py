"""Where a random schema is taken whole, form and schema agree on random data.

Three things are not a difference: an object that the form leaves as it may be (`needed` comes back empty),
data that the schema lets through because it says nothing about it, and a null that is more than no answer.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

from builder.jsonschema.answers import to_answers, to_data
from runtime.forms.journey import journey
from schemas import parse
from tests.builder.jsonschema.accounts import missing
from tests.builder.jsonschema.conftest import converted, fields, lost, of
from tests.builder.jsonschema.making import Maker

TODAY = date(2026, 9, 7)
DATA_EACH = 20


def judged(schema: Any, made: Any, instances: list[Any]) -> int:
    """Assert that form and schema agree on each instance; return how many the form takes."""
    module = parse.check_value(made.document).module
    assert module is not None, schema
    validator = validator_for(schema, default=Draft202012Validator)(schema)
    right_ones = 0
    for data in instances:
        taken = to_answers(made.document, data)
        way = journey(module, taken.answers, today=TODAY)
        right = not taken.left and way.complete and way.answers == taken.answers
        back: Any = to_data(made.document, taken.answers) if right else None
        valid = validator.is_valid(data)
        fair = right == valid or bool(taken.left) or (right and validator.is_valid(back))
        fair = fair or (not right and "null" in json.dumps(data))  # where null is more than nothing
        assert fair, (json.dumps(schema), data, taken)
        right_ones += right
    return right_ones


class TestWhole:
    @pytest.mark.parametrize("seed", range(6))
    def test_takes_and_refuses_what_the_schema_does(self, seed: int) -> None:
        maker, whole, right_ones = Maker(seed), 0, 0
        for _ in range(60):
            schema = maker.object(1)
            made = converted(schema)
            assert missing(made, schema) == []
            if made.document is not None and not lost(made):
                whole += 1
                right_ones += judged(schema, made, [maker.data(schema) for _ in range(DATA_EACH)])
        assert whole > 15
        assert right_ones > 60

    @pytest.mark.parametrize("seed", [1, 3, 7])
    def test_reads_alternatives_told_apart_by_one_member_together(self, seed: int) -> None:
        maker, whole, right_ones = Maker(seed), 0, 0
        for _ in range(150):
            schema = maker.told_apart()
            made = converted(schema)
            assert missing(made, schema) == []
            if made.document is not None and not lost(made):
                whole += 1
                right_ones += judged(schema, made, [maker.told_data(schema) for _ in range(40)])
        assert whole > 5
        assert right_ones > 10


class TestPartial:
    @pytest.mark.parametrize(
        ("schema", "pointer", "reason"),
        [
            (of(v={"anyOf": [{"type": "number"}, {}]}), "/properties/v/anyOf", "alternatives.any"),
            (
                of(v={"oneOf": [{"type": "integer"}, {"minimum": 2}]}),
                "/properties/v/oneOf",
                "alternatives.overlap",
            ),
            (
                {
                    "oneOf": [
                        {"properties": {"a": {"type": "string"}}, "required": ["a"]},
                        {"properties": {"b": {"type": "string"}}},
                    ]
                },
                "/oneOf",
                "alternatives.overlap",
            ),
            (
                {"anyOf": [of(k={"const": "a"}, a={"type": "string"}), of(k={"const": "b"})]},
                "/anyOf",
                "alternatives.told",
            ),
            (
                {"oneOf": [of(k={"const": "a"}), of(k={"const": "b"}) | {"required": ["k"]}]},
                "/oneOf",
                "alternatives.told",
            ),
            (
                of(o=of(a={"type": "string"}), k={"type": "string"})
                | {"dependentSchemas": {"k": of(o={"type": "boolean"})}},
                "/dependentSchemas/k/properties/o/type",
                "condition.keyword",
            ),
            (
                {
                    "allOf": [
                        {"properties": {"a": {"type": "string"}}, "additionalProperties": False},
                        {"properties": {"b": {"type": "string"}}},
                    ]
                },
                "/allOf/0/additionalProperties",
                "closed.beside",
            ),
            (
                of(k={"type": "string"}, j={"type": "string"})
                | {
                    "dependentSchemas": {
                        "k": of(z={"type": "integer"}),
                        "j": of(z={"type": "integer", "minimum": 5}),
                    }
                },
                "/dependentSchemas/j/properties/z",
                "asked.twice",
            ),
            (
                of(k={"type": "boolean"})
                | {"required": ["z"], "if": of(k={"const": True}), "then": of(z={"type": "integer"})},
                "/required",
                "required.unasked",
            ),
        ],
    )
    def test_says_where_the_form_takes_more_or_less(
        self, schema: dict[str, Any], pointer: str, reason: str
    ) -> None:
        assert (pointer, reason) in [told[1:] for told in lost(converted(schema))]

    @pytest.mark.parametrize(
        "branches",
        [
            [{"type": "string"}, {"type": "integer"}],
            [of(a={"type": "string"}) | {"required": ["a"]}, of(b={"type": "string"}) | {"required": ["b"]}],
        ],
    )
    def test_says_nothing_of_alternatives_that_never_meet(self, branches: list[Any]) -> None:
        assert lost(converted(of(v={"oneOf": branches}))) == []

    def test_asks_for_an_object_that_only_conditions_describe(self) -> None:
        one, other = (of(a=of(**{name: {"type": "string"}})) for name in "xy")
        made = converted(
            of(k={"type": "boolean"}) | {"if": of(k={"const": True}), "then": one, "else": other}
        )
        assert {"k", "a_x", "a_y"} <= set(fields(made))

    def test_hears_no_alternative_beside_one_that_takes_anything(self) -> None:
        schema = of(v={"type": "string", "anyOf": [{"pattern": "^a$"}, {"description": "else"}]})
        made = converted(schema)
        assert lost(made) == []
        assert missing(made, schema) == []
        assert "pattern" not in fields(made)["v"]
