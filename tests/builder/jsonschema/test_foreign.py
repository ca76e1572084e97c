"""Files of other programs: taken where they mean the same, else named with what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils.translation import override

from builder import schemaimport, schemareport
from builder.jsonschema import Conversion, pointers
from tests.builder.jsonschema.accounts import missing
from tests.builder.jsonschema.conftest import converted, fields, lost, of

TEXT = {"type": "string"}
OPENAPI = {"openapi": "3.0.3", "paths": {}, "components": {"schemas": {"Izin": of(a=TEXT), "Alamat": of()}}}
IZIN = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Izin"}}}}
ADDRESS, DEFINED = {"$ref": "#/components/schemas/Alamat"}, {"$ref": "#/definitions/Alamat"}
BODY = {"$ref": "#/definitions/Izin"}
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
            (json.dumps(of(a=TEXT)).encode("utf-16")[:-1], "Save it again with this encoding"),
            (b'{"title": "\xe9"}', "Save it again with this encoding"),
        ],
    )
    def test_that_cannot_be_read_say_in_which_line(self, text: str | bytes, where: str) -> None:
        made = read(text)
        assert made.document is None
        assert len(told(made)) == 1
        assert where in told(made)[0]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_in_any_encoding_of_json_are_read(self, encoding: str) -> None:
        assert set(fields(read(json.dumps(of(a=TEXT)).encode(encoding)))) == {"a"}

    @pytest.mark.parametrize(
        ("root", "words"),
        [
            (OPENAPI, "several schemas: Izin, Alamat."),
            (
                {"swagger": "2.0", "definitions": {"Izin": of(a=TEXT), "B": of(b=TEXT)}},
                "several schemas: Izin, B.",
            ),
            ({"openapi": "3.1.0", "components": 3}, "several schemas: …."),
            ({"$defs": {"Izin": of(a=TEXT), "B": of(b=TEXT)}}, "holds several schemas: Izin, B."),
            (FORMIO, "made for Form.io"),
            ({"display": "wizard", "components": [{"type": "panel", "components": []}]}, "made for Form.io"),
            ({"pages": [{"name": "a", "elements": [{"type": "text", "name": "b"}]}]}, "made for SurveyJS"),
            ({"title": "T", "elements": [{"type": "text", "name": "b"}]}, "made for SurveyJS"),
            ({"resourceType": "Questionnaire", "item": [{"linkId": "1"}]}, "made for FHIR"),
            ({"info": {}, "items": [{"itemId": "1", "questionItem": {}}]}, "made for Google Forms"),
            ({"pages": [{"path": "/a", "components": []}]}, "made for XGov Digital Form Builder"),
            ({"type": "survey", "children": [{"type": "text", "name": "a"}]}, "Start from its workbook"),
            ({"fields": [{"title": "a", "type": "email"}]}, "made for Typeform"),
            ({"fields": [{"name": "a", "type": "string"}]}, "made for Frictionless Data"),
            ({"type": "record", "fields": [{"name": "a", "type": "string"}]}, "made for Avro"),
            ({"type": "FeatureCollection", "features": []}, "made for GeoJSON"),
            ({"nama": "Budi", "umur": 3}, "no JSON Schema: it does not say what is asked"),
        ],
    )
    def test_of_other_formats_are_called_by_their_name(self, root: Any, words: str) -> None:
        made = converted(root)
        assert made.document is None
        assert missing(made, root) == []
        assert words in "".join(told(made))
        assert [line.place for line in schemareport.lines(made.entries("refused"))] == ["Seluruh berkas"]

    @pytest.mark.parametrize(
        ("root", "name"),
        [
            ({**OPENAPI, "components": {"schemas": {"Izin": of(a=TEXT)}}}, "Izin"),
            ({"components": {"schemas": {"Izin": of(a=ADDRESS), "Alamat": of(b=TEXT)}}}, "Izin"),
            ({"swagger": "2.0", "definitions": {"Alamat": of(b=TEXT), "Izin": of(a=DEFINED)}}, "Izin"),
            (
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {"Izin": of(a=TEXT)}},
                "Izin",
            ),
            ({**OPENAPI, "paths": {"/izin": {"get": {}, "post": {"requestBody": IZIN}}}}, "Izin"),
            (
                {
                    "swagger": "2.0",
                    "definitions": {"Izin": of(a=TEXT), "Galat": of(c=TEXT)},
                    "paths": {"/izin": {"post": {"parameters": [{"in": "body", "schema": BODY}]}}},
                },
                "Izin",
            ),
        ],
    )
    def test_of_which_one_schema_can_be_the_form_are_taken(self, root: Any, name: str) -> None:
        root = {"info": {"title": "Layanan"}, **root}
        made = converted(root)
        assert made.document is not None
        assert made.document["title"] == "Layanan"
        assert "a" in fields(made) or "a_b" in fields(made)
        assert "c" not in fields(made)
        assert lost(made) == []
        assert missing(made, root) == []
        assert [entry.data for entry in made.entries("taken") if entry.reason == "source.inside"] == [
            {"name": name}
        ]

    def test_that_name_one_schema_of_an_interface_are_taken(self) -> None:
        schema = {**OPENAPI, "$ref": "#/components/schemas/Izin"}
        assert set(fields(converted(schema))) == {"a"}


class TestWrapped:
    """A file of a playground: the schema stands inside it, beside its UI schema."""

    @pytest.mark.parametrize(
        ("schema", "layout"),
        [
            ("schema", "uiSchema"),
            ("jsonSchema", "uiSchema"),
            ("JSON_schema", "ui_schema"),
            ("data-schema", "ui-schema"),
            ("schema", "ui"),
        ],
    )
    def test_is_opened_and_its_layout_taken(self, schema: str, layout: str) -> None:
        told = {"ui:order": ["b", "a"], "a": {"ui:widget": "textarea"}, "b": {"ui:title": "Kota"}}
        root = {schema: of(a=TEXT, b=TEXT), layout: told, "formData": {"a": "x"}}
        made = converted(root)
        assert [(key, one["type"]) for key, one in fields(made).items()] == [("b", "text"), ("a", "longtext")]
        assert fields(made)["b"]["label"] == "Kota"
        assert lost(made) == []
        assert [(one.pointer, one.reason) for one in made.entries("partial")] == [
            ("/formData", "source.beside")
        ]
        for entry in [*made.entries("taken"), *made.entries("partial")]:
            assert pointers.follow(root, entry.pointer) is not pointers.MISSING

    def test_of_json_forms_gives_the_pages(self) -> None:
        control = {"type": "Control", "scope": "#/properties/a"}
        pages = [{"type": "Category", "label": name, "elements": [control]} for name in ("Satu",)]
        made = converted({"schema": of(a=TEXT), "uischema": {"type": "Categorization", "elements": pages}})
        assert made.document is not None
        assert [page["title"] for page in made.document["pages"]] == ["Satu"]
        assert lost(made) == []

    def test_a_layout_in_a_file_of_its_own_counts_more(self) -> None:
        root = {"schema": of(a=TEXT), "uiSchema": {"a": {"ui:title": "Dalam"}}}
        made = converted(root, {"a": {"ui:title": "Luar"}})
        assert fields(made)["a"]["label"] == "Luar"
        assert [(one.source, one.pointer) for one in made.entries("partial")] == [("schema", "/uiSchema")]

    def test_what_it_lacks_is_told_in_its_place(self) -> None:
        with override("id"):
            made = converted({"schema": of(a={"type": "string", "pattern": "(?=a)b"}, b=TEXT)})
            lines = schemareport.lines(made.entries("partial"))
        assert [line.place for line in lines] == ["A"]

    @pytest.mark.parametrize("root", [{"schema": 3}, {"schema": "x", "uiSchema": {}}])
    def test_without_a_schema_inside_is_none(self, root: Any) -> None:
        made = converted(root)
        assert made.document is None
        assert missing(made, root) == []


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


class TestNamesOfAnswers:
    """Names for machines are shown as words; what is kept stays."""

    def test_are_shown_as_words_and_the_report_says_so(self) -> None:
        names = ["full_time", "SELF_EMPLOYED", "self-employed", "notWorking", "StillStudying", "retired"]
        with override("en"):
            made = converted(of(a={"enum": names}))
            (line,) = [
                schemareport.sentence(one) for one in made.entries("taken") if one.pointer.endswith("/enum")
            ]
        options = fields(made)["a"]["options"]
        assert [option["label"] for option in options] == [
            *("Full time", "Self employed", "Self employed", "Not working", "Still studying", "Retired"),
        ]
        assert [option["value"] for option in options] == names
        assert "“Full time” for “full_time”; what is kept is the name" in line

    def test_are_left_where_they_are_codes_units_or_words_already(self) -> None:
        names = [
            "id",
            "kg",
            "km/h",
            "USD",
            "Pegawai negeri",
            "en_US",
            "a1",
            "A_1",
            "LinkedIn",
            "0-5",
            "covid-19",
        ]
        made = converted(of(a={"enum": names}, b={"enum": ["full_time"], "enumNames": ["Purnawaktu"]}))
        assert [option["label"] for option in fields(made)["a"]["options"]] == names
        assert [option["label"] for option in fields(made)["b"]["options"]] == ["Purnawaktu"]
        assert not any(entry.reason == "option.worded" for entry in made.entries("taken"))

    @pytest.mark.parametrize(
        ("word", "names"),
        [
            ("x-enum-descriptions", ["Satu", "Dua"]),
            ("enumDescriptions", ["Satu", "Dua"]),
            ("meta:enum", {"b": "Dua", "a": "Satu"}),
        ],
    )
    def test_of_other_programs_are_taken(self, word: str, names: Any) -> None:
        made = converted(of(a={"enum": ["a", "b"], word: names}))
        assert [option["label"] for option in fields(made)["a"]["options"]] == ["Satu", "Dua"]
        assert list(made.entries("partial")) == []

    def test_are_described_where_they_have_no_title(self) -> None:
        house = {"const": "residential.house", "description": "Rumah"}
        flat = {"const": "residential.flat", "title": "Rusun", "description": "Satuan rumah susun"}
        made = converted(of(a={"oneOf": [house, flat, {"const": "commercial.shop"}]}))
        labels = [option["label"] for option in fields(made)["a"]["options"]]
        assert labels == ["Rumah", "Rusun", "Commercial shop"]
        told = [(entry.pointer, entry.reason) for entry in made.entries("partial")]
        assert told == [("/properties/a/oneOf/1/description", "option.described")]


class TestOldWords:
    def test_that_demand_an_answer_inside_it_are_named(self) -> None:
        made = converted(of(a={**TEXT, "required": True}, b={**TEXT, "required": False}))
        assert lost(made) == [("refused", "/properties/a/required", "required.inside")]

    def test_of_draft_3_are_named_with_what_they_are_called_now(self) -> None:
        made = converted(of(a={"type": "integer", "divisibleBy": 5}))
        assert lost(made) == [("refused", "/properties/a/divisibleBy", "keyword.spelt")]
