"""Putting answers right at the desk: what is shown and said before, what is kept, refused, and traced."""

from __future__ import annotations

import html
import uuid
from typing import Any

import pytest
from django.test import Client

from runtime.cases import chain, commenting, selectors
from runtime.cases.selectors import Case
from runtime.viewlog.models import Viewing
from runtime.workflow.commenting import INTERNAL
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village

REASON = "Menurut telepon hari ini"


def path(reference: str) -> str:
    return f"/desk/cases/{reference}/answers/edit/"


def form(client: Client, reference: str, **given: Any) -> dict[str, Any]:
    """Open the page and fill it in with what stands there and `given`."""
    response = client.get(path(reference))
    assert response.status_code == 200
    shown = response.context["form"]
    stood = {
        "page-name": "Siti",
        "page-email": "siti@contoh.id",
        "page-age": "30",
        "page-reason": "a",
    }
    return {"key": shown.key, "seen": shown.seen, "comment": REASON} | stood | given


def stands(desk: Village, reference: str) -> Case:
    case = selectors.case_by_reference(desk.region, reference)
    assert case is not None
    return case


def text(response: Any) -> str:
    return html.unescape(response.content.decode())


class TestAsk:
    def test_shows_the_questions_as_the_applicant_answered_them(
        self, desk: Village, clerk_at: Client
    ) -> None:
        page = text(clerk_at.get(path(desk.submit().reference)))
        assert 'value="Siti"' in page
        assert 'value="30"' in page
        assert page.index("Data</h2>") < page.index("Nama") < page.index("Lainnya</h2>")

    def test_names_a_page_only_when_something_on_it_is_asked(self, desk: Village, clerk_at: Client) -> None:
        def shown(**given: Any) -> bool:
            answers = permit.answers(village=desk.office.key, **given)
            page = clerk_at.get(path(desk.submit(answers=answers).reference))
            heading = page.context["form"].page.blocks[-2]
            assert "Lainnya</h2>" in heading.html
            return bool(heading.shown)

        assert (shown(reason="a"), shown(reason="b", detail="Usaha")) == (False, True)

    def test_says_before_what_happens_and_what_stays_the_applicants(
        self, desk: Village, clerk_at: Client
    ) -> None:
        case = desk.submit().reference
        page = text(clerk_at.get(path(case)))
        assert "Pemohon diberi tahu" in page
        assert "Permohonan tetap pada tahap “Diperiksa”" in page
        assert "Hanya pemohon yang dapat mengubah: Kelurahan." in page
        assert "Berkas tidak ditukar di sini: Berkas." in page
        assert f'<a href="/desk/cases/{case}/comments/write/">komentar</a>' in page
        for name in ("page-village", "page-paper"):
            assert f'name="{name}"' not in page

    def test_says_that_nobody_can_be_told(self, desk: Village, clerk_at: Client) -> None:
        given = permit.answers(village=desk.office.key, email=None)
        assert "Beri tahu sendiri" in text(clerk_at.get(path(desk.submit(answers=given).reference)))

    def test_is_reached_from_the_case_by_whoever_may(
        self, desk: Village, clerk_at: Client, head_at: Client
    ) -> None:
        case = desk.submit().reference
        assert path(case) in text(clerk_at.get(f"/desk/cases/{case}/"))
        desk.forward(case)
        assert path(case) not in text(head_at.get(f"/desk/cases/{case}/"))
        response = head_at.get(path(case), follow=True)
        assert response.redirect_chain == [(f"/desk/cases/{case}/", 302)]
        assert "bukan untuk Anda" in text(response) or "Langkah ini" in text(response)

    def test_hides_the_case_from_other_offices_and_regions(
        self, desk: Village, client_on: ClientOn, poso: Any
    ) -> None:
        elsewhere = factories.office(desk.office.parent or desk.region, "lain")
        other = client_on(desk.region, factories.staff("clerk", elsewhere, "loket-lain"))
        case = desk.submit().reference
        far = client_on(poso, desk.clerk)
        for client in (other, far):
            assert client.get(path(case)).status_code in (403, 404)
            assert client.post(path(case), {"page-name": "X"}).status_code in (403, 404)
        assert stands(desk, case).revision == 1

    def test_counts_as_a_look_at_the_case(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        clerk_at.get(path(case))
        assert list(Viewing.objects.values_list("did", flat=True)) == ["viewed"]


class TestEdit:
    def test_changes_the_answer_and_comes_back_to_the_case(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        response = clerk_at.post(path(case), form(clerk_at, case, **{"page-name": "Siti Aminah"}))
        assert response["Location"] == f"/desk/cases/{case}/"
        after = stands(desk, case)
        assert after.answers == permit.answers(village=desk.office.key, name="Siti Aminah")
        assert chain.verify(after) == []
        page = text(clerk_at.get(response["Location"]))
        assert "Jawaban sudah dibetulkan" in page
        assert "sebelumnya “Siti”" in page
        assert f"alasan: {REASON}" in page
        assert page.count(desk.clerk.get_full_name()) >= 2

    def test_needs_a_reason_and_keeps_what_was_typed(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        response = clerk_at.post(
            path(case), form(clerk_at, case, comment=" ", **{"page-name": "Siti Aminah"})
        )
        assert response.status_code == 422
        assert 'value="Siti Aminah"' in text(response)
        assert 'href="#comment"' in text(response)
        assert stands(desk, case).revision == 1

    def test_says_that_nothing_is_different(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        response = clerk_at.post(path(case), form(clerk_at, case))
        assert response.status_code == 422
        assert "Tidak ada jawaban yang berbeda" in text(response)
        assert stands(desk, case).revision == 1

    def test_takes_spaces_around_a_text_for_no_difference(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit(answers=permit.answers(village=desk.office.key, name="Siti ")).reference
        clerk_at.post(path(case), form(clerk_at, case, **{"page-age": "31"}))
        assert selectors.timeline(stands(desk, case), "id")[-1].edit is not None
        assert stands(desk, case).answers["name"] == "Siti "

    def test_marks_a_wrong_answer_at_its_question(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        response = clerk_at.post(path(case), form(clerk_at, case, **{"page-age": "tiga"}))
        assert response.status_code == 422
        assert 'href="#id_page-age"' in text(response)
        assert 'value="tiga"' in text(response)

    def test_asks_for_a_question_that_comes_up_on_another_page(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        given = form(clerk_at, case, **{"page-reason": "b"})
        response = clerk_at.post(path(case), given)
        assert response.status_code == 422
        assert 'name="page-detail"' in text(response)
        clerk_at.post(path(case), given | {"page-detail": "Usaha"})
        assert stands(desk, case).answers["detail"] == "Usaha"

    @pytest.mark.parametrize(
        "forged",
        [{"page-village": "x"}, {"page-paper": "x"}, {"page-complete": "yes"}, {"page-nothing": "1"}],
    )
    def test_takes_no_answer_that_is_not_on_the_page(
        self, desk: Village, clerk_at: Client, forged: dict[str, str]
    ) -> None:
        case = desk.submit().reference
        response = clerk_at.post(path(case), form(clerk_at, case, **{"page-age": "31"}, **forged))
        assert response.status_code == 422
        assert stands(desk, case).revision == 1

    def test_takes_no_answer_to_a_question_that_is_hidden(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        clerk_at.post(path(case), form(clerk_at, case, **{"page-age": "31", "page-detail": "Usaha"}))
        assert "detail" not in stands(desk, case).answers

    def test_pressed_twice_is_one(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        given = form(clerk_at, case, **{"page-age": "31"})
        for _press in range(2):
            assert clerk_at.post(path(case), given)["Location"] == f"/desk/cases/{case}/"
        assert stands(desk, case).revision == 2

    def test_a_comment_in_between_disturbs_nobody(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        given = form(clerk_at, case, **{"page-age": "31"})
        commenting.comment(
            stands(desk, case), INTERNAL, "Saya periksa.", key="c", now=desk.now, officer=desk.clerk
        )
        clerk_at.post(path(case), given)
        assert stands(desk, case).answers["age"] == 31

    def test_a_colleague_in_between_is_told_and_nothing_typed_is_lost(
        self, desk: Village, clerk_at: Client, client_on: ClientOn
    ) -> None:
        case = desk.submit().reference
        mine = form(clerk_at, case, **{"page-name": "Siti Aminah"})
        colleague = client_on(desk.region, factories.staff("clerk", desk.office, "rekan"))
        colleague.post(path(case), form(colleague, case, **{"page-age": "31"}))
        response = clerk_at.post(path(case), mine)
        page = text(response)
        assert response.status_code == 409
        assert 'value="Siti Aminah"' in page
        assert f"\n{REASON}</textarea>" in page
        assert "Kalau Anda simpan sekarang" in page
        changes = [(one.label, one.before, one.after) for one in response.context["differences"]]
        assert changes == [("Nama", "Siti", "Siti Aminah"), ("Umur", "31", "30")]
        assert stands(desk, case).answers["name"] == "Siti"
        again = mine | {"seen": response.context["form"].seen, "page-age": "31"}
        clerk_at.post(path(case), again)
        assert (stands(desk, case).answers["name"], stands(desk, case).answers["age"]) == ("Siti Aminah", 31)

    def test_says_what_was_written_when_it_is_not_to_be_changed_any_more(
        self, desk: Village, clerk_at: Client
    ) -> None:
        case = desk.submit().reference
        mine = form(clerk_at, case, **{"page-name": "Siti Aminah"})
        desk.forward(case)
        response = clerk_at.post(path(case), mine)
        assert response.status_code == 409
        assert "Siti Aminah" in text(response)
        assert REASON in text(response)
        assert stands(desk, case).answers["name"] == "Siti"

    def test_of_a_closed_case_is_refused(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        mine = form(clerk_at, case, **{"page-name": "Siti Aminah"})
        desk.perform(case, "withdraw")
        assert clerk_at.get(path(case)).status_code == 302
        assert clerk_at.post(path(case), mine).status_code == 409
        assert stands(desk, case).answers["name"] == "Siti"

    def test_without_a_key_of_its_own_changes_nothing(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        given = form(clerk_at, case, **{"page-age": "31"}) | {"seen": "", "key": str(uuid.uuid4())}
        assert clerk_at.post(path(case), given).status_code == 409
        assert stands(desk, case).revision == 1

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_knows_no_other_method(self, desk: Village, clerk_at: Client, method: str) -> None:
        assert getattr(clerk_at, method)(path(desk.submit().reference)).status_code == 405


class TestDays:
    """A date that lay ahead when the application was filed need not do so any more."""

    @pytest.fixture
    def late(self, desk: Village) -> Village:
        document = permit.document(key="acara")
        document["pages"][0]["fields"].append(
            {
                "key": "on",
                "type": "date",
                "label": permit.text("Tanggal acara"),
                "check": {">=": [{"var": "on"}, {"today": []}]},
            }
        )
        desk.version = factories.installed(desk.region, permit.as_text(**document)).version
        return desk

    def test_hold_up_nobody_who_does_not_touch_it(self, late: Village, clerk_at: Client) -> None:
        given = permit.answers(village=late.office.key, on="2026-11-24")
        case = late.submit(answers=given).reference
        day = {"page-on-day": "24", "page-on-month": "11", "page-on-year": "2026"}
        response = clerk_at.post(path(case), form(clerk_at, case, **{"page-name": "Siti A."}, **day))
        assert response.status_code == 302
        assert stands(late, case).answers["on"] == "2026-11-24"
        response = clerk_at.post(path(case), form(clerk_at, case, **day | {"page-on-day": "23"}))
        assert response.status_code == 422
        assert stands(late, case).answers["on"] == "2026-11-24"
