"""Where questions come to stand: pages, groups and order of both UI schemas, and rules that look back."""

from __future__ import annotations

from typing import Any

from builder import keys
from tests.builder.jsonschema.conftest import converted, fields, lost, of

TEXT = {"type": "string"}


def control(name: str, **more: Any) -> dict[str, Any]:
    return {"type": "Control", "scope": f"#/properties/{name}", **more}


def pages(schema: Any, ui: Any = None) -> dict[str, list[str]]:
    """Return the keys of the top level of each page by its title."""
    document = converted(schema, ui).document
    assert document is not None
    return {page["title"]: [item["key"] for item in page["fields"]] for page in document["pages"]}


class TestJsonForms:
    def test_makes_pages_of_categories_also_inside_each_other(self) -> None:
        inner = {
            "type": "Categorization",
            "elements": [{"type": "Category", "label": "Dalam", "elements": [control("b")]}],
        }
        ui = {
            "type": "Categorization",
            "elements": [
                {"type": "Category", "label": "Satu", "elements": [control("a")]},
                {"type": "Category", "label": "Dua", "elements": [inner]},
            ],
        }
        assert pages(of(a=TEXT, b=TEXT), ui) == {"Satu": ["a"], "Dua – Dalam": ["b"]}

    def test_puts_no_more_on_a_page_than_people_answer_there(self) -> None:
        many = {f"q{number}": TEXT for number in range(45)}
        parts = {f"p{number}": TEXT for number in range(21)}
        made = pages(of(**many, bagian=of(**parts), akhir=TEXT))
        assert [len(keys) for keys in made.values()] == [15, 15, 15, 11, 10, 1]
        assert list(made)[2:5] == ["Permohonan Anda (3)", "Bagian", "Bagian (2)"]

    def test_asks_on_a_page_of_its_own_for_what_no_control_shows(self) -> None:
        assert pages(of(a=TEXT, b=TEXT), control("b")) == {"Permohonan Anda": ["b"], "Pertanyaan lain": ["a"]}

    def test_asks_for_members_of_an_object_beside_their_siblings(self) -> None:
        ui = control("alamat/properties/kota")
        assert pages(of(alamat=of(kota=TEXT, jalan=TEXT)), ui) == {
            "Permohonan Anda": ["alamat_kota", "alamat"]
        }

    def test_leaves_a_group_in_a_group_as_words(self) -> None:
        inner = {"type": "Group", "label": "Dalam", "elements": [control("b")]}
        ui = {"type": "Group", "label": "Luar", "elements": [control("a"), inner]}
        found = fields(converted(of(a=TEXT, b=TEXT), ui))
        assert [(item["type"], item["label"]) for item in found.values()] == [
            ("group", "Luar"), ("text", "A"), ("heading", "Dalam"), ("text", "B"),
        ]  # fmt: skip

    def test_lays_out_the_rows_of_a_repeat(self) -> None:
        schema = of(anak={"type": "array", "items": of(nama=TEXT, umur={"type": "integer"})})
        detail = {"type": "VerticalLayout", "elements": [control("umur", label="Usia"), control("nama")]}
        found = fields(converted(schema, control("anak", options={"detail": detail})))
        assert [item["label"] for item in found.values()] == ["Anak", "Usia", "Nama"]


class TestOrder:
    def test_moves_what_a_rule_names_in_front_of_it(self) -> None:
        rule = {"effect": "SHOW", "condition": {"scope": "#/properties/b", "schema": {"const": "x"}}}
        ui = {"type": "VerticalLayout", "elements": [control("a", rule=rule), control("b")]}
        assert pages(of(a=TEXT, b=TEXT), ui) == {"Permohonan Anda": ["b", "a"]}
        assert fields(converted(of(a=TEXT, b=TEXT), ui))["a"]["visible"] == {"==": [{"var": "b"}, "x"]}

    def test_refuses_rules_that_go_in_a_circle(self) -> None:
        def rule(name: str) -> dict[str, Any]:
            return {
                "effect": "SHOW",
                "condition": {"scope": f"#/properties/{name}", "schema": {"const": "x"}},
            }

        ui = {
            "type": "VerticalLayout",
            "elements": [control("a", rule=rule("b")), control("b", rule=rule("a"))],
        }
        made = converted(of(a=TEXT, b=TEXT), ui)
        assert len([reason for _, _, reason in lost(made) if reason == "order.visible"]) == 1

    def test_follows_the_order_of_react_jsonschema_form(self) -> None:
        ui = {
            "ui:order": ["c", "*", "a"],
            "b": {"ui:title": "Be", "ui:help": "Bantuan", "ui:widget": "textarea"},
        }
        made = converted(of(a=TEXT, b=TEXT, c=TEXT), ui)
        assert list(fields(made)) == ["c", "b", "a"]
        asked = fields(made)["b"]
        assert (asked["label"], asked["help"], asked["type"]) == ("Be", "Bantuan", "longtext")
        assert lost(made) == []


class TestKeys:
    def test_resemble_the_words_they_are_made_of(self) -> None:
        assert keys.question_key("namaLengkapAnda") == "nama_lengkap_anda"
        assert keys.question_key("NIK pemohon") == "nik_pemohon"
        assert keys.question_key("1. Nama & alamat") == "q_1_nama_alamat"
        assert keys.question_key("建物") == "q"
        assert keys.option_value("Kab. Poso/Kota") == "kab-posokota"

    def test_stay_within_forty_characters_however_often_they_are_taken(self) -> None:
        taken: set[str] = set()
        for _ in range(120):
            key = keys.free(keys.question_key("a" * 60), taken)
            assert len(key) <= keys.LONGEST
            taken.add(key)
        assert len(taken) == 120
