"""Watching a case: whom it is shown to, and for how long."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from runtime.inbox import watching
from runtime.inbox.models import Watch
from runtime.regions.models import Membership
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village

LIST = "/desk/?tab=watched"


def turn(client: Client, reference: str, on: str = "1") -> int:
    return client.post(f"/desk/cases/{reference}/watch/turn/", {"on": on}).status_code


def listed(client: Client, query: str = "") -> list[str]:
    return [row.reference for row in client.get(LIST + query).context["work"].rows]


class TestWatch:
    def test_keeps_a_case_in_the_list_whosever_turn_it_is(self, desk: Village, clerk_at: Client) -> None:
        case, other = desk.submit().reference, desk.submit().reference
        assert "Pantau" in clerk_at.get(f"/desk/cases/{case}/").content.decode()
        assert turn(clerk_at, case) == turn(clerk_at, case) == 302
        desk.forward(case)
        assert listed(clerk_at) == [case]
        desk.perform(case, "refuse", desk.head, comment="Belum memenuhi syarat")
        page = clerk_at.get(LIST)
        assert [(row.reference, row.closed) for row in page.context["work"].rows] == [(case, True)]
        assert page.context["work"].tabs[3].count == 1
        assert other not in page.content.decode()
        assert "Berhenti memantau" in clerk_at.get(f"/desk/cases/{case}/").content.decode()
        assert turn(clerk_at, case, on="") == 302
        assert listed(clerk_at) == []
        assert "Belum ada yang Anda pantau" in clerk_at.get(LIST).content.decode()

    def test_is_ones_own_affair(self, desk: Village, clerk_at: Client, client_on: ClientOn) -> None:
        turn(clerk_at, desk.submit().reference)
        colleague = client_on(desk.region, factories.staff("clerk", desk.office, "loket-2"))
        assert listed(colleague) == []

    def test_opens_nothing_to_who_has_lost_the_post(
        self, desk: Village, clerk_at: Client, head_at: Client
    ) -> None:
        case = desk.submit().reference
        assert turn(head_at, case) == 404
        assert not Watch.objects.exists()
        turn(clerk_at, case)
        Membership.objects.filter(user=desk.clerk).delete()
        factories.member(desk.clerk, "archivist", desk.office)
        assert listed(clerk_at) == []
        assert clerk_at.get(LIST).context["work"].tabs[3].count == 0

    def test_is_searched_and_filtered_like_the_other_lists(self, desk: Village, clerk_at: Client) -> None:
        maria, budi = (
            desk.submit(answers=permit.answers(village=desk.office.key, name=name)).reference
            for name in ("Maria Ulfah", "Budi")
        )
        for case in (maria, budi):
            turn(clerk_at, case)
        assert listed(clerk_at, "&q=ULFAH") == [maria]
        assert listed(clerk_at, "&service=lain") == []
        assert set(listed(clerk_at, "&sort=new&service=izin")) == {maria, budi}

    def test_says_when_there_are_too_many(
        self, desk: Village, clerk_at: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(watching, "MOST", 1)
        first, second = desk.submit().reference, desk.submit().reference
        turn(clerk_at, first)
        turn(clerk_at, second)
        assert "sudah memantau 1 permohonan" in clerk_at.get(LIST).content.decode()
        assert listed(clerk_at) == [first]

    def test_costs_as_many_questions_however_many_are_watched(self, desk: Village, clerk_at: Client) -> None:
        counts = []
        for _round in range(2):
            for _case in range(3):
                turn(clerk_at, desk.submit().reference)
            clerk_at.get(LIST)
            with CaptureQueriesContext(connection) as queries:
                clerk_at.get(LIST)
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 12
