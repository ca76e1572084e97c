"""Sources that mean harm, or that nobody meant: named or refused in time, never a traceback."""

from __future__ import annotations

import json
from typing import Any

import pytest

from builder import schemaviews
from builder.jsonschema.answers import to_answers, to_data
from schemas import parse
from tests.bounded import bounded
from tests.builder.jsonschema.accounts import missing
from tests.builder.jsonschema.conftest import converted, fields, lost, of

TEXT = {"type": "string"}
SIXTY = [f"a{n}" for n in range(60)]
TWO = {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}
ODD = {"": TEXT, " ": TEXT, "a/b": TEXT, "~0": TEXT, "🙂": TEXT, "a\u0000b": TEXT, "%": TEXT}
NAMED = ("names of objects of other languages", "odd names", "names that look alike")


def nested(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = TEXT
    for _ in range(levels):
        schema = {"type": "object", "properties": {"a": schema}}
    return schema


def laughs(levels: int, width: int) -> dict[str, Any]:
    defs: dict[str, Any] = {"d0": TEXT}
    for level in range(1, levels):
        members = {f"p{n}": {"$ref": f"#/$defs/d{level - 1}"} for n in range(width)}
        defs[f"d{level}"] = {"type": "object", "properties": members}
    return {"$ref": f"#/$defs/d{levels - 1}", "$defs": defs}


def mutual(count: int) -> dict[str, Any]:
    everybody = [{"$ref": f"#/$defs/d{n}"} for n in range(count)]
    return {
        "$ref": "#/$defs/d0",
        "$defs": {f"d{n}": {"allOf": everybody} for n in range(count)},
    }


SOURCES: dict[str, Any] = {
    "a circle": {"$ref": "#"},
    "a circle of two": {"$ref": "#/$defs/a", "$defs": TWO},
    "a circle through a member": of(child={"$ref": "#"}, name=TEXT),
    "a circle through alternatives": {"anyOf": [{"$ref": "#"}, {"oneOf": [{"$ref": "#"}, TEXT]}]},
    "a circle through a condition": {"if": {"$ref": "#"}, "then": {"$ref": "#"}, **of(a=TEXT)},
    "references that multiply": laughs(9, 10),
    "everybody refers to everybody": mutual(30),
    "sixty levels": nested(29),
    "five thousand members": of(**{f"nama_{n}": TEXT for n in range(5_000)}),
    "five thousand choices": of(a={"enum": [f"pilihan {n}" for n in range(5_000)]}),
    "two thousand alternatives": {"oneOf": [of(**{f"a{n}": TEXT}) for n in range(2_000)]},
    "ninety alternatives": {"oneOf": [of(**{f"a{n}": TEXT, "b": TEXT}) for n in range(90)]},
    "conditions about everything": {
        **of(**{f"a{n}": TEXT for n in range(60)}),
        "allOf": [
            {"if": {"properties": {f"a{n}": {"const": "x"}}}, "then": {"required": SIXTY}}
            for n in range(60)
        ],
    },
    "names of objects of other languages": of(__proto__=TEXT, constructor=of(prototype=TEXT), toString=TEXT),
    "odd names": of(**ODD),
    "names that look alike": of(**{"a b": TEXT, "a_b": TEXT, "aB": TEXT, "A-B": TEXT, "a.b": TEXT}),
    "texts with marks nobody sees": of(
        a={"type": "string", "title": "a\u0000\ud800\uffffb", "default": "\u0000"}
    ),
    "a slow pattern": of(a={"type": "string", "pattern": "^(a+)+$" * 20}),
    "keywords of the wrong kind": {
        "type": {"a": 1}, "properties": [1], "required": "a", "allOf": {}, "items": 3, "enum": {}, "$ref": 7,
        "minLength": "x", "maximum": [], "dependencies": [], "oneOf": "x", "if": 3, "$defs": 4, "$id": 5,
    },
    "booleans everywhere": {
        "properties": {"a": True, "b": False}, "items": False, "not": True, "allOf": [True, False],
        "additionalProperties": False, "if": True, "then": False, "anyOf": [False, True],
    },
    "huge numbers": of(a={"type": "integer", "minimum": -(10**30), "maximum": 10**30, "multipleOf": 10**20}),
    "lists in lists": {"type": "array", "items": {"items": {"items": {"items": TEXT}}}},
    "other files": of(
        a={"$ref": "file:///etc/hosts"}, b={"$ref": "http://[::1]/x#/y"}, c={"$ref": "//["}
    ),
}  # fmt: skip


class TestSources:
    @pytest.mark.parametrize("name", SOURCES)
    def test_is_named_part_by_part_without_end_of_work(self, name: str) -> None:
        with bounded():
            made = converted(SOURCES[name])
        assert missing(made, SOURCES[name]) == []
        if made.document is not None:
            assert parse.check_value(made.document).module is not None

    @pytest.mark.parametrize("value", [None, True, False, 1, "x", [], [{}]])
    def test_is_refused_whole_when_it_is_no_object(self, value: Any) -> None:
        made = converted(value)
        assert made.document is None
        assert [entry.reason for entry in made.entries("refused")] == ["schema.shape"]

    def test_fetches_nothing(self) -> None:
        reasons = {
            entry.pointer: entry.reason for entry in converted(SOURCES["other files"]).entries("refused")
        }
        assert [reasons[f"/properties/{name}/$ref"] for name in "abc"] == ["ref.outside"] * 3

    def test_takes_the_first_of_far_too_many_and_names_each_other(self) -> None:
        made = converted(
            of(**{f"q{number}": {"$ref": "#/$defs/q"} for number in range(9_000)})
            | {"$defs": {"q": {"type": "string"}}}
        )
        assert len(fields(made)) >= 249
        assert len([entry for entry in made.entries("refused") if entry.reason == "questions.many"]) > 8_700

    def test_takes_as_many_members_as_a_form_can_have(self) -> None:
        made = converted(SOURCES["five thousand members"])
        asked = [field for field in fields(made).values() if "x-source" in field]
        refused = {pointer for status, pointer, _ in lost(made) if status == "refused"}
        assert 200 < len(asked) <= 300
        assert len(asked) + len(refused) == 5_000

    @pytest.mark.parametrize("name", NAMED)
    def test_keeps_odd_names_apart_and_gives_them_back(self, name: str) -> None:
        made = converted(SOURCES[name])
        assert made.document is not None
        data = {
            member: {"prototype": "isi"} if "properties" in schema else f"isi {number}"
            for number, (member, schema) in enumerate(SOURCES[name]["properties"].items())
            if "\u0000" not in member
        }
        taken = to_answers(made.document, data)
        assert taken.left == []
        assert to_data(made.document, taken.answers) == data


UNSEEN = ("a\u0000b", "\ud800", "x\udfffy", "\ufffe", "\x1b[31m")


def marked(bad: str) -> dict[str, Any]:
    """Return a schema with marks that nobody can see in every word and value."""
    return {
        "title": bad,
        "description": bad,
        "$id": bad,
        bad: 1,
        **of(
            a={"type": "string", "title": bad, "description": bad, "examples": [bad]},
            b={"enum": [bad, "x"], "enumNames": [bad, bad]},
            c={"oneOf": [{"const": "p", "title": bad}, {"const": bad, "title": bad}]},
            d={"enum": [{"t": bad}, {bad: 1}]},
            e={"type": "array", "uniqueItems": True, "items": {"enum": [bad, "x"]}},
            f={"type": "string", "default": bad, "pattern": bad, "format": bad, bad: 1},
            g={"type": bad},
            h={"$ref": bad},
            i={"type": "string", "contentMediaType": f"a/{bad}"},
            j=of(**{bad: TEXT, "k": TEXT}),
        ),
        "required": [bad],
    }


class TestMarks:
    @pytest.mark.parametrize("bad", UNSEEN)
    def test_are_left_out_of_words_and_named_where_they_stand(self, bad: str) -> None:
        schema = marked(bad)
        made = converted(schema)
        assert missing(made, schema) == []
        assert {*"abcdefi", "j_k"} <= set(fields(made))
        json.dumps(made.document, ensure_ascii=False).encode()
        named = {entry.pointer for entry in made.schema.entries.values() if entry.reason == "text.marks"}
        assert {"/title", "/description", "/properties/a/title", "/properties/b/enumNames"} <= named
        assert made.schema.entries[f"/properties/j/properties/{bad}"].status == "refused"

    @pytest.mark.parametrize("bad", UNSEEN)
    def test_stay_in_the_values_of_answers(self, bad: str) -> None:
        made = converted(marked(bad))
        assert made.document is not None
        for data in ({"b": bad}, {"c": bad}, {"d": {"t": bad}}, {"e": [bad, "x"]}):
            taken = to_answers(made.document, data)
            assert taken.left == []
            assert to_data(made.document, taken.answers) == data

    @pytest.mark.parametrize("bad", UNSEEN)
    def test_are_not_in_the_report(self, bad: str) -> None:
        report = schemaviews.Report(converted(marked(bad)))
        told = [*report.refused, *report.partial, *report.look]
        assert len(told) > 10
        for line in told:
            assert not set(f"{line.place}{line.sentence}") & (set(bad) - set("abxy[31m"))


class TestUi:
    @pytest.mark.parametrize(
        "ui",
        [
            3, "x", [], {"type": 3}, {"type": "VerticalLayout"}, {"type": "Control", "scope": 4},
            {"type": "Group", "elements": 4}, {"type": "Categorization", "elements": [1, {}]},
            {"type": "Control", "scope": "#/properties/a", "rule": {"effect": "SHOW"}},
            {"ui:order": 4, "a": 4, "b": [1], "items": {"ui:title": 3}}, {"a": {"ui:options": {"rows": []}}},
        ],
    )  # fmt: skip
    def test_is_named_part_by_part_whatever_it_is(self, ui: Any) -> None:
        made = converted(of(a=TEXT, b={"type": "array", "items": TEXT}), ui)
        assert missing(made, of(a=TEXT, b={"type": "array", "items": TEXT}), ui) == []
        assert made.document is not None

    def test_stands_sixty_layouts_in_each_other(self) -> None:
        ui: dict[str, Any] = {"type": "Control", "scope": "#/properties/a"}
        for _ in range(28):
            ui = {"type": "Group", "label": "G", "elements": [ui]}
        assert set(fields(converted(of(a=TEXT), ui))) >= {"a"}
