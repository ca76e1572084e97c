"""What the server notes by itself: never asked, never posted, seen by officers only."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from runtime.forms.noted import from_link, noted
from runtime.forms.pageform import page_form
from runtime.forms.summary import summary
from schemas import answers as answers_schema
from schemas import parse
from schemas.definition import Module
from tests.schemas.corpus import small_module

TODAY = date(2026, 11, 24)
FIELDS: list[dict[str, Any]] = [
    {"key": "nama", "type": "text", "label": "Nama", "required": True},
    {"key": "hari", "type": "metadata", "label": "Hari", "source": "filed_on"},
    {"key": "jalur", "type": "metadata", "label": "Jalur", "source": "channel"},
    {"key": "asal", "type": "metadata", "label": "Asal", "source": "query", "parameter": "dari"},
    {
        "key": "loket",
        "type": "text",
        "label": "Loket",
        "visible": {"==": [{"var": "jalur"}, "desk"]},
    },
]


@pytest.fixture
def module() -> Module:
    found = parse.check_value(small_module(FIELDS)).module
    assert found is not None
    return found


class TestNoted:
    def test_tells_when_and_how_an_application_came_in(self, module: Module) -> None:
        found = noted(module, today=TODAY, language="id", channel="api")
        assert found == {"hari": "2026-11-24", "jalur": "api"}

    def test_takes_named_parameters_of_the_link_only_and_cuts_them_short(self, module: Module) -> None:
        link = {"dari": "spanduk\x00\u202e" + "x" * 500, "hari": "2020-01-01"}
        found = from_link(module, link.get)
        assert list(found) == ["asal"]
        assert found["asal"].startswith("spanduk")
        assert len(found["asal"]) == 250
        assert from_link(module, {"dari": "\u200b "}.get) == {}

    def test_T10_cannot_be_posted_on_a_page_or_by_a_program(self, module: Module) -> None:
        page = module.pages[0]
        data = {"nama": "Ani", "jalur": "desk"}
        form = page_form(
            module, page, answers={}, language="id", region=None, today=TODAY, data=data, files={}
        )
        assert form.unknown == ["jalur"]
        found = answers_schema.validate(module, {"nama": "Ani", "jalur": "desk"}, today=TODAY)
        assert ("answers.unknown", "/jalur") in {(p.code, p.pointer) for p in found}

    @pytest.mark.django_db
    def test_is_said_to_officers_and_to_nobody_else(self, module: Module) -> None:
        answers = {"nama": "Ani", "jalur": "web", "hari": "2026-11-24"}
        with translation.override("id"):
            told = [summary(module, answers, language="id", region=None, noted=n)[0] for n in (False, True)]
        assert [row.label for row in told[0].rows] == ["Nama"]
        assert [row.value for row in told[1].rows][:3] == ["Ani", "24 November 2026", "lewat situs"]
