"""T1, T2: words of authors and of applicants add no element, handler or script address to any page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from builder import services as modules
from runtime.cases.models import Case
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.hostile.payloads import PAYLOADS, PLAIN, written
from tests.hostile.skeleton import Skeleton
from tests.runtime import permit
from tests.runtime.wizard.forms import DATA, Applicant

Pages = dict[str, str]
FILED = {"reason": "b"}
PAGER = ("a", ("class", "href", "rel"))
GROWING = ("desk", "case", "flow")
"""Each round adds a case to the desk, and drawings turn longer words into more lines: these pages may have
more of the same, and nothing else."""


@pytest.fixture
def clerk_here(tangerang: Region, village: Region) -> User:
    """Somebody at the counter, and somebody above who can sign."""
    factories.staff("head", village, "kepala")
    return factories.staff("clerk", village, "loket")


@pytest.fixture
def walked(tangerang: Region, clerk_here: User, client_on: Callable[..., Client]) -> Callable[..., Pages]:
    """Offer the permit in some words, apply in others, and return every page that is met on the way."""
    number = iter(range(1, 100))

    def walk(author: str, applicant: str) -> Pages:
        document = written(permit.document(), author)
        factories.installed(tangerang, json.dumps(document), next(number))
        person = Applicant(client_on(tangerang))
        pages = _citizen(person, applicant)
        with scope.use(tangerang):
            case = Case.objects.latest("pk")
        return pages | _tracking(person.client, case) | _officer(client_on(tangerang, clerk_here), case)

    return walk


def _citizen(person: Applicant, words: str) -> Pages:
    pages = {
        "front page": person.client.get("/"),
        "catalogue": person.client.get("/services/"),
        "service": person.client.get("/services/izin/"),
        "empty form": person.get("data"),
        "form with mistakes": person.post("data", **(DATA | {"name": words, "age": words, "email": words})),
        "form with mistakes, again": person.get("data"),
    }
    assert person.post("data", **(DATA | FILED | {"name": words})).status_code == 302
    pages["filled form"] = person.get("data")
    pages["second page"] = person.get("more")
    assert person.post("more", detail=words).status_code == 302
    pages["review"] = person.get("review")
    pages["saved"] = person.client.get(person.home + "saved/")
    sent = person.send()
    assert sent.status_code == 302, sent.content.decode()[:500]
    pages["receipt"] = person.client.get(sent["Location"])
    return _texts(pages)


def _tracking(client: Client, case: Case) -> Pages:
    return _texts(
        {
            "tracking": client.get(f"/track/{case.reference}/"),
            "withdrawing": client.get(f"/track/{case.reference}/withdraw/"),
        }
    )


def _officer(client: Client, case: Case) -> Pages:
    return _texts(
        {
            "desk": client.get("/desk/"),
            "case": client.get(f"/desk/cases/{case.reference}/"),
            "forwarding": client.get(f"/desk/cases/{case.reference}/forward/"),
            "sending back": client.get(f"/desk/cases/{case.reference}/send_back/"),
        }
    )


def _texts(pages: dict[str, Any]) -> Pages:
    wrong = {name: page.status_code for name, page in pages.items() if page.status_code != 200}
    assert not wrong
    return {name: page.content.decode() for name, page in pages.items()}


def _harmless(plain: Pages, hostile: Pages) -> None:
    for name, html in hostile.items():
        found, wanted = Skeleton(html), Skeleton(plain[name])
        if name in GROWING:
            assert set(found.bones) <= {*wanted.bones, PAGER}, name
        else:
            assert found.bones == wanted.bones, name
        assert found.handlers == [], name
        assert found.dangerous == [], name


class TestSkeleton:
    """The judge of these tests sees what it should."""

    @pytest.mark.parametrize("payload", [p for p in PAYLOADS if re.search(r"<[a-z]+[ >]", p)])
    def test_sees_each_payload_that_is_not_escaped(self, payload: str) -> None:
        for frame in ("<p>%s</p>", '<input value="%s">', "<textarea>%s</textarea>"):
            hostile, plain = Skeleton(frame % payload), Skeleton(frame % PLAIN)
            if hostile.bones != plain.bones:
                return
        pytest.fail(payload)


class TestAuthor:
    """T1: titles, labels, helps, options, statuses, actions."""

    @pytest.mark.once
    def test_T1_adds_nothing_to_any_page(self, walked: Callable[..., Pages]) -> None:
        walked(PLAIN, "Siti")  # a desk with one case and one with more are drawn differently
        plain = walked(PLAIN, "Siti")
        assert sum(PLAIN in html for html in plain.values()) > 14
        for payload in PAYLOADS:
            _harmless(plain, walked(payload, "Siti"))

    @pytest.mark.parametrize("mode", ["page:data", "page:more", "review", "service", "flow"])
    def test_T1_adds_nothing_to_the_preview(
        self, mode: str, tangerang: Region, client_on: Callable[..., Client], clerk: User
    ) -> None:
        client = client_on(tangerang, clerk)
        with scope.use(tangerang):
            module = modules.create_module(region=tangerang, title="Izin", user=clerk)
        address = reverse("wagtailsnippets_builder_module:preview_on_edit", args=[module.pk])

        def previewed(words: str) -> Pages:
            client.post(address, {"document": json.dumps(written(permit.document(), words))})
            return _texts({mode: client.get(address, {"mode": mode})})

        plain = previewed(PLAIN)
        assert PLAIN in plain[mode]
        for payload in PAYLOADS:
            _harmless(plain, previewed(payload))


class TestApplicant:
    """T2: what applicants answer, on their own pages and at the desk."""

    @pytest.mark.once
    def test_T2_adds_nothing_to_any_page(self, walked: Callable[..., Pages]) -> None:
        walked("Kata", PLAIN)
        plain = walked("Kata", PLAIN)
        assert sum(PLAIN in html for html in plain.values()) > 6
        for payload in PAYLOADS:
            _harmless(plain, walked("Kata", payload))
