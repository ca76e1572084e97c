"""What is shown and not asked has the answer that the document gives now, not one from a while ago."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from runtime.cases.models import Case
from runtime.forms.journey import journey
from runtime.regions import scope
from runtime.regions.models import Region, User
from runtime.wizard.models import Draft
from schemas import answers, parse
from tests import factories
from tests.runtime import permit
from tests.runtime.wizard.forms import Applicant

TODAY = date(2026, 11, 24)
VAR = {"var": "age"}
FIELDS: list[dict[str, Any]] = [
    {"key": "age", "type": "integer", "label": "Umur", "required": True},
    {"key": "half", "type": "integer", "label": "Separuh", "readOnly": True, "required": True,
     "default": {"/": [VAR, 2, 0]}},
    {"key": "fixed", "type": "text", "label": "Tetap", "readOnly": True, "default": "tetap"},
    {"key": "adult", "type": "text", "label": "Dewasa", "readOnly": True, "default": "ya",
     "visible": {">=": [{"var": "half"}, 10]}},
    {"key": "work", "type": "text", "label": "Pekerjaan", "readOnly": True, "privacy": "personal",
     "prefill": {"profile": "occupation"}},
]  # fmt: skip


def document() -> str:
    made = permit.document(applicant={})
    pages = [{"key": "data", "title": "Data", "fields": FIELDS}, made["pages"][-1]]
    made |= {"pages": pages}
    made["workflow"].pop("office", None)
    for role in made["workflow"]["roles"]:
        role["where"] = "region"
    for action in made["workflow"]["actions"]:
        action.pop("when", None)
    return json.dumps(made)


@pytest.fixture
def applicant(tangerang: Region, citizen: User, client_on: Callable[..., Client]) -> Applicant:
    factories.staff("clerk", tangerang, "loket")
    factories.staff("head", tangerang, "kepala")
    factories.installed(tangerang, document())
    return Applicant(client_on(tangerang, citizen))


def filed() -> dict[str, Any]:
    with scope.everywhere("a test looks at what was filed"):
        found: dict[str, Any] = Case.objects.get().answers
    return found


class TestShownOnly:
    def test_follows_an_answer_of_its_own_page(self, applicant: Applicant) -> None:
        assert applicant.post("data", age="30")["Location"].endswith("/review/")
        assert "<dd>15" in applicant.get("review").content.decode()
        assert applicant.send().status_code == 302
        assert filed() == {"age": 30, "half": 15, "fixed": "tetap", "adult": "ya"}

    def test_follows_when_that_answer_is_changed_again(self, applicant: Applicant) -> None:
        applicant.post("data", age="30")
        applicant.post("data", age="12")
        applicant.send()
        assert filed() == {"age": 12, "half": 6, "fixed": "tetap"}

    def test_is_worked_out_by_the_script_too(self, applicant: Applicant) -> None:
        shown = applicant.get("data").content.decode()
        part = shown.split('data-question="half"', 1)[1].split(">", 1)[0]
        assert "data-calculate=" in part

    def test_is_never_what_somebody_posts(self, applicant: Applicant) -> None:
        assert applicant.post("data", age="30", half="1").status_code == 400
        assert applicant.post("data", age="30", work="Penjahit").status_code == 400

    def test_is_not_what_an_older_draft_holds(self, applicant: Applicant) -> None:
        applicant.post("data", age="30")
        with scope.everywhere("a draft of a version that kept such answers"):
            Draft.objects.update(answers={"age": 30, "half": 99, "fixed": "lain"})
        applicant.send()
        assert filed() == {"age": 30, "half": 15, "fixed": "tetap", "adult": "ya"}


class TestJudges:
    """The walk, the judge of answers and their JSON Schema say the same."""

    MODULE = parse.load(document())

    def test_agree_on_what_is_not_asked(self) -> None:
        given = {"age": 30, "half": 99}
        walked = journey(self.MODULE, given, today=TODAY, fresh=True)
        assert walked.answers == {"age": 30, "half": 15, "fixed": "tetap", "adult": "ya"}
        (problem,) = answers.validate(self.MODULE, given, today=TODAY)
        assert (problem.code, problem.pointer) == ("answers.calculated", "/half")
        assert answers.validate(self.MODULE, {"age": 30}, today=TODAY) == ()
        assert answers.validate(self.MODULE, {"age": 30}) == ()

    def test_leave_a_filed_answer_as_it_was(self) -> None:
        walked = journey(self.MODULE, {"age": 30, "half": 99}, today=TODAY)
        assert walked.answers["half"] == 99

    def test_flag_it_in_the_schema(self) -> None:
        compiled = answers.schema(self.MODULE)
        assert compiled["properties"]["half"]["readOnly"] is True
        assert "half" not in compiled["required"]
        assert compiled["x-exact"] is False
        assert {"field": "half", "rule": "readOnly"} in compiled["x-rules"]
