"""Areas that programs name: the list of areas says which there are, as on the form."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.modules.models import Installation
from tests import factories
from tests.runtime import permit
from tests.runtime.api.program import ANSWERS, Program, case_count

HERE, NOWHERE = "36.71.01.1001", "36.71.01.9999"


def _field(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": {"id": key}, **more}


@pytest.fixture
def asking(program: Program, offered: Installation) -> Program:
    """A program that knows a version with questions about areas, in rows too."""
    factories.areas()
    document = permit.document()
    document["pages"][0]["fields"] += [
        _field("birth", "region", level="village"),
        _field("home", "address"),
        _field("spot", "location"),
        _field("land", "repeat", fields=[_field("where", "region", level="village")]),
    ]
    factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
    return Program(program.client, version=2)


def answers(code: str) -> dict[str, Any]:
    return {
        **ANSWERS,
        "birth": code,
        "home": {"street": "Jalan Mawar 1", "region": code},
        "spot": {"area": code},
        "land": [{"where": HERE}, {"where": code}],
    }


class TestAreas:
    def test_that_are_in_the_list_are_taken(self, asking: Program) -> None:
        assert asking.validate(answers(HERE)).json()["problems"] == []
        assert asking.submit(answers(HERE)).status_code == 201

    def test_that_never_were_are_refused_where_they_stand(self, asking: Program) -> None:
        problems = asking.validate(answers(NOWHERE)).json()["problems"]
        places = ["/birth", "/home/region", "/spot/area", "/land/1/where"]
        found = [(one["pointer"], one["code"]) for one in problems]
        assert found == [(at, "answers.option") for at in places]
        assert asking.submit(answers(NOWHERE)).status_code == 422
        assert case_count() == 0

    def test_that_were_once_are_still_taken(self, asking: Program) -> None:
        factories.areas({HERE: None}, name="later")
        assert asking.validate(answers(HERE)).json()["problems"] == []
