"""The schema of its answers that a module can be turned into comes back as the same questions."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from builder import schemareport
from builder.jsonschema import Conversion
from builder.jsonschema.answers import to_answers, to_data
from schemas import answers, fieldtypes, openapi, parse, shapes, synthetic
from schemas.answers import marks
from schemas.definition import Field, Module
from tests.builder.jsonschema.accounts import missing
from tests.builder.jsonschema.conftest import converted, fields, lost
from tests.builder.jsonschema.filling import TODAY
from tests.builder.jsonschema.oracle import Held
from tests.schemas.corpus import small_module

Json = Any
ROOT = Path(__file__).parents[3]
VALID = ROOT / "tests" / "definitions" / "valid"
MODULES = sorted([*(ROOT / "builder" / "starters").glob("*.json"), *VALID.glob("*.json")])
NOT_EXPORTED = {"rule.formula", "rule.fixed", "rule.condition", "rule.check", "rule.filter"}


def module_of(file: Path) -> Module:
    return parse.load(file.read_text(encoding="utf-8"))


def asking(*questions: dict[str, Json], **more: Json) -> Module:
    checked = parse.check_value({**small_module(list(questions)), **more})
    assert checked.module is not None, checked.problems
    return checked.module


def asked(module: Module) -> Iterator[tuple[str, Field]]:
    """Yield each question that can be answered in the application, with the name of the rows around it."""
    waiting = [("", question) for page in module.filing_pages() for question in page.fields]
    while waiting:
        above, question = waiting.pop(0)
        if fieldtypes.get(question.type).value_type is not None:
            yield above, question
        waiting += [(f"{above}{question.key}/", inner) for inner in question.fields]


def returned(module: Module, made: Conversion) -> Iterator[tuple[Field, Field]]:
    """Yield each question beside the one that came back for it, found by where its answer stands."""
    again = parse.check_value(made.document).module
    assert again is not None
    sources = {key: str(item.get("x-source", ""))[1:] for key, item in fields(made).items()}
    found: dict[tuple[str, str], Field] = {}
    waiting = [("", question) for page in again.pages for question in page.fields]
    while waiting:
        above, other = waiting.pop(0)
        found[above, sources[other.key]] = other
        waiting += [(f"{above}{sources[other.key]}/", inner) for inner in other.fields]
    for above, question in asked(module):
        assert (above, question.key) in found, f"{above}{question.key}"
        yield question, found[above, question.key]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
class TestComesBack:
    def test_with_every_question_as_itself(self, file: Path) -> None:
        module = module_of(file)
        schema = answers.schema(module)
        made = converted(schema)
        assert missing(made, schema) == []
        assert {reason for _, _, reason in lost(made)} <= NOT_EXPORTED
        for one, other in returned(module, made):
            told = marks.told(one.type)
            assert (one.type, one.label.say()) == (other.type, other.label.say())
            assert one.help.say() == other.help.say()
            settings = [{n: v for n, v in each.settings.items() if n in told} for each in (one, other)]
            assert settings[0] == settings[1], one.key
            assert one.options == other.options
            if one.type != "repeat":
                kind = fieldtypes.get(one.type)
                assert kind.answer_schema(one) == kind.answer_schema(other), one.key

    def test_and_takes_what_its_schema_takes(self, file: Path) -> None:
        schema = answers.schema(module_of(file))
        filled, faults = Held(schema, converted(schema)).looser(Random(file.stem), 20)
        assert faults == []
        assert filled > 0

    def test_with_answers_that_are_the_same_there_and_back(self, file: Path) -> None:
        module = module_of(file)
        made = converted(answers.schema(module))
        outside = {question.key for page in module.filing_pages() for question in page.fields}
        for one, other in returned(module, made):
            given = synthetic.answers(one, (), today=TODAY, tables=module.tables)[:5]
            if one.key not in outside or other.visible is not None:
                continue
            for value in given if one.type != "repeat" else ():
                taken = to_answers(made.document, {one.key: value})
                assert (taken.answers, taken.left) == ({other.key: value}, [])
                assert shapes.well_formed(other, value)
                assert to_data(made.document, taken.answers)[one.key] == value


class TestTheMark:
    def test_is_in_the_description_of_the_interface_too(self) -> None:
        module = module_of(VALID / "every-field-type.json")
        made = converted(openapi.document(module, 1))
        assert [one.type for one, _ in returned(module, made)] == [
            other.type for _, other in returned(module, made)
        ]

    def test_tells_nothing_of_people_and_other_questions(self) -> None:
        module = asking(
            {"key": "a", "type": "text", "label": "A"},
            {
                "key": "b",
                "type": "matrix",
                "label": "B",
                "privacy": "personal",
                "prefill": {"previous": True},
                "visible": {"answered": {"var": "a"}},
                "options": [{"value": "x", "label": "X", "x-note": "secret"}],
                "rows": [{"value": "r", "label": "R", "x-note": "secret"}],
                "x-note": "secret",
            },
        )
        told = answers.schema(module)["properties"]["b"]
        assert "secret" not in json.dumps(told)
        assert set(told[marks.SETTINGS]) == {"rows", "options"}

    def test_brings_the_list_back_that_a_question_names(self) -> None:
        lists = {
            "jalan": {"source": "jalan", "edition": "2026"},
            "pasar": {
                "items": [{"value": "p1", "label": "Pasar Lama", "luas": 3}],
                "columns": {"luas": "number"},
            },
        }
        module = asking(
            {"key": "a", "type": "choice", "label": "A", "dataset": "jalan"},
            {"key": "b", "type": "choices", "label": "B", "dataset": "pasar"},
            datasets=lists,
        )
        made = converted(answers.schema(module))
        assert lost(made) == []
        assert made.document is not None
        assert made.document["datasets"] == {
            "jalan": lists["jalan"],
            "pasar": {"items": [{"value": "p1", "label": {"id": "Pasar Lama"}}]},
        }
        assert [(one.type, one.dataset) for _, one in returned(module, made)] == [
            ("choice", "jalan"),
            ("choices", "pasar"),
        ]

    def test_is_passed_over_and_named_where_the_schema_beside_it_says_something_else(self) -> None:
        module = module_of(VALID / "every-field-type.json")
        schema = answers.schema(module)
        for name, told in schema["properties"].items():
            if told[marks.TYPE] == "repeat":
                continue
            forged = copy.deepcopy(schema)
            forged["properties"][name] = {"type": "string", "maxLength": 7} | {
                word: value for word, value in told.items() if word.startswith("x-rakit")
            }
            made = converted(forged)
            assert missing(made, forged) == []
            assert fields(made)[name]["type"] == "text"
            assert f"/properties/{name}/{marks.TYPE}" in {
                entry.pointer for entry in made.entries("partial") if entry.reason == "mark.unlike"
            }, name

    @pytest.mark.parametrize(
        "mark",
        [
            {"x-rakit-type": None},
            {"x-rakit-type": 7},
            {"x-rakit-type": ["nik"]},
            {"x-rakit-type": "group"},
            {"x-rakit-type": "heading"},
            {"x-rakit-type": "\u202enik\x00"},
            {"x-rakit-type": "nik", "x-rakit-settings": [1]},
            {"x-rakit-type": "nik", "x-rakit-settings": {"maxLength": 3}},
            {"x-rakit-type": "nik", "x-rakit-settings": {"label": "<script>"}},
            {"x-rakit-type": "nik", "x-rakit-settings": {"visible": False}},
            {"x-rakit-type": "nik", "x-rakit-words": {"label": "A"}},
            {"x-rakit-type": "consent", "x-rakit-words": {"label": {"id": 3}}},
            {"x-rakit-type": "file", "x-rakit-settings": {"maxItems": 10**30}},
            {"x-rakit-type": "choice", "x-rakit-settings": {"dataset": "../x"}},
            {"x-rakit-type": "choice", "x-rakit-settings": {"options": [{"value": "a"}] * 2000}},
            {"x-rakit-type": "pattern", "x-rakit-settings": {"pattern": "(a+)+$"}},
            {"x-rakit-type": "region", "x-rakit-settings": {"level": "province", "within": "36.71"}},
        ],
    )
    def test_that_is_hostile_changes_nothing(self, mark: dict[str, Json]) -> None:
        plain = {"type": "string", "pattern": "^[0-9]{16}$", "maxLength": 16}
        made = converted({"type": "object", "properties": {"a": {**plain, **mark}}})
        without = converted({"type": "object", "properties": {"a": plain}})
        assert made.document == without.document
        told = [entry for entry in made.entries("partial") if entry.reason == "mark.unlike"]
        assert len(told) == len(mark)
        assert all(schemareport.entry_json(entry)["sentence"] for entry in told)

    def test_under_a_condition_or_beside_other_limits_does_not_count(self) -> None:
        nik = {"type": "string", "pattern": "^[0-9]{16}$", "maxLength": 16, "x-rakit-type": "nik"}
        beside = {
            "type": "object",
            "properties": {"a": nik},
            "allOf": [{"properties": {"a": {"maxLength": 3}}}],
        }
        assert fields(converted(beside))["a"]["type"] == "pattern"
        assert fields(converted({"type": "object", "properties": {"a": nik}}))["a"]["type"] == "nik"

    def test_that_was_cut_off_leaves_what_the_question_lost_named(self) -> None:
        schema = answers.schema(asking({"key": "a", "type": "nik", "label": "A"}))
        assert lost(converted(schema)) == []
        del schema["properties"]["a"][marks.TYPE]
        assert ("refused", "/x-rules/0", "rule.kind") in lost(converted(schema))


class TestRules:
    def test_that_the_schema_cannot_hold_are_named_one_by_one(self) -> None:
        module = asking(
            {"key": "n", "type": "integer", "label": "N"},
            {"key": "d", "type": "integer", "label": "D", "calculate": {"+": [{"var": "n"}, 1]}},
            {"key": "f", "type": "text", "label": "F", "default": "x", "readOnly": True},
            {"key": "c", "type": "integer", "label": "C", "check": {"<": [{"var": "c"}, {"var": "n"}]}},
            {"key": "v", "type": "text", "label": "V", "visible": {"<": [{"var": "c"}, {"var": "n"}]}},
            {"key": "h", "type": "note", "label": "H"},
        )
        made = converted(answers.schema(module))
        told = {entry.reason: dict(entry.data).get("name") for entry in made.entries("refused")}
        assert told == {"rule.formula": "d", "rule.fixed": "f", "rule.check": "c", "rule.condition": "v"}
        silent = [entry for entry in made.entries("partial") if entry.reason == "rule.silent"]
        assert [dict(entry.data) for entry in silent] == [{"count": 1, "name": "h"}]

    def test_that_hide_a_question_hide_it_again(self) -> None:
        module = asking(
            {"key": "a", "type": "boolean", "label": "A"},
            {
                "key": "b",
                "type": "file",
                "label": "B",
                "visible": {"==": [{"var": "a"}, True]},
                "required": True,
            },
            {"key": "s", "type": "consent", "label": "S"},
            {"key": "t", "type": "text", "label": "T", "visible": {"==": [{"var": "s"}, True]}},
        )
        made = converted(answers.schema(module))
        assert lost(made) == []
        found = fields(made)
        shown = {"and": [{"answered": {"var": "a"}}, {"==": [{"var": "a"}, True]}]}
        assert (found["b"]["visible"], found["b"]["required"]) == (shown, shown)
        assert found["t"]["visible"] == {"answered": {"var": "s"}}

    @pytest.mark.parametrize("odd", [{"required": [{}]}, {"properties": []}])
    def test_that_say_something_odd_of_a_consent_are_named(self, odd: dict[str, Json]) -> None:
        schema = answers.schema(
            asking({"key": "s", "type": "consent", "label": "S"}, {"key": "t", "type": "text", "label": "T"})
        )
        test = {"properties": {"s": odd}, "required": ["s"]}
        schema |= {"if": test, "then": {"required": ["t"]}}
        made = converted(schema)
        assert missing(made, schema) == []
        assert any(pointer.startswith("/if") for _status, pointer, _reason in lost(made))
