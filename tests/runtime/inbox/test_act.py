"""Acting: what is asked, what is done, and what somebody sees who came second."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from runtime.cases import selectors
from runtime.cases.selectors import Case
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.board import Committee
from tests.runtime.board import board as board  # the fixture
from tests.runtime.conftest import Village


def path(reference: str, action: str) -> str:
    return f"/desk/cases/{reference}/{action}/"


def form(client: Client, reference: str, action: str, **given: Any) -> dict[str, Any]:
    """Open the page of the action and fill it in."""
    response = client.get(path(reference, action))
    assert response.status_code == 200
    shown = response.context["form"]
    return {"key": shown.key, "seen": shown.seen, "comment": ""} | given


def stands(desk: Village, reference: str) -> Case:
    case = selectors.case_by_reference(desk.region, reference)
    assert case is not None
    return case


def checked(**given: Any) -> dict[str, Any]:
    return {"page-complete": "yes"} | given


class TestAsk:
    def test_names_what_will_happen(self, desk: Village, clerk_at: Client, head_at: Client) -> None:
        case = desk.submit().reference
        told = clerk_at.get(path(case, "forward")).content.decode()
        assert "berpindah ke tahap “Tanda tangan”" in told
        assert "Lurah mendapat email." in told
        desk.forward(case)
        told = head_at.get(path(case, "sign")).content.decode()
        assert "nomor berikutnya dari “Surat keluar”" in told
        assert "dikabulkan dan selesai" in told

    def test_says_whether_the_applicant_reads_the_comment(self, desk: Village, clerk_at: Client) -> None:
        assert (
            "Ini dibaca pemohon" in clerk_at.get(path(desk.submit().reference, "send_back")).content.decode()
        )

    def test_offers_every_question_of_the_application_to_be_sent_back(
        self, desk: Village, clerk_at: Client
    ) -> None:
        shown = clerk_at.get(path(desk.submit().reference, "send_back")).context["form"]
        keys = [choice.key for group in shown.groups for choice in group.choices]
        assert keys == ["name", "email", "age", "village", "reason", "paper"]

    @pytest.mark.parametrize("action", ["nothing", "withdraw", "remind", "lapse"])
    def test_knows_only_actions_of_officers(self, desk: Village, clerk_at: Client, action: str) -> None:
        assert clerk_at.get(path(desk.submit().reference, action)).status_code == 404

    def test_says_that_an_action_is_not_open_now(self, desk: Village, clerk_at: Client) -> None:
        response = clerk_at.get(path(desk.submit().reference, "sign"))
        assert response.status_code == 409
        assert "Sudah diputuskan" not in response.content.decode()

    def test_hides_the_case_from_other_offices(self, desk: Village, client_on: ClientOn) -> None:
        elsewhere = factories.office(desk.office.parent or desk.region, "lain")
        client = client_on(desk.region, factories.staff("clerk", elsewhere, "loket-lain"))
        assert client.get(path(desk.submit().reference, "forward")).status_code == 404


class TestPerform:
    def test_moves_the_case_and_comes_back_to_it(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        response = clerk_at.post(path(case, "forward"), form(clerk_at, case, "forward", **checked()))
        assert response["Location"] == f"/desk/cases/{case}/"
        assert stands(desk, case).status == "sign"
        assert stands(desk, case).officer_answers == {"complete": True}
        assert "Selesai: Teruskan" in clerk_at.get(response["Location"]).content.decode()

    def test_sends_the_ticked_questions_back_with_the_reason(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        given = form(clerk_at, case, "send_back", comment="Nama kurang.", send_back=["name", "age"])
        clerk_at.post(path(case, "send_back"), given)
        open_ = selectors.open_correction(stands(desk, case))
        assert open_ is not None
        assert (open_.fields, open_.note) == (["name", "age"], "Nama kurang.")

    @pytest.mark.parametrize(
        ("given", "missing"),
        [
            ({"comment": "Kurang."}, "send_back-1"),
            ({"send_back": ["name"], "comment": "  "}, "comment"),
        ],
    )
    def test_says_what_is_missing_and_keeps_what_was_typed(
        self, desk: Village, clerk_at: Client, given: dict[str, Any], missing: str
    ) -> None:
        case = desk.submit().reference
        response = clerk_at.post(path(case, "send_back"), form(clerk_at, case, "send_back", **given))
        page = response.content.decode()
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [missing]
        assert f'href="#{missing}"' in page
        assert f'id="{missing}"' in page
        assert given["comment"].strip() in page
        assert ("checked" in page) == ("send_back" in given)
        assert stands(desk, case).revision == 1

    def test_refuses_a_comment_that_is_too_long_and_keeps_every_word(
        self, desk: Village, clerk_at: Client
    ) -> None:
        case = desk.submit().reference
        given = form(clerk_at, case, "send_back", comment="x" * 2000 + "akhir", send_back=["name"])
        response = clerk_at.post(path(case, "send_back"), given)
        page = response.content.decode()
        assert response.status_code == 422
        assert "paling banyak 2.000 karakter. Anda menulis 2.005." in page
        assert "xakhir</textarea>" in page
        assert " maxlength" not in page  # a browser would cut off what is pasted, without a word
        assert stands(desk, case).revision == 1

    def test_counts_line_ends_once_and_drops_control_characters(
        self, desk: Village, clerk_at: Client
    ) -> None:
        case = desk.submit().reference
        typed = "a\x00\x1b" + "\r\n" * 1998 + "b"
        clerk_at.post(
            path(case, "send_back"), form(clerk_at, case, "send_back", comment=typed, send_back=["name"])
        )
        correction = selectors.open_correction(stands(desk, case))
        assert correction is not None
        assert correction.note == "a" + "\n" * 1998 + "b"

    def test_says_what_is_wrong_on_the_officers_page(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        given = form(clerk_at, case, "forward", **{"page-score": "banyak"})
        response = clerk_at.post(path(case, "forward"), given)
        assert response.status_code == 422
        assert len(response.context["form"].page.problems) == 2
        assert stands(desk, case).status == "review"

    def test_refuses_questions_that_are_not_of_the_application(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        given = form(clerk_at, case, "send_back", comment="x", send_back=["complete", "no_such"])
        assert clerk_at.post(path(case, "send_back"), given).status_code == 422
        assert stands(desk, case).status == "review"

    def test_does_a_form_that_is_sent_twice_once(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        given = form(clerk_at, case, "forward", **checked())
        first, second = (clerk_at.post(path(case, "forward"), given) for _ in range(2))
        assert first["Location"] == second["Location"]
        assert stands(desk, case).revision == 2

    def test_takes_a_file_on_the_officers_page(self, desk: Village, client_on: ClientOn) -> None:
        photo = {"key": "proof", "type": "file", "label": {"id": "Bukti"}, "required": True}
        client = with_page(desk, client_on, photo)
        case = desk.submit().reference
        file = SimpleUploadedFile("bukti.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n")
        client.post(path(case, "forward"), form(client, case, "forward", **{"page-proof": file}))
        kept = stands(desk, case).officer_answers["proof"]
        assert [item["name"] for item in kept] == ["bukti.pdf"]

    def test_takes_a_file_away_without_acting(self, desk: Village, client_on: ClientOn) -> None:
        paper = {"key": "proof", "type": "file", "label": {"id": "Bukti"}}
        client = with_page(desk, client_on, paper)
        case = desk.submit().reference
        stored = {
            "id": str(uuid.uuid4()),
            "name": "lama.pdf",
            "type": "application/pdf",
            "size": 9,
            "sha256": "0" * 64,
        }
        Case.objects.filter(reference=case).update(officer_answers={"proof": [stored]})
        given = form(client, case, "forward", _remove=f"proof:{stored['id']}")
        answer = client.post(path(case, "forward"), given)
        assert stands(desk, case).status == "review"
        assert "lama.pdf" not in answer.content.decode()
        assert answer.context["form"].page.gone == [f"proof:{stored['id']}"]
        client.post(path(case, "forward"), given | {"_remove": [], "_gone": given["_remove"]})
        assert stands(desk, case).status == "sign"
        assert "proof" not in stands(desk, case).officer_answers

    def test_adds_a_row_to_its_page_and_keeps_what_was_typed(
        self, desk: Village, client_on: ClientOn
    ) -> None:
        name = {"key": "name_of", "type": "text", "label": {"id": "Nama saksi"}}
        rows = {"key": "witnesses", "type": "repeat", "label": {"id": "Saksi"}, "fields": [name]}
        client = with_page(desk, client_on, rows)
        case = desk.submit().reference
        one = {"_row": "witnesses.0", "page-witnesses.0.name_of": "Ani"}
        given = form(client, case, "forward", **one, _rows="add:witnesses")
        answer = client.post(path(case, "forward"), given)
        assert answer.status_code == 422
        assert answer.content.decode().count("Nama saksi") == 2
        assert 'value="Ani"' in answer.content.decode()


def with_page(desk: Village, client_on: ClientOn, question: dict[str, Any]) -> Client:
    """Install the permit with another question on the clerk's page; return the clerk's client."""
    pages = permit.document()["pages"]
    pages[-1] = {**pages[-1], "fields": [question]}
    desk.version = factories.installed(desk.region, permit.as_text(pages=pages), 2).version
    return client_on(desk.region, desk.clerk)


class TestConflict:
    def test_shows_the_second_officer_who_was_first_and_keeps_the_comment(
        self, desk: Village, clerk_at: Client, client_on: ClientOn
    ) -> None:
        case = desk.submit().reference
        second = client_on(desk.region, factories.staff("clerk", desk.office, "wulan"))
        given = form(second, case, "send_back", comment="Berkas buram.", send_back=["paper"])
        clerk_at.post(path(case, "forward"), form(clerk_at, case, "forward", **checked()))
        response = second.post(path(case, "send_back"), given)
        page = response.content.decode()
        assert response.status_code == 409
        assert f"Sudah diputuskan oleh {desk.clerk.get_full_name()} (Petugas loket)" in page
        assert "Teruskan" in page
        assert "Berkas buram." in page
        assert stands(desk, case).status == "sign"
        assert stands(desk, case).revision == 2

    def test_tells_who_goes_back_that_it_is_done(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        clerk_at.post(path(case, "forward"), form(clerk_at, case, "forward", **checked()))
        page = clerk_at.get(path(case, "forward") + "?seen=1").content.decode()
        assert "Anda sendiri sudah bertindak di sini" in page
        assert "tidak dijalankan" not in page

    def test_warns_before_the_form_when_the_case_has_moved_on(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        desk.send_back(case, "name")
        desk.perform(case, "answer", answers={"name": "Siti Aminah"})
        response = clerk_at.get(path(case, "forward") + "?seen=1")
        assert response.status_code == 409
        assert "Sudah diputuskan oleh Pemohon" in response.content.decode()

    @pytest.mark.parametrize("seen", ["x", "-1", "9" * 40, ""])
    def test_survives_any_revision_and_key(self, desk: Village, clerk_at: Client, seen: str) -> None:
        case = desk.submit().reference
        given = checked(key=f"no-{uuid.uuid4()}", seen=seen)
        assert clerk_at.post(path(case, "forward"), given).status_code == 409
        assert stands(desk, case).revision == 1

    def test_takes_nothing_that_does_not_say_what_was_seen(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        response = clerk_at.post(path(case, "forward"), checked(key=str(uuid.uuid4()), comment="Lengkap."))
        assert response.status_code == 409
        assert "Lengkap." in response.content.decode()
        assert stands(desk, case).status == "review"


class TestDecide:
    def vote(self, reference: str, outcome: str) -> str:
        return f"/desk/cases/{reference}/tasks/suara/{outcome}/"

    def test_says_how_it_counts_and_what_follows(self, board: Committee, client_on: ClientOn) -> None:
        case = board.sitting()
        at = client_on(board.region, board.members[0])
        told = at.get(self.vote(case, "setuju")).content.decode()
        assert "dihitung sebagai setuju" in told
        assert "masih ditunggu 2 keputusan lagi" in told
        board.do(case, "suara", board.members[1], outcome="setuju")
        told = at.get(self.vote(case, "setuju")).content.decode()
        assert "berpindah ke tahap “Penetapan”" in told

    def test_takes_the_vote_though_a_colleague_voted_meanwhile(
        self, board: Committee, client_on: ClientOn
    ) -> None:
        case = board.sitting()
        at = client_on(board.region, board.members[0])
        shown = at.get(self.vote(case, "tolak")).context["form"]
        board.do(case, "suara", board.members[1], outcome="setuju")
        sent = {"key": shown.key, "seen": shown.seen, "comment": ""}
        missing = at.post(self.vote(case, "tolak"), sent)
        assert missing.status_code == 422
        assert at.post(self.vote(case, "tolak"), sent | {"comment": "Rawan"}).status_code == 302
        again = at.post(self.vote(case, "tolak"), sent | {"comment": "Rawan"})
        assert again.status_code == 302

    def test_tells_who_comes_too_late(self, board: Committee, client_on: ClientOn) -> None:
        case = board.sitting()
        at = client_on(board.region, board.members[2])
        shown = at.get(self.vote(case, "setuju")).context["form"]
        for voter in board.members[:2]:
            board.do(case, "suara", voter, outcome="setuju")
        late = at.post(self.vote(case, "setuju"), {"key": shown.key, "seen": shown.seen})
        assert late.status_code == 409
        assert "Tugas ini sudah selesai" in late.content.decode()

    def test_lets_the_officer_choose_who_is_asked(self, board: Committee, client_on: ClientOn) -> None:
        case = board.file()
        at = client_on(board.region, board.clerk)
        where = f"/desk/cases/{case}/sidang_kepala/"
        shown = at.get(where).context["form"]
        assert [person.name for person in shown.people] == [board.head.get_full_name()]
        sent = {"key": shown.key, "seen": shown.seen}
        assert at.post(where, sent).status_code == 422
        assert at.post(where, sent | {"person": str(board.clerk.pk)}).status_code == 422
        assert at.post(where, sent | {"person": str(board.head.pk)}).status_code == 302

    def test_keeps_the_document_that_is_attached(self, board: Committee, client_on: ClientOn) -> None:
        case = board.sitting()
        for voter in board.members[:2]:
            board.do(case, "suara", voter, outcome="setuju")
        at = client_on(board.region, board.head)
        where = f"/desk/cases/{case}/perpanjang/"
        shown = at.get(where).context["form"]
        sent = {"key": shown.key, "seen": shown.seen, "comment": "Survei"}
        assert at.post(where, sent).status_code == 422
        wrong = SimpleUploadedFile("surat.pdf", b"MZ not a document")
        assert "attachment-error" in at.post(where, sent | {"attachment": wrong}).content.decode()
        right = SimpleUploadedFile("surat.pdf", b"%PDF-1.4\n%%EOF\n")
        assert at.post(where, sent | {"attachment": right}).status_code == 302
        found = selectors.case_by_reference(board.region, case)
        assert found is not None
        assert [file.name for file in found.attachments.all()] == ["surat.pdf"]
