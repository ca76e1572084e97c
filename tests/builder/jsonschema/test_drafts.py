"""The version that a file names decides what counts in it."""

from __future__ import annotations

from typing import Any

import pytest

from builder.jsonschema import drafts
from tests.builder.jsonschema.accounts import missing
from tests.builder.jsonschema.conftest import converted, fields, lost, of

DRAFTS = "http://json-schema.org/draft-0{}/schema#"
NEWER = "https://json-schema.org/draft/{}/schema"


def beside(version: str) -> dict[str, Any]:
    schema = of(a={"$ref": "#/definitions/t", "maxLength": 3, "title": "Nama"})
    return {**schema, **({"$schema": version} if version else {}), "definitions": {"t": {"type": "string"}}}


class TestBesideReferences:
    @pytest.mark.parametrize("number", "34567")
    def test_nothing_counts_in_the_drafts(self, number: str) -> None:
        schema = beside(DRAFTS.format(number))
        made = converted(schema)
        assert missing(made, schema) == []
        assert lost(made) == [("refused", "/properties/a/maxLength", "ref.beside")]
        assert fields(made)["a"]["label"] == "Nama"
        assert "maxLength" not in fields(made)["a"]

    @pytest.mark.parametrize("version", ["", NEWER.format("2019-09"), NEWER.format("2020-12"), "x"])
    def test_all_counts_in_newer_versions(self, version: str) -> None:
        made = converted(beside(version))
        assert lost(made) == []
        assert fields(made)["a"]["maxLength"] == 3

    def test_a_name_of_the_schema_does_not_count_either(self) -> None:
        schema = of(a={"$id": "http://x.test/y", "$ref": "#/definitions/t"})
        schema |= {"$schema": DRAFTS.format(7), "definitions": {"t": {"type": "integer"}}}
        assert fields(converted(schema))["a"]["type"] == "integer"

    def test_a_member_that_is_called_ref_is_no_reference(self) -> None:
        made = converted(
            {"$schema": DRAFTS.format(7), **of(**{"$ref": {"type": "string"}, "b": {"enum": ["x"]}})}
        )
        assert lost(made) == []
        assert len(fields(made)) == 2


class TestKeywords:
    @pytest.mark.parametrize(
        ("version", "more", "place"),
        [
            (DRAFTS.format(7), {"dependentRequired": {"a": ["b"]}}, "/dependentRequired"),
            (DRAFTS.format(6), {"if": of(a={"const": "x"}), "then": {"required": ["b"]}}, "/if"),
            (NEWER.format("2020-12"), {"dependencies": {"a": ["b"]}}, "/dependencies"),
        ],
    )
    def test_are_named_where_the_version_has_none_of_them(
        self, version: str, more: dict[str, Any], place: str
    ) -> None:
        schema = of(a={"type": "string"}, b={"type": "string"}) | more
        assert lost(converted(schema)) == []
        schema["$schema"] = version
        assert lost(converted(schema)) == [("partial", place, "keyword.version")]
        assert "required" in fields(converted(schema))["b"]

    def test_are_those_of_the_version_of_a_list_of_fixed_length(self) -> None:
        row = {"type": "array", "items": [{"type": "string"}], "additionalItems": False}
        assert lost(converted({"$schema": DRAFTS.format(4), **of(a=row)})) == []
        assert [told[1] for told in lost(converted({"$schema": NEWER.format("2020-12"), **of(a=row)}))] == [
            "/properties/a/items",
            "/properties/a/additionalItems",
        ]


class TestVersion:
    @pytest.mark.parametrize("written", [None, 3, "http://json-schema.org/schema#", "draft-07", ["draft-07"]])
    def test_is_the_newest_where_none_is_named(self, written: Any) -> None:
        assert drafts.of({"$schema": written}) is None
