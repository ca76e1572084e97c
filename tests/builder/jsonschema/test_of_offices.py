"""What forms in the style of offices and their programs have shown to be lost, wrong or unclear."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.builder.jsonschema.accounts import missing
from tests.builder.jsonschema.conftest import converted, fields, lost, of
from tests.builder.jsonschema.oracle import misread

Json = Any
TEXT = {"type": "string"}
CHOSEN = {"type": "array", "uniqueItems": True, "items": {"enum": ["a", "b", "none"]}}
ROWS = {"type": "array", "items": TEXT}


def party(name: str, **more: Json) -> dict[str, Json]:
    return {"type": "object", "required": ["kind", name], "properties": {"kind": TEXT, name: TEXT, **more}}


def interface(root: dict[str, Json], **schemas: Json) -> dict[str, Json]:
    """Return a description of an interface to which one of its schemas is sent."""
    sent = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Root"}}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "I", "version": "1"},
        "paths": {"/x": {"post": {"requestBody": sent}}},
        "components": {"schemas": {"Root": root, **schemas}},
    }


EITHER = {"oneOf": [{"$ref": "#/components/schemas/Person"}, {"$ref": "#/components/schemas/Company"}]}
MAPPING = {"person": "#/components/schemas/Person", "co": "Company", "firm": "#/components/schemas/Company"}


class TestInterfaces:
    def test_name_what_is_said_beyond_json_schema_inside_their_parts(self) -> None:
        part = of(a={**TEXT, "nullable": True}, b={**TEXT, "maxlength": 3}, c={**TEXT, "xml": {"name": "x"}})
        schema = interface(of(p={"$ref": "#/components/schemas/Part"}), Part=part)
        made = converted(schema)
        at = "/components/schemas/Part/properties"
        told = {(e.pointer, e.reason) for s in ("partial", "refused") for e in made.entries(s)}  # type: ignore[arg-type]  # a tuple of literals
        assert {
            (f"{at}/a/nullable", "nullable"),
            (f"{at}/b/maxlength", "keyword.spelt"),
            (f"{at}/c/xml", "keyword.own"),
        } <= told

    @pytest.mark.parametrize(
        ("mapping", "values"),
        [(MAPPING, ["person", "co", "firm"]), (None, ["Person", "Company"]), ("x", ["Person", "Company"])],
    )
    def test_tell_alternatives_apart_by_their_discriminator(self, mapping: Json, values: list[str]) -> None:
        told = {"propertyName": "kind", **({"mapping": mapping} if mapping else {})}
        schema = interface(
            of(p={**EITHER, "discriminator": told}), Person=party("name"), Company=party("firm", vat=TEXT)
        )
        made = converted(schema)
        found = fields(made)
        assert [option["value"] for option in found["p_kind"]["options"]] == values
        assert found["p_name"]["visible"] == {"==": [{"var": "p_kind"}, values[0]]}
        assert (
            "partial",
            "/components/schemas/Root/properties/p/discriminator",
            "discriminator.taken",
        ) in lost(made)
        assert misread(schema, made, Random(1), []) == []

    @pytest.mark.parametrize("told", [7, {}, {"propertyName": 3}, {"propertyName": "other"}])
    def test_fall_back_where_a_discriminator_tells_nothing(self, told: Json) -> None:
        schema = interface(
            of(p={**EITHER, "discriminator": told}), Person=party("name"), Company=party("firm")
        )
        assert fields(converted(schema))["p_kind"]["options"][0]["value"] == "v1"

    def test_name_the_discriminator_of_swagger(self) -> None:
        made = converted({**party("name"), "discriminator": "kind"})
        assert ("partial", "/discriminator", "discriminator") in lost(made)


class TestAlternatives:
    @pytest.mark.parametrize("never", [False, {"not": {}}, {"not": True}])
    def test_that_take_nothing_are_no_answer_to_choose(self, never: Json) -> None:
        schema = of(a={"anyOf": [{"anyOf": [never, TEXT]}, {"type": "null"}]})
        made = converted(schema)
        assert (list(fields(made)), lost(made), missing(made, schema)) == (["a"], [], [])

    def test_of_one_kind_have_names_of_their_own(self) -> None:
        made = converted(of(a={"oneOf": [{**TEXT, "format": "email"}, {**TEXT, "pattern": "^[0-9]+$"}]}))
        assert [one["label"] for one in fields(made)["a_kind"]["options"]] == ["Teks", "Teks (2)"]


class TestDemands:
    def test_that_the_form_meets_anyway_are_no_loss(self) -> None:
        needs = [{"required": ["a"]}, {"required": ["b"]}]
        made = converted(of(p={**of(a=TEXT, b=TEXT), "anyOf": needs}))
        assert lost(made) == []
        made = converted({**of(a=TEXT), "not": {"required": ["other"]}})
        assert lost(made) == []

    @pytest.mark.parametrize(
        ("shape", "keyword", "data"),
        [
            (CHOSEN, "maxItems", [["none"], ["a", "b"]]),
            (CHOSEN, "minItems", [["a"], ["a", "b"]]),
            (ROWS, "maxItems", [["x"], ["x", "y"]]),
            (ROWS, "minItems", [["x"], ["x", "y"]]),
        ],
    )
    def test_on_how_many_hold_under_a_condition(self, shape: Json, keyword: str, data: list[Json]) -> None:
        limit = {"properties": {"b": {keyword: 1 if keyword == "maxItems" else 2}}}
        when = {"properties": {"a": {"const": "x"}}, "required": ["a"]}
        schema = {**of(a={"enum": ["x", "y"]}, b=shape), "if": when, "then": limit}
        made = converted(schema)
        assert lost(made) == []
        given = [{"a": a, "b": b} for a in ("x", "y") for b in data]
        assert misread(schema, made, Random(keyword), given, rounds=20) == []

    def test_on_what_rows_contain_hold_under_a_condition(self) -> None:
        rows = {"type": "array", "items": of(k={"enum": ["deed", "tax"]})}
        inner = {"properties": {"k": {"const": "deed"}}, "required": ["k"]}
        when = {"properties": {"a": {"const": "x"}}, "required": ["a"]}
        then = {"properties": {"b": {"contains": inner}}}
        schema = {**of(a={"enum": ["x", "y"]}, b=rows), "if": when, "then": then}
        made = converted(schema)
        assert lost(made) == []
        given = [{"a": a, "b": [{"k": k}]} for a in ("x", "y") for k in ("deed", "tax")]
        assert misread(schema, made, Random(1), given, rounds=20) == []

    def test_on_files_are_named_as_what_they_are(self) -> None:
        file = {"type": "string", "format": "data-url"}
        one = converted(of(a={"type": "array", "items": file, "minItems": 1}))
        two = converted(of(a={"type": "array", "items": file, "minItems": 2}))
        assert [reason for *_, reason in lost(one)] == ["file"]
        assert [reason for *_, reason in lost(two)] == ["file", "count.files"]


class TestWords:
    def test_of_yes_and_no_are_named(self) -> None:
        made = converted(of(a={"type": "boolean", "enumNames": ["Always", "Never"]}))
        assert ("/properties/a/enumNames", "boolean.labels") in {
            (entry.pointer, entry.reason) for entry in made.entries("partial")
        }

    @pytest.mark.parametrize(
        ("more", "kind"),
        [
            ({"contentMediaType": "text/html"}, "longtext"),
            ({"contentMediaType": "application/json"}, "longtext"),
            ({"contentMediaType": "text/html", "contentEncoding": "base64"}, "file"),
            ({"contentMediaType": "application/pdf"}, "file"),
        ],
    )
    def test_of_a_media_type_are_written_unless_they_are_encoded(self, more: Json, kind: str) -> None:
        assert fields(converted(of(a={**TEXT, **more})))["a"]["type"] == kind


def test_rows_stand_in_the_order_that_their_ui_schema_names() -> None:
    row = of(a=TEXT, b=TEXT, c=TEXT)
    ui = {"r": {"items": {"ui:order": ["c", "*", "a"]}}}
    made = converted(of(r={"type": "array", "items": row}), ui)
    assert [one["label"] for one in fields(made)["r"]["fields"]] == ["C", "B", "A"]
    assert not list(made.ui.of("partial"))
