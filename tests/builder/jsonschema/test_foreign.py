"""Files of other programs: taken where they mean the same, else named with what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils.translation import override

from builder import schemaimport, schemareport
from builder.jsonschema import Conversion
from tests.builder.jsonschema.accounts import missing
from tests.builder.jsonschema.conftest import converted, fields, lost, of

TEXT = {"type": "string"}
OPENAPI = {"openapi": "3.0.3", "paths": {}, "components": {"schemas": {"Izin": of(a=TEXT), "Alamat": of()}}}
FORMIO = {"type": "form", "display": "form", "components": [{"type": "textfield", "key": "nama"}]}


def read(text: str | bytes) -> Conversion:
    return schemaimport.conversion(text, None, language="id", title="Impor")


def told(made: Conversion) -> list[str]:
    """Return what is refused, in English."""
    with override("en"):
        return [schemareport.sentence(entry) for entry in made.entries("refused")]


class TestFiles:
    @pytest.mark.parametrize(
        ("text", "where"),
        [
            ('{"type": "object",\n "properties": {"a": {"minimum": NaN}}}', "NaN in line 2"),
            ('{"title": "NaN",\n\n "maximum": 1e999}', "1e999 in line 3"),
            ('{"maximum":\n' + "9" * 5_000 + "}", "9" * 20 + " in line 2"),
            (
                '{"properties": {"a": {"a": 1},\n"b": {},\n"a": {}}}',
                "“a” stands twice in the same place: see line 3",
            ),
            ('{"a": [{"x": 1}, {"x": 2}],\n"\\u0061": 1}', "“a” stands twice in the same place: see line 2"),
            ('{"type":\n "object" "a"}', "see line 2, character 11"),
            (json.dumps(of(a=TEXT)).encode("utf-16"), "Save it again with this encoding"),
            (b'{"title": "\xe9"}', "Save it again with this encoding"),
        ],
    )
    def test_that_cannot_be_read_say_in_which_line(self, text: str | bytes, where: str) -> None:
        made = read(text)
        assert made.document is None
        assert len(told(made)) == 1
        assert where in told(made)[0]

    def test_with_a_mark_of_their_encoding_are_read(self) -> None:
        assert set(fields(read(b"\xef\xbb\xbf" + json.dumps(of(a=TEXT)).encode()))) == {"a"}

    @pytest.mark.parametrize(
        ("root", "words"),
        [
            (OPENAPI, "several schemas: Izin, Alamat."),
            ({"swagger": "2.0", "definitions": {"Izin": of(a=TEXT)}}, "several schemas: Izin."),
            ({"openapi": "3.1.0", "components": 3}, "several schemas: …."),
            (FORMIO, "a form of Form.io"),
            ({"schema": of(a=TEXT), "uiSchema": {}, "formData": {}}, "under “schema”"),
        ],
    )
    def test_of_other_formats_are_called_by_their_name(self, root: Any, words: str) -> None:
        made = converted(root)
        assert made.document is None
        assert missing(made, root) == []
        assert words in "".join(told(made))
        assert [line.place for line in schemareport.lines(made.entries("refused"))] == ["Seluruh berkas"]

    def test_that_name_one_schema_of_an_interface_are_taken(self) -> None:
        schema = {**OPENAPI, "$ref": "#/components/schemas/Izin"}
        assert set(fields(converted(schema))) == {"a"}


class TestOpenApi:
    def test_an_example_is_told_beside_the_question(self) -> None:
        made = converted(of(a={**TEXT, "example": "Budi"}))
        assert lost(made) == []
        assert "Budi" in fields(made)["a"]["help"]

    def test_an_empty_value_and_a_telling_member_are_named(self) -> None:
        one = {**of(jenis=TEXT), "required": ["jenis"]}
        schema = {
            **of(a={**TEXT, "nullable": True}, b={**TEXT, "nullable": False}),
            "oneOf": [one, of(c=TEXT)],
            "discriminator": {"propertyName": "jenis"},
        }
        found = [(pointer, reason) for _, pointer, reason in lost(converted(schema))]
        assert ("/properties/a/nullable", "nullable") in found
        assert ("/discriminator", "discriminator") in found
        assert not any(pointer.startswith("/properties/b") for pointer, _ in found)


class TestAlike:
    @pytest.mark.parametrize(
        "listed",
        [
            {"items": [of(a=TEXT)], "additionalItems": of(a=TEXT)},
            {"prefixItems": [of(a=TEXT), of(a=TEXT)], "items": of(a=TEXT)},
        ],
    )
    def test_places_like_the_rest_of_a_list_are_rows(self, listed: Any) -> None:
        schema = of(v={"type": "array", **listed})
        made = converted(schema)
        assert missing(made, schema) == []
        assert lost(made) == []
        assert fields(made)["v"]["type"] == "repeat"
