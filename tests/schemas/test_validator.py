"""The one door to JSON Schema: what it adds to the library behind it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from schemas import validator
from tests.schemas import evil


class Listener(HTTPServer):
    """A real server that counts who asks."""

    def __init__(self) -> None:
        self.hits: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(handler) -> None:  # noqa: N805
                self.hits.append(handler.path)
                handler.send_response(200)
                handler.end_headers()
                handler.wfile.write(b"{}")

            def log_message(handler, *_: Any) -> None:  # noqa: N805
                pass

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Listen on this machine while the test runs."""
    server = Listener()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def broken(schema: Any, value: Any, **given: Any) -> list[str]:
    return [str(fault.validator) for fault in validator.errors(validator.build(schema, **given), value)]


class TestReferences:
    """`$ref` reaches what was given and nothing else."""

    @pytest.mark.parametrize(
        "schema",
        [
            {"$ref": "{address}/x.json"},
            {"$dynamicRef": "{address}/x.json#a"},
            {"$id": "{address}/y.json", "$ref": "x.json"},
            {"properties": {"a": {"$ref": "{address}/x.json#/$defs/b"}}},
            {"$schema": "{address}/meta.json", "$ref": "{address}/meta.json"},
            {"allOf": [{"items": {"$ref": "{address}/x.json"}}, {"$ref": "{address}/x.json"}]},
        ],
    )
    def test_T14_never_fetches(self, listener: Listener, schema: Any) -> None:
        address = f"http://127.0.0.1:{listener.server_port}"
        placed = _placed(schema, address)
        for value in ({"a": 1}, [1], "a"):
            with suppress(validator.UnknownReference):
                broken(placed, value)
        with pytest.raises(validator.UnknownReference, match=r"(x|meta)\.json"):
            broken(placed, {"a": 1})
        assert listener.hits == []

    def test_T14_never_reads_a_file(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret.json"
        secret.write_text('{"const": "canary-7391"}')
        for reference in (secret.as_uri(), str(secret), f"file:{secret}", secret.name):
            with pytest.raises(validator.UnknownReference) as refused:
                broken({"$ref": reference}, 1)
            assert "canary" not in str(refused.value)

    def test_follows_what_was_given(self) -> None:
        text = {"$id": "urn:x:text", "type": "string"}
        assert broken({"$ref": "urn:x:text"}, 1, others=[text]) == ["type"]
        assert broken({"$ref": "http://x.test/a.json"}, 1, at={"http://x.test/a.json": text}) == ["type"]
        assert broken({"$ref": "#/$defs/a", "$defs": {"a": False}}, 1) == ["None"]


class TestKeywords:
    """Keywords of our own making mean what the standard says, in time linear in the value."""

    def test_T16_judges_a_long_text_by_an_evil_pattern_in_a_moment(self) -> None:
        for pattern in evil.PATTERNS[:6]:
            broken({"pattern": pattern}, evil.text(pattern))
            broken({"patternProperties": {pattern: True}, "additionalProperties": False}, {"a" * 1000: 1})

    def test_asks_additional_properties_only_of_names_nobody_knows(self) -> None:
        schema = {"properties": {"a": True}, "patternProperties": {"^x-": True}}
        assert broken({**schema, "additionalProperties": False}, {"a": 1, "x-b": 1}) == []
        assert broken({**schema, "additionalProperties": False}, {"a": 1, "b": 1}) == ["additionalProperties"]
        assert broken({**schema, "additionalProperties": {"type": "string"}}, {"a": 1, "b": 1}) == ["type"]

    def test_judges_formats_only_when_told_to(self) -> None:
        assert broken({"format": "date"}, "2026-02-30") == ["format"]
        assert broken({"format": "date"}, "2026-02-30", formats=False) == []
        assert broken({"format": "no-such-format"}, "x") == []

    @pytest.mark.parametrize(("schema", "wrong"), [(True, []), (False, ["None"])])
    def test_knows_schemas_that_are_only_yes_or_no(self, schema: bool, wrong: list[str]) -> None:
        assert broken(schema, 1) == wrong


def _placed(schema: Any, address: str) -> Any:
    if isinstance(schema, dict):
        return {name: _placed(value, address) for name, value in schema.items()}
    if isinstance(schema, list):
        return [_placed(value, address) for value in schema]
    return schema.replace("{address}", address) if isinstance(schema, str) else schema


class TestUnique:
    @pytest.mark.parametrize(
        ("items", "valid"),
        [
            ([1, 1.0], False),
            ([[1], [1.0]], False),
            ([{"a": 2}, {"a": 2.0}], False),
            ([1, True], True),
            ([{"a": 0}, {"a": False}], True),
            ([1, 1.5, "1"], True),
        ],
    )
    def test_tells_items_apart_by_their_value_not_by_how_it_is_written(
        self, items: list[Any], valid: bool
    ) -> None:
        checker = validator.build({"uniqueItems": True})
        assert (next(validator.errors(checker, items), None) is None) is valid
