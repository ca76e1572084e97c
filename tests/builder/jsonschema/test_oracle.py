"""What a form takes pleases its schema, and what pleases the schema the form takes, or the report says why.

Unlike `test_meaning`, answers are made for the form alone, and the report has to explain each difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from tests import corpora
from tests.builder.jsonschema import realistic, shapes
from tests.builder.jsonschema.accounts import missing
from tests.builder.jsonschema.conftest import converted
from tests.builder.jsonschema.oracle import Held, misread, unaccounted

# Forms in the style of real offices: with data of their own, and without.
OFFICES = [
    file
    for folder in ("governments", "bare")
    for file in (Path(corpora.__file__).parent / folder).glob("*.json")
]
MEANINGS = Path(__file__).parent / "meanings"


class TestShapes:
    @pytest.mark.parametrize("name", shapes.SHAPES)
    def test_is_read_as_it_is_meant_or_named(self, name: str) -> None:
        schema, data = shapes.SHAPES[name]
        made = converted(schema)
        assert missing(made, schema) == []
        assert misread(schema, made, Random(name), data, rounds=30) == []


class TestRealistic:
    @pytest.mark.parametrize("number", range(len(realistic.KEPT)))
    def test_is_read_as_it_is_meant_or_named(self, number: int) -> None:
        assert unaccounted(realistic.KEPT[number], Random(number)) == []


class TestForms:
    @pytest.mark.parametrize("file", sorted(OFFICES), ids=lambda file: file.stem)
    def test_of_offices_take_what_pleases_their_schema(self, file: Path) -> None:
        form = json.loads(file.read_text(encoding="utf-8"))
        made = converted(form["schema"], form.get("uischema"))
        held = Held(form["schema"], made)
        filled, faults = held.looser(Random(file.stem), 40)
        assert faults == []
        assert filled > 10

    @pytest.mark.parametrize("corpus", corpora.NAMES)
    def test_of_others_take_what_pleases_their_schema(self, corpus: str) -> None:
        for form in corpora.forms(corpus):
            made = converted(form["schema"], form.get("uischema"))
            faults = misread(form["schema"], made, Random(form["name"]), [form.get("data")], rounds=5)
            assert faults == [], form["name"]

    @pytest.mark.parametrize("file", sorted(MEANINGS.glob("*.json")), ids=lambda file: file.stem)
    def test_of_our_own_take_what_pleases_their_schema(self, file: Path) -> None:
        schema = json.loads(file.read_text(encoding="utf-8"))["schema"]
        assert misread(schema, converted(schema), Random(file.stem), [], rounds=30) == []
