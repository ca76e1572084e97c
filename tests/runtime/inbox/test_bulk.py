"""Several cases at once at the desk: ticked, chosen, looked at, done, and told one by one."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from runtime.batches.models import Batch, Item
from runtime.batches.services import MOST
from runtime.cases.models import Case, CaseEvent, Task
from runtime.jobs.models import Job
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.bulk import many as many  # the fixture
from tests.runtime.bulk import waiting
from tests.runtime.conftest import Village

SIGN = "izin-banyak:sign"


def boxes(client: Client, query: str = "") -> list[str]:
    """Return what the boxes of the work list send."""
    page = client.get(f"/desk/{query}").content.decode()
    return re.findall(r'name="t" value="(\d+\.\d+)"', page)


def open_task(reference: str) -> int:
    return Task.objects.get(case__reference=reference, closed_at__isnull=True).pk


def do(client: Client, ticked: list[str], chosen: str = SIGN, **more: Any) -> Any:
    given = {"t": ticked, "do": chosen, "key": str(uuid.uuid4())} | more
    return client.post("/desk/bulk/", given, follow=True)


class TestWorkList:
    def test_has_boxes_where_something_can_be_done_on_many(
        self, many: Village, head_at: Client, clerk_at: Client
    ) -> None:
        waiting(many, 2)
        many.submit()
        assert len(boxes(head_at)) == 2
        assert (
            len(boxes(clerk_at)) == 1
        )  # to be given away: the clerk's only action asks for a page of its own
        assert "Kerjakan yang dicentang sekaligus" not in clerk_at.get("/desk/").content.decode()
        page = head_at.get("/desk/?all=1").content.decode()
        assert page.count(" checked>") == 2
        assert "Kosongkan pilihan" in page


class TestBulk:
    def test_asks_which_action_and_shows_what_it_does_to_each_case(
        self, many: Village, head_at: Client
    ) -> None:
        waiting(many, 1)
        waiting(many, 1, age=9)
        ticked = boxes(head_at)
        asked = head_at.get("/desk/bulk/", {"t": ticked}).content.decode()
        assert ("Tanda tangani" in asked, "Tolak" in asked) == (True, True)
        shown = head_at.get("/desk/bulk/", {"t": ticked, "do": SIGN}).content.decode()
        assert "Permohonan berpindah ke tahap “Selesai”." in shown
        assert "Syarat untuk langkah ini belum terpenuhi" in shown
        assert "Tanda tangani: 1 permohonan" in shown
        assert CaseEvent.objects.filter(action="sign").count() == 0

    def test_does_them_and_lists_done_and_refused_with_the_sentence(
        self, many: Village, head_at: Client
    ) -> None:
        good, stale = waiting(many, 2)
        ticked = boxes(head_at)
        many.perform(stale, "task:claim", many.head, task=open_task(stale))
        page = do(head_at, [*ticked, "999999999.1", "nonsense"]).content.decode()
        assert "1 selesai" in page
        assert "3 tidak dilakukan" in page
        assert "Permohonan ini sudah berubah sejak Anda membukanya." in page
        assert "Tidak ada tugas seperti itu di daerah ini." in page
        assert dict(Case.objects.values_list("reference", "status")) == {good: "done", stale: "sign"}

    def test_done_twice_by_one_form_is_done_once(self, many: Village, head_at: Client) -> None:
        waiting(many, 2)
        ticked, key = boxes(head_at), str(uuid.uuid4())
        first, second = (do(head_at, ticked, key=key) for _press in range(2))
        assert first.request["PATH_INFO"] == second.request["PATH_INFO"]
        assert (Batch.objects.count(), CaseEvent.objects.filter(action="sign").count()) == (1, 2)

    def test_wants_the_reason_that_the_action_wants_and_writes_it_to_each(
        self, many: Village, head_at: Client
    ) -> None:
        waiting(many, 2)
        ticked = boxes(head_at)
        refused = do(head_at, ticked, "izin-banyak:refuse", comment=" ")
        assert refused.status_code == 422
        assert not Batch.objects.exists()
        do(head_at, ticked, "izin-banyak:refuse", comment="Lokasi di luar wilayah")
        notes = CaseEvent.objects.filter(action="refuse").values_list("note", flat=True)
        assert list(notes) == ["Lokasi di luar wilayah"] * 2

    @pytest.mark.parametrize("count", [0, MOST + 1])
    def test_of_nothing_or_too_much_says_so_and_does_nothing(
        self, many: Village, head_at: Client, count: int
    ) -> None:
        page = do(head_at, [f"{n}.1" for n in range(count)]).content.decode()
        assert ("Centang setidaknya satu" if not count else f"Paling banyak {MOST}") in page
        assert not Batch.objects.exists()

    def test_of_what_is_not_for_many_is_refused_case_by_case(self, many: Village, clerk_at: Client) -> None:
        reference = many.submit().reference
        case = Case.objects.get(reference=reference)
        ticked = [f"{case.tasks.get().pk}.{case.revision}"]
        assert "buka satu per satu" in clerk_at.get("/desk/bulk/", {"t": ticked}).content.decode()
        page = do(clerk_at, ticked, "izin-banyak:send_back", comment="Perbaiki").content.decode()
        assert "dikerjakan satu per satu" in page
        assert CaseEvent.objects.count() == 1

    def test_of_handing_on_tells_nobody_but_administrators_of_other_cases(
        self, many: Village, client_on: ClientOn
    ) -> None:
        (reference,) = waiting(many, 1)
        guard = client_on(many.region, factories.staff("guard", many.region, "satpam"))
        page = do(guard, [f"{open_task(reference)}.2"], ":task:reassign").content.decode()
        assert reference not in page
        (item,) = Item.objects.all()
        assert (item.state, item.reason, item.reference) == (Item.State.REFUSED, "wrong_role", "")


class TestResult:
    def test_shows_how_far_a_long_batch_is_and_stops_the_rest(self, many: Village, head_at: Client) -> None:
        waiting(many, 2)
        done = do(head_at, boxes(head_at))
        Job.objects.update(finished_at=None, state="running")
        Item.objects.filter(n=2).update(state="waiting")
        address = done.request["PATH_INFO"]
        page = head_at.get(address).content.decode()
        assert "1 dari 2" in page
        stopped = head_at.post(f"{address}cancel/", follow=True).content.decode()
        assert "Dihentikan sebelum dilakukan." in stopped

    def test_is_for_whoever_began_it(self, many: Village, head_at: Client, clerk_at: Client) -> None:
        waiting(many, 1)
        address = do(head_at, boxes(head_at)).request["PATH_INFO"]
        assert clerk_at.get(address).status_code == 404
        assert clerk_at.post(f"{address}cancel/").status_code == 404
