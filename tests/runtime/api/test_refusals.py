"""Every refusal has one form, costs little, and never is the server's own fault."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from runtime.api import offered as offers
from runtime.modules.models import Installation
from schemas import openapi, validator
from schemas.reading import read_json
from tests.bounded import bounded
from tests.runtime.api.program import ANSWERS, BASE, Program
from tests.schemas.test_parse import BOMBS

# JSON, and no document: what its numbers and names amount to is judged elsewhere.
READABLE = {"many fields", "many wrong pages", "many wrong texts"}
HOSTILE: dict[str, bytes] = {
    "empty": b" ",
    "broken": b'{"name": ',
    "text after it": b"{} x",
    "not UTF-8": b'{"name": "\xff"}',
    "UTF-16": '{"name": "Siti"}'.encode("utf-16"),
    "doubled name": b'{"age": 1, "age": 2}',
    "NaN": b'{"age": NaN}',
    "infinity": b'{"age": 1e400}',
    "decimal": b'{"age": 1.5}',
    "beyond a browser's numbers": b'{"age": 9007199254740993}',
    "nul": b'{"name": "a\\u0000"}',
    "lone surrogate": b'{"name": "\\ud800"}',
    "deep": b'{"name":' + b"[" * 5000 + b"]" * 5000 + b"}",
    "wide": b'{"name":[' + b"1," * 100_000 + b"1]}",
    **{name: body for name, body in BOMBS.items() if name not in READABLE},
}
SHAPE = validator.build({**openapi.SHAPES["Problem"], "components": {"schemas": openapi.SHAPES}})


def is_problem(answer: Any, status: int) -> bool:
    """Say whether an answer is an RFC 9457 problem of the shape the documents promise."""
    assert answer.status_code == status, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert not list(validator.errors(SHAPE, body))
    assert body["status"] == status
    assert all("message" in error for error in body["errors"])
    return True


class TestHostileBodies:
    """F22: refused with 400, 413 or 422 for little work: what blows up takes far longer than the bound."""

    @pytest.mark.parametrize("name", HOSTILE)
    @pytest.mark.parametrize("address", ["validate", "submissions"])
    def test_are_refused_at_once_f22(self, program: Program, name: str, address: str) -> None:
        headers = {"Idempotency-Key": "a" * 20}
        program.post(address, b"[", **headers)
        with bounded():
            answer = program.post(address, HOSTILE[name], **headers)
        assert is_problem(answer, 413 if len(HOSTILE[name]) > 1_000_000 else 400)

    def test_are_all_that_cannot_be_read(self) -> None:
        assert {name for name, body in BOMBS.items() if not read_json(body)[1]} == READABLE

    def test_of_very_many_names_get_a_short_answer_t39(self, program: Program) -> None:
        answer = program.submit({f"x{number}": 1 for number in range(39_000)})
        assert is_problem(answer, 422)
        assert len(answer.json()["errors"]) == 50

    def test_may_hold_decimals_in_coordinates_only(self, program: Program) -> None:
        found = program.validate(b'{"place": {"lat": -6.1783, "lon": 106.6319}, "age": 30.0}').json()[
            "errors"
        ]
        assert [(error["pointer"], error["code"]) for error in found] == [("/age", "json.decimal")]
        found = program.validate(b'{"place": {"lat": 1e999, "lon": NaN}}').json()["errors"]
        assert [error["code"] for error in found] == ["json.number", "json.number"]

    def test_point_at_the_place(self, program: Program) -> None:
        (error,) = program.validate(HOSTILE["doubled name"]).json()["errors"]
        assert (error["pointer"], error["code"]) == ("/age", "json.duplicate")

    def test_larger_than_allowed_are_refused_unread_t29(self, program: Program) -> None:
        answer = program.client.generic(
            "POST", f"{program.home}/validate", b"{}", "application/json", CONTENT_LENGTH="1000001"
        )
        assert is_problem(answer, 413)


class TestForm:
    @pytest.mark.parametrize(
        "path",
        ["/api/", "/api/v1", "/api/v1/", "/api/v2/modules", f"{BASE}/", f"{BASE}/izin/1", f"{BASE}/a/b"],
    )
    def test_is_the_same_for_what_is_not_here(self, program: Program, path: str) -> None:
        assert is_problem(program.get(path), 404)
        assert is_problem(program.client.post(path), 404)

    def test_is_the_same_for_a_wrong_method(self, program: Program) -> None:
        refused = program.client.put(f"{program.home}/submissions")
        assert is_problem(refused, 405)
        assert refused["Allow"] == "POST"

    @pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "text/json", ""])
    def test_is_the_same_for_another_type(self, program: Program, media: str) -> None:
        answer = program.client.generic("POST", f"{program.home}/validate", b"{}", media)
        assert is_problem(answer, 415)

    def test_is_the_same_on_an_unknown_host(self, program: Program) -> None:
        assert is_problem(Client(headers={"host": "tidakada.localhost"}).get(BASE), 404)
        assert is_problem(Client(headers={"host": "jahat.example"}).get(BASE), 400)

    def test_is_the_same_when_the_database_is_busy(
        self, program: Program, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def busy(*_args: object) -> None:
            raise OperationalError("database is locked")

        monkeypatch.setattr(offers, "listed", busy)
        answer = program.get(BASE)
        assert is_problem(answer, 503)
        assert answer["Retry-After"] == "5"

    def test_is_the_same_when_we_failed(self, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_args: object) -> None:
            raise RuntimeError("secret detail")

        monkeypatch.setattr(offers, "listed", broken)
        program.client.raise_request_exception = False
        answer = program.get(BASE)
        assert is_problem(answer, 500)
        assert "secret" not in answer.content.decode()

    def test_speaks_the_language_asked_for(self, program: Program) -> None:
        indonesian = program.get("/api/none", **{"Accept-Language": "id"})
        english = program.get("/api/none", **{"Accept-Language": "en"})
        assert indonesian.json()["title"] == "Ini tidak ada di sini"
        assert english.json()["title"] == "This is not here"
        wrong = program.get("/api/none", **{"Accept-Language": "xx-\n;q=9"})
        assert wrong.json()["title"] == "Ini tidak ada di sini"


class TestLimits:
    def test_turn_away_with_the_time_to_wait(self, program: Program, settings: Any) -> None:
        settings.RAKIT_LIMITS = {**settings.RAKIT_LIMITS, "submissions": 3}
        answers = [program.submit(ANSWERS | {"name": f"Warga {n}"}) for n in range(4)]
        assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
        assert is_problem(answers[-1], 429)
        assert 1 <= int(answers[-1]["Retry-After"]) <= 3600
        assert program.validate(ANSWERS).status_code == 200  # counted apart

    def test_count_before_the_body_is_read(
        self, program: Program, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.RAKIT_LIMITS = dict.fromkeys(settings.RAKIT_LIMITS, 0)
        for answer in (program.get(BASE), program.validate(b"[" * 10), program.upload(), program.submit({})):
            assert is_problem(answer, 429)

    def test_count_each_address_apart(self, program: Program, settings: Any) -> None:
        settings.RAKIT_LIMITS = {**settings.RAKIT_LIMITS, "reads": 1}

        def ask(address: str) -> int:
            return int(program.client.get(BASE, REMOTE_ADDR=address).status_code)

        assert [ask("10.0.0.1"), ask("10.0.0.1"), ask("10.0.0.2")] == [200, 429, 200]
        # one household's or server's network counts as one address
        assert [ask("2001:db8::1"), ask("2001:db8::ffff"), ask("2001:db8:0:1::1")] == [200, 429, 200]

    def test_believe_no_forwarded_address_without_a_proxy(self, program: Program, settings: Any) -> None:
        settings.RAKIT_LIMITS = {**settings.RAKIT_LIMITS, "reads": 1}
        first, second = (program.get(BASE, **{"X-Forwarded-For": f"10.9.9.{n}"}).status_code for n in (1, 2))
        assert (first, second) == (200, 429)


class TestPromises:
    def test_are_valid_openapi_as_served(self, program: Program, offered: Installation) -> None:
        for path in ("/api/v1/openapi.json", f"{program.home}/openapi.json"):
            document = program.get(path).json()
            assert [fault.message for fault in OpenAPIV31SpecValidator(document).iter_errors()] == []
