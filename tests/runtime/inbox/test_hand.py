"""Whose hands a task lies in: taken on, given back, handed on; and who is refused."""

from __future__ import annotations

from django.test import Client

from runtime.cases import chain, selectors
from runtime.cases.models import Case, CaseEvent, Task
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.board import Committee
from tests.runtime.board import board as board  # the fixture
from tests.runtime.conftest import Village


def only(desk: Village, reference: str) -> Task:
    return Task.objects.get(case__reference=reference, closed_at__isnull=True)


def where(desk: Village, reference: str) -> str:
    return f"/desk/cases/{reference}/hand/{only(desk, reference).pk}/"


class TestHand:
    def test_a_task_is_taken_on_and_given_back(
        self, desk: Village, clerk_at: Client, client_on: ClientOn
    ) -> None:
        reference = desk.submit().reference
        colleague = factories.staff("clerk", desk.office, "loket2")
        assert "belum diambil" in clerk_at.get(f"/desk/cases/{reference}/").content.decode()
        clerk_at.post(where(desk, reference), {"do": "claim", "key": "a"})
        assert only(desk, reference).claimed_by == desk.clerk
        assert list(selectors.work(desk.region, colleague)) == []
        page = client_on(desk.region, colleague).get(f"/desk/cases/{reference}/").content.decode()
        assert "pada Loket" in page
        refused = [one.refused for one in selectors.available_actions(_case(reference), colleague, desk.now)]
        assert {one.reason for one in refused if one} == {"claimed"}
        clerk_at.post(where(desk, reference), {"do": "release", "key": "b"})
        assert only(desk, reference).claimed_by is None
        assert [e.action for e in CaseEvent.objects.order_by("n")] == ["filed", "task:claim", "task:release"]
        assert chain.verify(_case(reference)) == []

    def test_is_handed_to_a_colleague_who_holds_the_role_and_nobody_else(
        self, desk: Village, clerk_at: Client
    ) -> None:
        reference = desk.submit().reference
        colleague = factories.staff("clerk", desk.office, "loket2")
        shown = clerk_at.get(where(desk, reference))
        assert [name for _pk, name in shown.context["people"]] == ["Loket", "Loket2"]
        wrong = clerk_at.post(where(desk, reference), {"do": "hand", "person": str(desk.head.pk), "key": "a"})
        assert wrong.status_code == 422
        long = {"do": "hand", "person": str(colleague.pk), "key": "c", "note": "x" * 2000 + "akhir"}
        refused = clerk_at.post(where(desk, reference), long)
        assert refused.status_code == 422
        assert "2.005" in refused.content.decode()
        assert "xakhir</textarea>" in refused.content.decode()
        given = {"do": "hand", "person": str(colleague.pk), "key": "b", "note": "Tolong lanjutkan"}
        assert clerk_at.post(where(desk, reference), given).status_code == 302
        assert only(desk, reference).claimed_by == colleague
        page = clerk_at.get(f"/desk/cases/{reference}/").content.decode()
        assert "Tugas diserahkan kepada Loket2" in page
        assert "Tolong lanjutkan" in page

    def test_of_a_colleague_is_not_given_away(self, desk: Village, clerk_at: Client) -> None:
        reference = desk.submit().reference
        colleague = factories.staff("clerk", desk.office, "loket2")
        Task.objects.update(claimed_by=colleague)
        for do in ("release", "claim"):
            clerk_at.post(where(desk, reference), {"do": do, "key": do})
        assert clerk_at.get(where(desk, reference)).status_code == 302
        assert only(desk, reference).claimed_by == colleague
        assert CaseEvent.objects.count() == 1

    def test_is_hidden_from_who_has_no_part_in_the_case(self, desk: Village, client_on: ClientOn) -> None:
        reference = desk.submit().reference
        elsewhere = factories.staff("clerk", factories.office(desk.region), "jauh")
        assert client_on(desk.region, elsewhere).post(where(desk, reference)).status_code == 404

    def test_the_applicant_is_not_told_of_it(self, desk: Village, clerk_at: Client) -> None:
        reference = desk.submit().reference
        clerk_at.post(where(desk, reference), {"do": "claim", "key": "a"})
        told = selectors.public_view(_case(reference), "id").past
        assert [entry.title for entry in told] == ["Permohonan diterima"]


def _case(reference: str) -> Case:
    return Case.objects.select_related("region", "version", "office").get(reference=reference)


class TestSeats:
    def test_are_shown_once_to_whoever_can_take_one(self, board: Committee, client_on: ClientOn) -> None:
        reference, one = board.sitting(), board.members[0]
        at = client_on(board.region, one)

        def shown() -> list[tuple[bool, bool]]:
            page = at.get(f"/desk/cases/{reference}/").context["page"]
            return [(task.takes, task.mine) for task in page.tasks]

        assert shown() == [(True, False)]
        task = Task.objects.filter(key="suara").order_by("seat")[0]
        at.post(f"/desk/cases/{reference}/hand/{task.pk}/", {"do": "claim", "key": "a"})
        assert shown() == [(False, True)]
        board.do(reference, "suara", one, outcome="setuju")
        assert shown() == []
