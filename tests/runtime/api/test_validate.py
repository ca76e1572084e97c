"""Judging answers without storing them."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Region
from runtime.wizard.models import Draft
from tests import factories
from tests.runtime import permit
from tests.runtime.api.program import ANSWERS, BASE, Program, case_count


class TestValidate:
    def test_accepts_what_would_be_filed_and_stores_nothing(self, program: Program) -> None:
        answer = program.validate(ANSWERS)
        assert answer.status_code == 200
        assert answer.json() == {
            "valid": True,
            "problems": [],
            "hints": [],
            "asked": ["name", "email", "age", "village", "reason", "paper", "hint"],
            "calculated": {},
        }
        with scope.everywhere("a test counts"):
            assert (case_count(), Draft.objects.count()) == (0, 0)

    @pytest.mark.parametrize(
        ("change", "pointer", "code"),
        [
            ({"name": None}, "/name", "answers.type"),
            ({"age": "30"}, "/age", "answers.type"),
            ({"email": "bukan"}, "/email", "answers.format"),
            ({"reason": "z"}, "/reason", "answers.option"),
            ({"reason": "b"}, "/detail", "answers.required"),
            ({"detail": "selundupan"}, "/detail", "answers.unknown"),
            ({"village": "bukit-bambu"}, "/village", "answers.option"),
            ({"complete": True}, "/complete", "answers.unknown"),
            ({"x~y/z": 1}, "/x~0y~1z", "answers.unknown"),
        ],
        ids=lambda value: value if isinstance(value, str) else str(value),
    )
    def test_says_where_and_why(
        self, program: Program, poso: Region, change: dict[str, Any], pointer: str, code: str
    ) -> None:
        answer = program.validate(ANSWERS | change).json()
        assert answer["valid"] is False
        assert (pointer, code) in [(found["pointer"], found["code"]) for found in answer["problems"]]

    def test_tells_what_is_asked_for_these_answers(self, program: Program) -> None:
        assert "detail" in program.validate(ANSWERS | {"reason": "b"}).json()["asked"]
        assert "detail" not in program.validate({}).json()["asked"]

    def test_speaks_the_language_asked_for_and_the_authors_words(
        self, program: Program, offered: Installation
    ) -> None:
        document = permit.document()
        name, age = document["pages"][0]["fields"][0], document["pages"][0]["fields"][2]
        name["messages"] = {"required": {"id": "Tulis nama Anda."}}
        age |= {"minimum": 17, "messages": {"minimum": {"id": "Paling muda 17."}, "format": {"id": "Angka."}}}
        detail = document["pages"][1]["fields"][0]
        detail["messages"] = {"format": {"id": "Tulis dengan kata-kata."}}
        factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
        newer = Program(program.client, version=2)

        def said(language: str, **answers: Any) -> dict[str, str]:
            answer = newer.validate(answers, **{"Accept-Language": language})
            assert answer["Content-Language"] == language
            return {found["pointer"]: found["message"] for found in answer.json()["problems"]}

        assert said("id") == {"/name": "Tulis nama Anda.", "/age": "Mohon isi pertanyaan ini."}
        assert said("id", age=5)["/age"] == "Paling muda 17."
        assert said("id", age="x")["/age"] == "Angka."
        assert said("id", detail="x")["/detail"].endswith("tidak ditanyakan di sini. Hilangkan.")
        assert said("en")["/age"] == "Please answer this question."

    def test_names_doubts_beside_valid_answers(self, program: Program, offered: Installation) -> None:
        document = permit.document()
        question = {"key": "nik", "type": "nik", "label": {"id": "NIK"}, "privacy": "personal"}
        document["pages"][0]["fields"].append(question)
        factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
        answer = Program(program.client, version=2).validate(ANSWERS | {"nik": "9971010101900001"}).json()
        assert answer["valid"] is True
        assert [found["pointer"] for found in answer["hints"]] == ["/nik"]

    def test_refuses_what_is_no_object(self, program: Program) -> None:
        for body in ([], None, "x", 1, True):
            refused = program.validate(body)
            assert refused.status_code == 422
            assert refused.json()["errors"][0]["code"] == "answers.type"

    def test_knows_no_other_region(self, program: Program, poso: Region, client_on: Any) -> None:
        assert Program(client_on(poso)).validate(ANSWERS).status_code == 404

    def test_works_while_the_service_is_paused(self, program: Program, offered: Installation) -> None:
        with scope.use(offered.region):
            Installation.objects.update(state="paused")
        assert program.validate(ANSWERS).status_code == 200
        assert program.get(f"{BASE}/izin").json()["state"] == "paused"
