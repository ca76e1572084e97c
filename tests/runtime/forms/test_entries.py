"""What the rows of a repeat are called."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.forms.entries import entry_title
from schemas import parse
from tests.schemas.corpus import small_module


@pytest.mark.parametrize(
    ("named", "titles"),
    [
        ({"item": {"id": "Anak", "en": "Child"}}, ["Anak 2", "Child 2"]),
        ({}, ["Anak Anda 2", "Your children 2"]),
    ],
)
def test_are_called_by_the_author_or_as_the_question_is(named: dict[str, Any], titles: list[str]) -> None:
    asked = {
        "key": "anak",
        "type": "repeat",
        "label": {"id": "Anak Anda", "en": "Your children"},
        "fields": [{"key": "nama", "type": "text", "label": {"id": "Nama", "en": "Name"}}],
        **named,
    }
    found = parse.check_value(small_module([asked])).module
    assert found is not None
    question = found.pages[0].fields[0]
    assert [entry_title(question, 2, language) for language in ("id", "en")] == titles
