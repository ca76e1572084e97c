"""T10, T15, T28: whatever JSON another program sends to whatever form, the answer is never a 5xx.

The forms are those of `make fuzz`, so every kind of question is asked; the answers are right ones, spoilt
ones, and bodies that choke programs.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from runtime.cases.models import Case
from runtime.modules.models import Installation
from runtime.regions import scope
from tests import factories
from tests.conftest import ClientOn
from tests.fuzz import dirt, modules
from tests.runtime.api.program import ANSWERS, Program, case_count, key

SEED = 20261125
FORMS, SENT_EACH = 25, 12
UNREADABLE = {
    "half a letter": rb'{"name": "\ud83d"}',
    "a NUL": b'{"name": "a\\u0000b"}',
    "not a number": b'{"age": NaN}',
    "without end": b'{"age": Infinity}',
    "a number beyond all": b'{"age": 1e9999}',
    "ten thousand digits": b'{"age": ' + b"9" * 10_000 + b"}",
    "a name twice": b'{"age": 1, "age": 2}',
    "lists in lists": b'{"name": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "objects in objects": b'{"name": ' + b'{"a":' * 20_000 + b"1" + b"}" * 20_000 + b"}",
    "cut short": b'{"name": "a',
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "two documents": b"{}{}",
}
WRONG = {
    "prototypes": {"__proto__": {"valid": True}, "constructor": {"prototype": {"x": 1}}},
    "a very long name": {"n" * 100_000: 1},
    "ten thousand names": {f"n{at}": at for at in range(10_000)},
    "a path for a name": {"../../etc/passwd": 1, "a/b~c": 2, "": 3},
    "a list of answers": {"name": ["a"], "age": {"$gt": 0}, "reason": ["a"]},
    "a truth for a number": {"age": True},
    "a number for a text": {"name": 10**15},
    "a megabyte of letters": {"name": "a" * 200_000},
    "white space": {"name": "\u2028\u00a0\ufeff"},
}
LISTS = {"a list": b"[]", "a text": b'"a"', "null": b"null", "a number": b"1"}


class TestBodies:
    @pytest.mark.parametrize("name", [*UNREADABLE, *LISTS])
    @pytest.mark.parametrize("place", ["validate", "submissions"])
    def test_T15_that_are_no_answers_are_refused_with_a_reason(
        self, program: Program, name: str, place: str
    ) -> None:
        refused = program.post(place, {**UNREADABLE, **LISTS}[name], **{"Idempotency-Key": key()})
        assert refused.status_code in (400, 422)
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert refused.json()["title"]
        assert case_count() == 0

    @pytest.mark.parametrize("name", WRONG)
    def test_T28_with_wrong_answers_name_the_places(self, program: Program, name: str) -> None:
        refused = program.submit({**ANSWERS, **WRONG[name]})
        assert refused.status_code == 422
        found = refused.json()["errors"]
        assert found
        assert all(error["pointer"].startswith("/") and error["code"] and error["message"] for error in found)
        assert case_count() == 0

    @pytest.mark.parametrize(
        "kind",
        ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", ""],
    )
    def test_T28_of_another_type_are_not_read(self, program: Program, kind: str) -> None:
        asked = {"headers": {"Idempotency-Key": key()}, "content_type": kind}
        refused = program.client.post(f"{program.home}/submissions", json.dumps(ANSWERS), **asked)
        assert refused.status_code == 415
        assert case_count() == 0


class TestForms:
    def test_T10_of_every_kind_of_question_take_right_answers_and_survive_the_rest(
        self, offered: Installation, client_on: ClientOn, settings: Any
    ) -> None:
        settings.RAKIT_LIMITS = dict.fromkeys(settings.RAKIT_LIMITS, 1_000_000)
        random, met = Random(SEED), set()
        for number in range(FORMS):
            module, whole = modules.module(random)
            document = {**whole, "key": f"acak-{number}"}
            factories.installed(offered.region, json.dumps(document))
            program = Program(client_on(offered.region), document["key"])
            for _ in range(SENT_EACH):
                sent = modules.answers(random, module, {})
                if random.random() < 0.3:
                    sent[random.choice(["q1", "q2", "r3", "__proto__"])] = random.choice(dirt.DIRTY)
                body = json.dumps(sent).encode()
                verdict = program.validate(body)
                filed = program.post("submissions", body, **{"Idempotency-Key": key()})
                assert (verdict.status_code, filed.status_code) in {(200, 201), (200, 422), (400, 400)}, body
                if verdict.status_code == 200:
                    assert verdict.json()["valid"] is (filed.status_code == 201), (body, verdict.json())
                    met.add(filed.status_code)
        assert met == {201, 422}
        with scope.everywhere("a test looks"):
            stored: list[Any] = list(Case.objects.values_list("answers", flat=True))
        assert len(stored) > FORMS
