"""Whatever is too long, too many or too large is called by its name, with how much is possible."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from builder import parts, problems
from builder.models import Module
from runtime.regions.models import User
from schemas import fieldtypes, parse, structure
from schemas import problems as problem
from tests.builder.conftest import document
from tests.builder.test_views import url

# Lists and texts that clerks never fill: keys of things, and what only other programs write.
KEYS = {
    "answers",
    "autocomplete",
    "dataset",
    "datasets",
    "edition",
    "source",
    "comment",
    "prefill",
    "by",
    "to",
}
LISTS = ("maxItems", "minItems")
TEXT = 5000


def question(**settings: Any) -> dict[str, Any]:
    made = document()
    made["pages"][0]["fields"] = [
        {"key": "a", "type": "choice", "label": {"id": "Jenis", "en": "Kind"}, **settings}
    ]
    return made


def answers(count: int) -> list[dict[str, Any]]:
    return [{"value": f"a{number}", "label": {"id": f"Baris {number}", "en": "x"}} for number in range(count)]


def said(value: dict[str, Any], language: str = "id") -> list[str]:
    with override(language):
        found = parse.check(json.dumps(value)).problems
        return [
            one["sentence"]
            for one in problems.described(found, value)
            if one["code"].startswith("structure.")
        ]


class TestSentences:
    @pytest.mark.django_db
    def test_of_a_service_too_large_to_be_read_say_where_most_of_it_is(
        self, client_on, module: Module, clerk: User
    ):
        value = question(options=answers(11_000))
        client = client_on(module.region, clerk)
        answer = client.post(
            reverse("builder_check", args=[module.pk]), json.dumps(value), content_type="application/json"
        )
        words = "ada di sini: Pilihan jawaban, sebanyak 11000."
        [one] = answer.json()["problems"]
        assert words in one["sentence"]
        assert (one["tab"], one["target"]["key"]) == ("questions", "a")
        refused = client.post(url("edit", module.pk), {"document": json.dumps(value), "note": ""})
        assert words in refused.text

    def test_leave_nothing_to_be_filled_in(self):
        [one] = problems.described((problem.error("json.values", limit=40_000),), None)
        assert one["sentence"].startswith("Dokumen memuat lebih dari 40000 nilai.")

    def test_of_many_answers_say_how_many_and_where_to(self):
        assert said(question(options=answers(1200))) == [
            "Pilihan jawaban: ada 1200, padahal paling banyak 1000. Keluarkan 200 atau lebih, atau unggah di "
            "Daftar pilihan lalu pilih dari sana."
        ]

    def test_of_ten_thousand_answers_lead_to_them(self):
        value = question(options=answers(10_000))
        found = parse.check(json.dumps(value)).problems
        with override("id"):
            (told,) = problems.described(found, value)
        assert "Pilihan jawaban, sebanyak 10000" in told["sentence"]
        assert told["where"].endswith("Pertanyaan 1: Jenis")
        assert told["target"]["key"] == "a"

    def test_of_a_page_say_where_questions_may_go(self):
        made = document()
        field = {"type": "text", "label": {"id": "Nama", "en": "Name"}}
        made["pages"][0]["fields"] = [{**field, "key": f"a{number}"} for number in range(103)]
        (first,) = said(made, "en")
        assert first == (
            "Questions: there are 103 in one place, and at most 100 are possible. "
            "Move 3 or more to another page."
        )

    def test_of_a_text_say_by_how_much_it_is_too_long(self):
        made = document()
        made["pages"][0]["fields"][0]["help"] = {"id": "x" * 5012, "en": "x"}
        assert said(made) == [
            "Petunjuk: 5012 huruf, padahal paling banyak 5000. Pendekkan 12 huruf atau lebih."
        ]

    def test_of_a_text_in_a_list_say_its_line(self):
        made = document()
        made["standard"] = {
            **made.get("standard", {}),
            "requirements": [{"id": "a", "en": "a"}, {"id": "x" * 5001, "en": "b"}],
        }
        assert said(made) == [
            "Persyaratan selain berkas yang diminta, baris 2: 5001 huruf, padahal paling banyak 5000. "
            "Pendekkan 1 huruf atau lebih."
        ]

    @pytest.mark.parametrize(
        ("length", "sentence"),
        [
            (0, "Paling sedikit huruf: 0 terlalu kecil; paling kecil 1."),
            (90_000, "Paling sedikit huruf: 90000 terlalu besar; paling besar 250."),
        ],
    )
    def test_of_a_number_say_on_which_side_it_is(self, length: int, sentence: str):
        made = document()
        made["pages"][0]["fields"][0]["minLength"] = length
        (told,) = said(made)
        assert told.partition(":")[2] == sentence.partition(":")[2]


class TestNames:
    def test_are_there_for_every_list_and_text_of_a_service(self):
        missing = {name for name in _limited() if name not in parts.NAMES} - KEYS
        assert missing == set()

    @pytest.mark.parametrize("pointer", ["", "/x-other/3"])
    def test_of_what_has_none_point_at_the_place(self, pointer: str):
        with override("id"):
            assert parts.called(pointer) == "Bagian ini"


def _limited() -> set[str]:
    """Return the properties of a service that are lists of limited length, or texts in each language."""
    documents = structure.documents()
    types = [structure.field_schema(kind.name) for kind in fieldtypes.all()]
    return {name for one in (*documents.values(), *types) for name in _of(one, "")}


def _of(schema: Any, name: str) -> Iterator[str]:
    if isinstance(schema, list):
        for inner in schema:
            yield from _of(inner, name)
    if not isinstance(schema, dict):
        return
    if name and (schema.get("$ref", "").endswith("/text") or any(limit in schema for limit in LISTS)):
        yield name
    for key, inner in schema.items():
        if key == "properties":
            for prop, what in inner.items():
                yield from _of(what, prop)
        elif key == "$defs":
            for what in inner.values():
                yield from _of(what, "")
        elif key in {
            "items",
            "anyOf",
            "oneOf",
            "allOf",
            "if",
            "then",
            "else",
            "patternProperties",
            "additionalProperties",
        }:
            yield from _of([*inner.values()] if key == "patternProperties" else inner, name)
