"""Applicants read which other systems were told of their cases, and which answers; not before it has left."""

from __future__ import annotations

import json
import re

from django.test import Client

from runtime.cases.models import Case
from runtime.effects import services
from runtime.outside.models import Connection
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.conftest import desk as desk  # the fixture
from tests.runtime.effects.test_webhook import connected, telling
from tests.runtime.outside.receiver import Receiver

__all__ = ["connected", "telling"]


def filed(telling: Village) -> str:
    kids = [{"kid": "KANARI"}]
    return telling.submit(answers=permit.answers(village=telling.office.key, kids=kids)).reference


def told(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", client.get(path).content.decode())


def owner_of(telling: Village, client_on: ClientOn, *references: str) -> Client:
    owner = factories.person("pemilik")
    Case.objects.filter(reference__in=references).update(applicant=owner)
    return client_on(telling.region, owner)


class TestHanded:
    def test_names_the_system_and_the_answers_on_the_status_page_and_the_account(
        self, telling: Village, connected: Connection, receiver: Receiver, client_on: ClientOn
    ) -> None:
        first, second = filed(telling), filed(telling)
        client = owner_of(telling, client_on, first, second)
        services.run_due(now=telling.now)
        for path in (f"/track/{first}/", f"/track/{first}/views/", "/account/views/"):
            page = told(client, path)
            assert "Dikirim ke Keuangan" in page
            assert "Nomor permohonan Anda dan statusnya; Umur, Anak" in page
            assert "KANARI" not in page.partition("Siapa yang melihat")[2]
        assert second not in told(client, f"/track/{first}/views/")
        assert all(reference in told(client, "/account/views/") for reference in (first, second))

    def test_is_silent_about_what_has_not_arrived(
        self, telling: Village, connected: Connection, receiver: Receiver, client_on: ClientOn
    ) -> None:
        receiver.status = 500
        reference = filed(telling)
        services.run_due(now=telling.now)
        assert json.loads(receiver.got[0].body)["case"] == reference
        assert "Dikirim ke" not in told(owner_of(telling, client_on, reference), f"/track/{reference}/views/")


class TestOfAll:
    def test_T5_tells_of_ones_own_cases_alone_in_as_few_questions_as_of_one(
        self, desk: Village, client_on: ClientOn, django_assert_max_num_queries: object
    ) -> None:
        own, other = [desk.submit().reference for _ in range(4)], desk.submit().reference
        clerk = client_on(desk.region, desk.clerk)
        for reference in (*own, other):
            clerk.get(f"/desk/cases/{reference}/")
        client = owner_of(desk, client_on, *own)
        with django_assert_max_num_queries(15):  # type: ignore[operator]
            page = told(client, "/account/views/")
        assert [reference in page for reference in (*own, other)] == [True] * 4 + [False]
        assert page.count("Petugas loket</b> · Kelurahan Sukasari") == 4
