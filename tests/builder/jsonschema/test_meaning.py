"""A document means what its schema meant: an answer is right here exactly when the data is right there.

For each schema, data of all kinds goes both ways: through the schema's own validator, and as answers
through the engine. Where the whole schema was taken, the two verdicts must agree.
"""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from builder.jsonschema.answers import to_answers, to_data, without_blanks
from builder.jsonschema.pointers import MISSING
from runtime.forms.journey import journey
from schemas import parse
from tests.builder.jsonschema.conftest import converted, lost

TODAY = date(2026, 9, 7)

FOLDER = Path(__file__).parent / "meanings"
NAMES = sorted(file.stem for file in FOLDER.glob("*.json"))


def instances(values: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Return every combination of the values that the members take; null leaves a member out."""
    rows = itertools.product(*values.values())
    return [{k: v for k, v in zip(values, row, strict=True) if v is not None} for row in rows]


class TestVerdict:
    @pytest.mark.parametrize("name", NAMES)
    def test_is_that_of_the_schema(self, name: str) -> None:
        told = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        schema, values = told["schema"], told["members"]
        made = converted(schema)
        assert lost(made) == []
        assert made.document is not None
        checked = parse.check_value(made.document)
        assert checked.module is not None, checked.problems
        validator = Draft202012Validator(schema)
        verdicts = set()
        for data in instances(values):
            taken = to_answers(made.document, data)
            way = journey(checked.module, taken.answers, today=TODAY)
            right = not taken.left and way.complete and way.answers == taken.answers
            back = to_data(made.document, taken.answers) if right else MISSING
            filled = right and back != data and validator.is_valid(back)  # what is left empty is null there
            assert right == validator.is_valid(data) or filled, (data, taken, [s.problems for s in way.steps])
            verdicts.add(right)
            if right:
                assert without_blanks(back) == without_blanks(data)
                assert back is MISSING or validator.is_valid(back)
                assert to_answers(made.document, back).answers == taken.answers
        assert True in verdicts
