"""One small schema for each thing that JSON Schema can say, with data about its edges."""

from __future__ import annotations

from typing import Any

Json = Any
TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
TREE = {"type": "object", "properties": {"nilai": NUMBER, "anak": {"type": "array", "items": {"$ref": "#"}}}}


def of(**properties: Json) -> dict[str, Json]:
    return {"type": "object", "properties": properties}


def case(test: Json, then: Json, other: Json = True) -> dict[str, Json]:
    return {"if": test, "then": then, "else": other}


SOME: list[Json] = [
    1,
    -1,
    0,
    1.5,
    2.25,
    100,
    "a",
    "ab",
    "abc",
    "x y",
    "2026-01-01",
    True,
    False,
    [1],
    ["a", "a"],
]
PAIRS: list[Json] = [{"a": one} for one in (1, "a", "ab", True)] + [
    *({"a": one, "b": other} for one in ("a", "x", 1) for other in (1, "b", "x")),
    *({"b": 1}, {"c": "x"}, {"a": "a", "b": "b", "c": "c"}, {"x-1": "a"}, {"a": "a", "x-1": 3}),
]
ROWS: list[Json] = [[1], [1, 1], [1, 2], [1, 2, 3], ["a"], ["a", 1], ["a", 1, True], [{"a": "x"}], [[1], [2]]]

SHAPES: dict[str, tuple[Json, list[Json]]] = {
    # one value
    "no type, a length": ({"minLength": 2}, SOME),
    "no type, a bound": ({"exclusiveMaximum": 3}, SOME),
    "no type, a pattern": ({"pattern": "^a*$"}, SOME),
    "no type, a format": ({"format": "date"}, SOME),
    "no type, members": ({"properties": {"a": TEXT}}, [*SOME, *PAIRS]),
    "no type, rows": ({"items": NUMBER}, [*SOME, *ROWS]),
    "a step": ({"type": "number", "multipleOf": 0.75}, [0, 0.75, 1, 1.5, 2.25, -3]),
    "bounds of draft 4": (
        {
            "$schema": "http://json-schema.org/draft-04/schema#",
            "type": "number",
            "maximum": 3,
            "exclusiveMaximum": True,
            "minimum": 1,
            "exclusiveMinimum": False,
        },
        [1, 2, 2.9, 3, 0],
    ),
    "an address of a machine": ({"type": "string", "format": "ipv4"}, ["1.2.3.4", "01.2.3.4", "1.2.3.256"]),
    "formats that nobody checks": (of(a={"type": "string", "format": "idn-hostname"}), [{"a": "-x"}]),
    "values of many kinds": ({"enum": [1, "1", True, 2.5, [1], {"a": 1}]}, [*SOME, "1", 2.5, {"a": 1}]),
    "a value and its limits": ({"type": "string", "enum": ["a", "abc"], "maxLength": 2}, SOME),
    "kinds and null": (of(a={"type": ["string", "integer", "null"]}), PAIRS),
    # members
    "members that must be there": ({**of(a=TEXT, b=NUMBER), "required": ["a"]}, PAIRS),
    "a member at least": ({**of(a=TEXT, b=NUMBER), "minProperties": 1}, [*PAIRS, {}]),
    "a member at least, further down": (
        {
            **of(b=NUMBER, o={**of(p=of(q=TEXT)), "required": ["p"]}),
            "required": ["o"],
            "allOf": [of(o=of(p={"minProperties": 1}))],
        },
        [{"o": {"p": {"q": "a"}}}, {"o": {"p": {}}}, {"b": 1}],
    ),
    "a member at least, when it is demanded": (
        {**of(a=TEXT, o={**of(q=TEXT), "minProperties": 1}), "dependentRequired": {"a": ["o"]}},
        [{"a": "x"}, {"a": "x", "o": {"q": "y"}}, {"o": {"q": "y"}}],
    ),
    "two members at least": ({**of(a=TEXT, b=NUMBER), "minProperties": 2}, PAIRS),
    "two members at least of an object that may be missing": (
        of(o={**of(a=TEXT, b=of(c=TEXT), d=TEXT), "minProperties": 2}, e=TEXT),
        [{}, {"o": {}}, {"o": {"a": "x"}}, {"o": {"a": "x", "b": {"c": "y"}}}, {"e": "x"}],
    ),
    "two members at least, one of them given": (
        {**of(o={**of(a=TEXT, b=TEXT, c=TEXT), "minProperties": 2, "required": ["a"]}), "required": ["o"]},
        [{"o": {"a": "x"}}, {"o": {"a": "x", "b": "y"}}, {"o": {"b": "x", "c": "y"}}],
    ),
    "two members at most": (
        {**of(a=TEXT, b=TEXT, c=TEXT), "maxProperties": 2},
        [{}, {"a": "x", "b": "y"}, {"a": "x", "b": "y", "c": "z"}],
    ),
    "two members under a condition": (
        {**of(a=TEXT, b=TEXT), **case({**of(a={"const": "z"}), "required": ["a"]}, {"minProperties": 2})},
        [{"a": "z"}, {"a": "z", "b": "y"}, {"a": "x"}, {}],
    ),
    "two members, one of which may be null": (
        {**of(a={"type": ["string", "null"]}, b=TEXT), "required": ["a"], "minProperties": 2},
        [{"a": None}, {"a": "x", "b": "y"}],
    ),
    "one of two, of which one is about an object that may be missing": (
        {**of(a=TEXT, o=of(p=TEXT, q=TEXT)), "oneOf": [of(o=TEXT), {"required": ["a"]}]},
        [{}, {"a": "x"}, {"o": {"p": "x"}}, {"a": "x", "o": {"p": "x"}}],
    ),
    "never what an object that may be missing has to have": (
        {**of(a=TEXT, o=of(p=TEXT, q=TEXT)), "not": of(o={"required": ["p"]})},
        [{}, {"a": "x"}, {"o": {"p": "x"}}, {"o": {"q": "x"}}],
    ),
    "a text that is not blank": (
        {**of(a={"type": "string", "pattern": "\\S"}, b={"type": "string", "pattern": "^.*\\S.*$"})},
        [{"a": "x"}, {"a": " "}, {"b": "x y"}, {"b": ""}],
    ),
    "other members": ({**of(a=TEXT), "additionalProperties": NUMBER}, PAIRS),
    "no other members": ({**of(a=TEXT), "additionalProperties": False}, PAIRS),
    "members by pattern": ({**of(a=TEXT), "patternProperties": {"^x-": NUMBER}}, PAIRS),
    "names of members": (
        {"type": "object", "additionalProperties": TEXT, "propertyNames": {"maxLength": 1}},
        PAIRS,
    ),
    "one demands the other": ({**of(a=TEXT, b=NUMBER), "dependentRequired": {"a": ["b"]}}, PAIRS),
    "rows demand a list": (
        {
            **of(a={"type": "array", "items": TEXT}, b={"type": "array", "items": TEXT}),
            "dependentRequired": {"a": ["b"]},
        },
        [{"a": ["x"]}, {"a": ["x"], "b": ["y"]}, {"b": ["y"]}],
    ),
    "one brings the other": (
        {**of(a=TEXT), "dependentSchemas": {"a": {**of(b=NUMBER), "required": ["b"]}}},
        PAIRS,
    ),
    "a list that must be there and must not": (
        {**of(a={"type": "array", "items": TEXT}, b=NUMBER), "required": ["a"], "not": {"required": ["a"]}},
        PAIRS,
    ),
    "nothing else, through references": (
        {"$ref": "#/$defs/d", "unevaluatedProperties": False, "$defs": {"d": of(a=TEXT)}, "type": "object"},
        PAIRS,
    ),
    # rows
    "rows": ({"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}, ROWS),
    "rows once": ({"type": "array", "items": NUMBER, "uniqueItems": True}, ROWS),
    "rows with something": (
        {"type": "array", "items": NUMBER, "contains": {"const": 2}, "minContains": 1},
        ROWS,
    ),
    "places": ({"type": "array", "prefixItems": [TEXT, NUMBER], "items": False}, ROWS),
    "places and more": ({"type": "array", "prefixItems": [TEXT, NUMBER], "items": {"type": "boolean"}}, ROWS),
    "places twice": (
        {
            "type": "array",
            "prefixItems": [TEXT, NUMBER, TEXT],
            "allOf": [{"prefixItems": [TEXT], "items": False}],
        },
        ROWS,
    ),
    "a list in the first place": (
        {"type": "array", "prefixItems": [{"type": "array", "items": NUMBER}, TEXT]},
        [[[1], "a"], [[1]], *ROWS],
    ),
    "choices that exclude each other": (
        of(
            a={
                "type": "array",
                "uniqueItems": True,
                "items": {"enum": ["a"]},
                "allOf": [{"items": {"enum": ["b"]}}],
            }
        ),
        [{"a": ["a"]}, {"a": ["b"]}, {"a": "a"}],
    ),
    # together
    "all of": ({"allOf": [of(a=TEXT), {**of(b=NUMBER), "required": ["b"]}]}, PAIRS),
    "one of kinds": ({"oneOf": [TEXT, NUMBER]}, SOME),
    "any of limits": ({"type": "integer", "anyOf": [{"minimum": 10}, {"maximum": 0}]}, SOME),
    "not": ({"type": "integer", "not": {"minimum": 1}}, SOME),
    "if that always holds": (case(True, {"const": "a"}, {"const": "b"}), ["a", "b", "ab"]),
    "if that never holds": (case(False, {"const": "a"}, {"const": "b"}), ["a", "b", "ab"]),
    "if": (
        {**of(a=TEXT, b=NUMBER), **case(of(a={"const": "a"}) | {"required": ["a"]}, {"required": ["b"]})},
        PAIRS,
    ),
    "if about something unasked": ({**of(a=TEXT), **case({"required": ["q"]}, {"required": ["a"]})}, PAIRS),
    # references
    "a tree": (TREE, [{"nilai": 1}, {"nilai": 1, "anak": [{"nilai": 2}]}]),
    "an address of its own": (
        {
            "$id": "https://contoh.id/a",
            "$ref": "#besar",
            "$defs": {
                "x": {
                    "$id": "https://contoh.id/b",
                    "$defs": {"y": {"$anchor": "besar", "type": "integer", "maximum": 2}},
                },
                "z": {"$anchor": "besar", "type": "integer", "maximum": 10},
            },
        },
        [1, 5, 11],
    ),
    "a reference that changes": (
        {
            "$id": "https://contoh.id/a",
            "$ref": "l",
            "$defs": {
                "isi": {"$dynamicAnchor": "isi", "type": "string"},
                "l": {
                    "$id": "l",
                    "type": "array",
                    "items": {"$dynamicRef": "#isi"},
                    "$defs": {"isi": {"$dynamicAnchor": "isi", "type": "integer"}},
                },
            },
        },
        [["a"], [1]],
    ),
    "beside a reference, draft 7": (
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            **of(a={"$ref": "#/definitions/t", "maxLength": 1}),
            "definitions": {"t": TEXT},
        },
        [{"a": "a"}, {"a": "abc"}],
    ),
    # nothing can be both
    "rows, and a text to choose": (
        {**of(a={"type": "array", "items": TEXT}), "allOf": [of(a={"enum": ["a"]})]},
        [{"a": "a"}, {"a": ["a"]}],
    ),
    "members, and a text to choose": (
        {**of(a=of(b=TEXT)), "oneOf": [of(a={"enum": ["a"]})]},
        [{"a": "a"}, {"a": {"b": "a"}}],
    ),
    "a number, and a text to choose": (
        {**of(a=NUMBER), "allOf": [of(a={"const": "a"})]},
        [{"a": "a"}, {"a": 1}],
    ),
    "more numbers to choose than an answer may have": (
        of(a={"type": "integer", "enum": list(range(1_100))}),
        [{"a": 1}, {"a": 1_099}, {"a": 1_100}, {"a": "a"}],
    ),
    "one of two that are always there": (
        {
            **of(a={"type": ["boolean", "null"]}, b={"type": ["boolean", "null"]}),
            "required": ["a", "b"],
            "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
        },
        [{"a": None, "b": None}, {"a": True, "b": None}, {"a": True}],
    ),
}
