"""The button pressed fifty times at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from runtime.cases.models import Case
from runtime.effects.models import EffectRun
from runtime.regions import scope
from runtime.wizard.models import Draft
from tests.runtime.wizard.forms import Applicant

TIMES = 50


@pytest.mark.django_db(transaction=True)
class TestDoubleSubmit:
    """Fifty equal posts, one case."""

    def test_T25_files_one_case_and_gives_every_post_the_same_receipt(
        self, applicant: Applicant, client_on: Callable[..., Any], tangerang: Any
    ) -> None:
        applicant.fill(email="siti@contoh.id")
        ready = Barrier(TIMES)

        def press(_number: int) -> tuple[int, str]:
            client = client_on(tangerang)
            try:
                ready.wait(30)
                sent = client.post(applicant.at("review"), {"agree": "on"})
                page = client.get(sent["Location"])
                return sent.status_code, page.context["case"].reference
            finally:
                connection.close()

        with ThreadPoolExecutor(TIMES) as pool:
            receipts = list(pool.map(press, range(TIMES)))
        with scope.everywhere("a test counts"):
            assert Case.objects.count() == 1
            assert EffectRun.objects.filter(type="mail").count() == 1
            draft = Draft.objects.get(token=applicant.token)
        assert {code for code, _reference in receipts} == {302}
        assert {reference for _code, reference in receipts} == {draft.reference}
