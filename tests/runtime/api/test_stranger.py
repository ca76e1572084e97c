"""A stranger's client reads the OpenAPI documents and tries all they allow, and much they do not.

T28, T39: no answer of 5xx, none that the documents do not promise, however many names are added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from runtime.regions.models import Region
from tests import factories

SITE = "http://tangerang.localhost"
PLAIN = {"Accept-Encoding": "identity"}
"""The client that calls without a network does not unpack what is compressed."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
JUDGED = {200, 201, 422}
KNOWN = {"key": "surat-domisili", "version": 1}
DOCUMENTS = {
    "whole": "/api/v1/openapi.json",
    **{key: f"/api/v1/modules/{key}/1/openapi.json" for key in ("surat-domisili", "aduan-warga")},
}
EXAMPLES = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def offered(tangerang: Region, settings: Any) -> Region:
    """Both ready-made services, and no limit that would end the experiment."""
    settings.RAKIT_LIMITS = dict.fromkeys(settings.RAKIT_LIMITS, 1_000_000)
    settings.RAKIT_DRAFTS_PER_ADDRESS = 0
    for key in ("surat-domisili", "aduan-warga"):
        factories.installed(tangerang, factories.starter(key))
    return tangerang


@pytest.fixture
def app(offered: Region) -> Iterator[Any]:
    """The site as a server runs it, inside the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("path", DOCUMENTS.values(), ids=DOCUMENTS)
class TestStranger:
    @pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
    def test_gets_only_what_is_promised_t28_t39(self, app: Any, path: str, mode: GenerationMode) -> None:
        schema = openapi.from_wsgi(path, app, base_url=SITE)
        operations = [found.ok() for found in schema.get_all_operations()]
        tried: dict[str, Counter[int]] = {}
        for operation in operations:
            if mode is GenerationMode.NEGATIVE and not _takes_something(operation):
                continue
            tried[operation.label] = Counter()
            _ask(operation, mode, tried[operation.label])
        assert all(counts.total() for counts in tried.values())
        posted = [counts for label, counts in tried.items() if label.startswith("POST")]
        assert all(counts.total() >= 10 and counts.keys() & JUDGED for counts in posted), tried


def _takes_something(operation: APIOperation) -> bool:
    """Say whether there is anything about an operation that could be got wrong."""
    return any((operation.body, operation.query, operation.headers, operation.path_parameters))


def _storable(value: Any) -> Any:
    """Return a body without what is refused before anything is judged: control letters and fractions."""
    if isinstance(value, dict):
        return {_storable(name): _storable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, float):
        return int(value)
    return "".join(letter for letter in value if letter.isprintable()) if isinstance(value, str) else value


def _ask(operation: APIOperation, mode: GenerationMode, counts: Counter[int]) -> None:
    @EXAMPLES
    @given(case=operation.as_strategy(generation_mode=mode), known=st.booleans())
    def ask(case: Case, known: bool) -> None:
        for name in (set(case.path_parameters) & set(KNOWN)) if known else ():
            case.path_parameters[name] = KNOWN[name]
        if known:
            case.body = _storable(case.body)
        counts[case.call_and_validate(base_url=SITE, checks=CHECKS, headers=PLAIN).status_code] += 1

    ask()
