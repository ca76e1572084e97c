"""T6, T15, T28, T38: every address of the editor refuses in words what none of its forms sends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Revision

from builder import services
from builder.models import BankEntry, DraftComment, DraftLink, Module, ModuleLogEntry, Release, Review
from runtime.datasets.models import Dataset, Edition, Upload
from runtime.regions import scope
from tests.cms.access.world import World
from tests.cms.test_access_matrix import world as world  # the fixture
from tests.hostile.editor import SENT, addresses, attacks

CANARY = "Kanariposo"
SCRIPT = b"<script>alert(1)"
KEPT = (BankEntry, DraftComment, DraftLink, Module, ModuleLogEntry, Release, Review, Dataset, Edition, Upload)
NUMBERS = ("0", "999999999", str(2**63), "9" * 40)

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbour(world: World) -> Iterator[Module]:
    """A service of the other region, whose name must never be seen in this one."""
    with transaction.atomic():
        with scope.use(world.there):
            yield services.create_module(region=world.there, title=CANARY, user=None)
        transaction.set_rollback(True)


def held() -> list[int]:
    """Count everything that the editor writes."""
    with scope.everywhere("a test counts"):
        return [kind.objects.count() for kind in (*KEPT, Revision)]


def said(answer: HttpResponse) -> bytes:
    body: bytes = b"".join(answer) if answer.streaming else answer.content
    return body


def wrong(client: Client, path: str, method: str, given: dict[str, Any]) -> Iterator[str]:
    """Ask, take back what was done, and say what is wrong with the answer."""
    with transaction.atomic():
        before = held()
        answer = getattr(client, method)(*(("POST", path) if method == "generic" else (path,)), **given)
        body, after, status = said(answer), held(), answer.status_code
        transaction.set_rollback(True)
    asked = f"{method} {path} {str(given)[:200]}: {status}"
    if status >= 500:
        yield f"{asked}, {getattr(answer, 'exc_info', None)!r}"
    if status >= 400 and after != before:
        yield f"{asked}, refused and half done: {before} {after}"
    if status >= 400 and status != 405 and not re.search(rb"<h1|[a-z]{3,} [a-z]{3,}", body):
        yield f"{asked}, without a word why"
    if CANARY.encode() in body:
        yield f"{asked}, with what is the neighbour's"
    if SCRIPT in body:
        yield f"{asked}, with a script that runs"


def named(pattern: str, path: str, numbers: tuple[str, str]) -> list[str]:
    """Return the address with another number: of the service, list or entry, and of its version.

    Each has numbers of its own: that of a neighbour's service may well be that of a version of ours.
    """
    paths = []
    for at, part in enumerate(re.finditer(r"(?<=/)\d+(?=/)", path)):
        paths.append(path[: part.start()] + numbers[min(at, 1)] + path[part.end() :])
    return paths if "letter" not in pattern else paths[:1]


def root(world: World, **how: Any) -> Client:
    """Return a client of whoever may do everything in the region."""
    client = Client(headers={"host": world.here.host or ""}, raise_request_exception=False, **how)
    client.cookies = world.client("administrator", world.here).cookies
    return client


class TestAddresses:
    def test_are_all_attacked(self) -> None:
        """Whoever adds an address says in `tests/hostile/editor.py` what its form sends."""
        assert set(addresses()) == set(SENT)

    @pytest.mark.parametrize("pattern", SENT)
    def test_T28_refuse_in_words_what_no_form_of_theirs_sends(
        self, world: World, neighbour: Module, pattern: str
    ) -> None:
        client, path = root(world), world.path(pattern)
        sent = attacks(SENT[pattern], list(SENT).index(pattern))
        assert [line for how, given in sent for line in wrong(client, path, how, given)] == []

    @pytest.mark.parametrize("pattern", SENT)
    def test_T38_take_nothing_from_other_sites(self, world: World, pattern: str) -> None:
        client, path = root(world, enforce_csrf_checks=True), world.path(pattern)
        fields = dict.fromkeys((*SENT[pattern], "do"), "1")
        before = held()
        for given in ({"data": fields}, {"data": "{}", "content_type": "application/json"}):
            answer = client.post(path, **given)
            assert answer.status_code == 403
            assert b"<h1" in answer.content
        assert held() == before

    @pytest.mark.parametrize("pattern", [one for one in SENT if "<" in one])
    def test_T6_know_nothing_of_a_neighbour_or_of_what_is_gone(
        self, world: World, neighbour: Module, pattern: str
    ) -> None:
        """The number of a service, version, list or entry that there is not, and that another region has."""
        client, own, before = root(world), world.path(pattern), held()
        theirs = (str(neighbour.pk), str(neighbour.latest_revision_id))
        for numbers in (theirs, *((number, number) for number in NUMBERS)):
            for path in named(pattern, own, numbers):
                for answer in (client.get(path), client.post(path, dict.fromkeys(SENT[pattern], "1"))):
                    assert answer.status_code in {302, 404, 405}, (path, answer.status_code)
                    assert CANARY.encode() not in answer.content
                    assert answer.status_code != 302 or "/edit/" not in answer["Location"]
        assert held() == before
