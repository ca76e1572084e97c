"""The registers that a document names and its region is not connected to, as the editor tells it."""

from __future__ import annotations

from typing import Any

import pytest

from builder import connections, problems
from runtime.regions.models import Region
from schemas import parse
from tests.runtime.registers.registry import Registry
from tests.runtime.wizard import domicile


def told(region: Region, **prefill: Any) -> list[tuple[str, str]]:
    document = parse.read_json(domicile.as_text())[0]
    name = next(f for page in document["pages"] for f in page["fields"] if f["key"] == "name")
    name["prefill"].update(prefill)
    module = parse.check_value(document).module
    assert module is not None
    found = tuple(connections.missing(module, region, language="id"))
    said = problems.described(found, document)
    assert all("{" not in one["sentence"] and one["tab"] == "questions" for one in said)
    assert all(problem.severity == "warning" for problem in found)
    return [(problem.code, problem.pointer) for problem in found if "/fields/0/" in problem.pointer]


class TestMissing:
    def test_is_content_with_a_register_that_can_do_it(self, tangerang: Region, registry: Registry) -> None:
        assert told(tangerang) == []

    def test_tells_a_register_that_is_not_there(
        self, tangerang: Region, poso: Region, registry: Registry, settings: Any
    ) -> None:
        settings.RAKIT_REGISTERS = {"dukcapil": registry.entry(only=["tangerang"])}
        place = "/pages/1/fields/0/prefill"
        assert told(poso) == [(connections.NOT_CONNECTED, f"{place}/register")]
        assert told(tangerang, register="pajak") == [(connections.NOT_CONNECTED, f"{place}/register")]

    @pytest.mark.parametrize(
        ("prefill", "code", "place"),
        [
            ({"value": "golongan_darah"}, connections.CANNOT_TELL, "value"),
            ({"by": {"nomor": "nik", "lahir": "birth"}}, connections.CANNOT_BE_ASKED, "by"),
        ],
    )
    def test_tells_what_a_register_cannot_do(
        self, tangerang: Region, registry: Registry, prefill: dict[str, Any], code: str, place: str
    ) -> None:
        assert told(tangerang, **prefill) == [(code, f"/pages/1/fields/0/prefill/{place}")]
