"""A program searches the list of the region that a question is answered from, and has answers judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import transaction

from runtime.regions.models import Region
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.api.program import Program
from tests.runtime.forms import lists
from tests.runtime.forms.asking import document
from tests.runtime.forms.lists import BELONGS, LARGE, PARENT

LINKED = {**LARGE, "filter": BELONGS}
ROWS = {
    "key": "kios",
    "type": "repeat",
    "label": "Kios",
    "fields": [{**LINKED, "key": "letak", "required": False}],
}


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[Region]:
    """A region with a long list and a service that asks it; no test of this file writes into them."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        made = factories.tenant("tangerang", short_code="TNG", code="36.71")
        lists.imported(made)
        factories.installed(made, document([PARENT, LINKED, ROWS], **lists.used("daftar_jalan")))
        yield made
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def knowing(db: None, city: Region, client_on: ClientOn) -> Program:
    """A program that knows a service with a long list, in a region that has it."""
    return Program(client_on(city), "kecil")


def search(program: Program, name: str = "jalan", **parameters: Any) -> Any:
    given = {"a.kecamatan": "benda"} | {key.replace("__", "."): value for key, value in parameters.items()}
    return program.client.get(f"{program.home}/choices/{name}", given)


class TestChoices:
    def test_gives_at_most_so_many_rows_and_how_many_more(self, knowing: Program) -> None:
        told = search(knowing, q="taman", limit=3).json()
        assert told["found"][0] == {
            "value": "S10",
            "label": "Taman Melati 10",
            "cells": {"kecamatan": "benda", "tarif": 10000},
        }
        assert (len(told["found"]), told["more"]) == (3, 397)

    def test_is_named_by_the_schema_for_rows_too(self, knowing: Program) -> None:
        address = f"{knowing.home}/schema"
        schema = knowing.get(address).json()
        plain, inner = (
            schema["properties"]["jalan"],
            schema["properties"]["kios"]["items"]["properties"]["letak"],
        )
        assert schema["x-exact"] is False
        assert {"field": "jalan", "rule": "dataset"} in schema["x-rules"]
        for shape in (plain, inner):
            found = knowing.client.get(urljoin(address, shape["x-choices"]), {"a.kecamatan": "cibodas"})
            assert found.json()["found"][0]["value"] == "S2"

    def test_stands_in_the_description_of_the_version(self, knowing: Program) -> None:
        paths = knowing.get(f"{knowing.home}/openapi.json").json()["paths"]
        field = paths[f"{knowing.home}/choices/{{field}}"]["get"]["parameters"][0]
        assert field["schema"]["enum"] == ["jalan", "kios.letak"]

    def test_asks_for_the_answer_that_decides(self, knowing: Program) -> None:
        refused = search(knowing, a__kecamatan="")
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["parameter"] == "a.kecamatan"

    @pytest.mark.parametrize("name", ["kecamatan", "kios", "letak", "tiada", "jalan.jalan"])
    def test_knows_no_list_of_another_question(self, knowing: Program, name: str) -> None:
        assert search(knowing, name).status_code == 404

    @pytest.mark.parametrize("wrong", [{"limit": 101}, {"limit": "x"}, {"q": "x" * 101}])
    def test_refuses_what_is_too_much(self, knowing: Program, wrong: dict[str, Any]) -> None:
        assert search(knowing, **wrong).status_code == 422

    def test_knows_no_service_of_another_region(
        self, knowing: Program, poso: Region, client_on: ClientOn
    ) -> None:
        assert search(Program(client_on(poso), "kecil")).status_code == 404

    def test_may_be_asked_only_so_often(self, knowing: Program, settings: Any) -> None:
        settings.RAKIT_LIMITS = {**settings.RAKIT_LIMITS, "lists": 1}
        assert search(knowing).status_code == 200
        assert search(knowing).status_code == 429


class TestValidate:
    @pytest.mark.parametrize(
        ("answers", "code"),
        [
            ({"kecamatan": "benda", "jalan": "S1"}, None),
            ({"kecamatan": "benda", "jalan": "S2"}, "answers.filter"),
            ({"jalan": "S1"}, "answers.filter"),
            ({"kecamatan": "benda", "jalan": "S99999"}, "answers.option"),
            ({"kecamatan": "benda", "jalan": "S1", "kios": [{"letak": "S2"}]}, "answers.filter"),
            ({"kecamatan": "benda", "jalan": ["S1"]}, "answers.type"),
        ],
    )
    def test_judges_the_list_and_the_filter(
        self, knowing: Program, answers: dict[str, Any], code: str | None
    ) -> None:
        problems = knowing.validate(answers).json()["problems"]
        assert [problem["code"] for problem in problems] == ([code] if code else [])
        refused = knowing.submit(answers)
        assert refused.status_code == (422 if code else 201)
