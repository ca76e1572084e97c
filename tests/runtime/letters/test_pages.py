"""Letters as people meet them: the applicant's, the desk's and the public's pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from runtime.cases import proof
from runtime.cases.models import Case
from runtime.letters import storing, ways
from runtime.letters.adapters.contract import About, Failed, Secret
from runtime.letters.models import IssuedLetter
from runtime.regions.models import User
from runtime.viewlog.models import Did, Viewing
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import lettered
from tests.runtime.conftest import Village

State = IssuedLetter.State


@pytest.fixture
def case(desk: Village) -> Case:
    """A signed application with its letter."""
    case = lettered.sign(desk, applicant=factories.person("warga"))
    lettered.work_off(desk)
    return case


@pytest.fixture
def letter(case: Case) -> IssuedLetter:
    return lettered.letters()[0]


@pytest.fixture
def public(desk: Village, client_on: ClientOn) -> Client:
    return client_on(desk.region, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def head_at(desk: Village, client_on: ClientOn) -> Client:
    return client_on(desk.region, desk.head, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def applicant_at(desk: Village, case: Case, client_on: ClientOn) -> Client:
    return client_on(desk.region, User.objects.get(username="warga"), HTTP_ACCEPT_LANGUAGE="en")


def page(client: Client, letter: IssuedLetter, **more: Any) -> str:
    return client.get(f"/verify/{letter.code}/", **more).content.decode()


def content(letter: IssuedLetter) -> bytes:
    return storing.get(letter.file, letter.sha256)


class TestTheWholeWay:
    def test_from_signing_to_replacement(
        self, desk: Village, case: Case, public: Client, head_at: Client, applicant_at: Client
    ) -> None:
        (old,) = lettered.letters()
        assert "Download the letter" in applicant_at.get(f"/track/{case.reference}/").content.decode()
        file = applicant_at.get(f"/track/{case.reference}/letters/{old.pk}/")
        assert (file.content, file["Content-Type"]) == (content(old), "application/pdf")
        assert "This letter is real and valid" in page(public, old)
        address = f"/desk/cases/{case.reference}/letters/{old.pk}/reissue/"
        assert head_at.post(address, {"reason": "Nama keliru."}, follow=True).status_code == 200
        assert "This letter is real and valid" in page(public, old)
        lettered.work_off(desk, now=timezone.now())
        new = lettered.letters()[-1]
        assert f"the letter with the number {new.number} stands in its place" in page(public, old)
        assert "This letter is real and valid" in page(public, new)
        told = applicant_at.get(f"/track/{case.reference}/").content.decode()
        assert "Nama keliru." in told
        assert told.count("Download the letter") == 1


class TestVerify:
    def test_shows_enough_to_compare_and_masks_the_holder(self, letter: IssuedLetter, public: Client) -> None:
        told = page(public, letter)
        for words in ("Surat Izin", letter.number, "Kelurahan Sukasari", "Lurah", "S•••", letter.sha256):
            assert words in told
        assert "Siti" not in told
        assert "no certified electronic signature" in told

    def test_says_when_it_has_expired(
        self, letter: IssuedLetter, public: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        IssuedLetter.objects.update(valid_until="2026-01-01")
        assert "it has expired" in page(public, letter)

    def test_says_when_it_was_withdrawn(self, letter: IssuedLetter, public: Client, head_at: Client) -> None:
        address = f"/desk/cases/{letter.case.reference}/letters/{letter.pk}/withdraw/"
        assert head_at.post(address, {"reason": ""}).status_code == 422
        head_at.post(address, {"reason": "Keliru."})
        assert "was withdrawn" in page(public, letter)
        assert "Keliru" not in page(public, letter)

    @pytest.mark.parametrize("state", [State.PREPARED, State.SENT, State.SIGNED])
    def test_knows_no_letter_before_it_is_verified(
        self, letter: IssuedLetter, public: Client, state: str
    ) -> None:
        IssuedLetter.objects.update(state=state)
        assert "There is no letter with this code" in page(public, letter)

    def test_T34_answers_a_wrong_code_like_a_right_one(self, letter: IssuedLetter, public: Client) -> None:
        right, wrong = public.get(f"/verify/{letter.code}/"), public.get("/verify/0000000000000/")
        assert right.status_code == wrong.status_code == 200
        assert {*right.headers} - {"Content-Length"} == {*wrong.headers} - {"Content-Length"}
        spoken = letter.code.lower().replace("0", "o")
        assert "This letter is real" in public.get(f"/verify/{spoken[:4]}-{spoken[4:]}/").content.decode()

    def test_T7_lets_nobody_guess_for_long(self, letter: IssuedLetter, public: Client) -> None:
        answers = [public.get(f"/verify/{n:013d}/").status_code for n in range(proof.PER_ADDRESS + 1)]
        assert answers == [200] * proof.PER_ADDRESS + [429]

    def test_compares_a_file_and_keeps_nothing_of_it(
        self, letter: IssuedLetter, public: Client, files: Any
    ) -> None:
        before = sorted(files.rglob("*"))
        for given, said in ((content(letter), "this very letter"), (b"%PDF-", "is not this letter")):
            file = SimpleUploadedFile("surat.pdf", given, "application/pdf")
            told = public.post(f"/verify/{letter.code}/", {"file": file}).content.decode()
            assert f'tag--{"ok" if "very" in said else "late"}">The file' in told
            assert said in told.split("data-compare-said")[1].split("</p>")[0]
        assert sorted(files.rglob("*")) == before

    def test_takes_a_typed_code(self, public: Client) -> None:
        assert public.get("/verify/", {"code": "7k4m 9"}).url == "/verify/7k4m9/"  # type: ignore[attr-defined]
        assert "Code of the letter" in public.get("/verify/").content.decode()


class TestDownload:
    def test_T5_is_for_nobody_without_proof(self, letter: IssuedLetter, public: Client) -> None:
        answer = public.get(f"/track/{letter.case.reference}/letters/{letter.pk}/")
        assert answer.status_code == 302

    def test_T5_gives_no_letter_of_another_case_or_one_on_its_way(
        self, desk: Village, letter: IssuedLetter, applicant_at: Client
    ) -> None:
        lettered.sign(desk)
        lettered.work_off(desk)
        other = lettered.letters()[-1]
        address = f"/track/{letter.case.reference}/letters"
        assert applicant_at.get(f"{address}/{other.pk}/").status_code == 404
        IssuedLetter.objects.update(state=State.SIGNED)
        assert applicant_at.get(f"{address}/{letter.pk}/").status_code == 404


class TestDesk:
    def test_shows_the_letters_and_leaves_a_trace(self, letter: IssuedLetter, head_at: Client) -> None:
        address = f"/desk/cases/{letter.case.reference}/"
        told = head_at.get(address).content.decode()
        assert letter.number in told
        assert "Issue anew" in told
        assert head_at.get(f"{address}letters/{letter.pk}/").content == content(letter)
        assert [one.did for one in Viewing.objects.order_by("pk")] == [Did.VIEWED, Did.DOWNLOADED]

    def test_lets_only_the_signer_and_administrators_change_it(
        self, desk: Village, letter: IssuedLetter, client_on: ClientOn
    ) -> None:
        address = f"/desk/cases/{letter.case.reference}/letters/{letter.pk}/withdraw/"
        assert client_on(desk.region, desk.clerk).post(address, {"reason": "x"}).status_code == 403
        chief = client_on(desk.region, factories.staff("administrator", desk.region, "pengelola"))
        assert chief.post(address, {"reason": "Keliru."}).url == "/desk/registers/"  # type: ignore[attr-defined]
        told = chief.get("/desk/registers/").content.decode()
        assert "Dicabut" in told
        assert "Dicabut" in b"".join(chief.get("/desk/registers/", {"as": "csv"})).decode()  # type: ignore[arg-type]


class Asking:
    """A way of signing that wants a passphrase."""

    asks = True

    def sign(self, pdf: bytes, about: About, secret: Secret | None) -> bytes:
        if secret is None or secret.passphrase != "benar":
            raise Failed("letter.passphrase")
        return pdf + b"signed"

    def verify(self, pdf: bytes) -> None:
        assert pdf.endswith(b"signed")


class TestSign:
    @pytest.fixture(autouse=True)
    def _asked(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.RAKIT_SIGNING = {"tangerang": {"adapter": "bsre"}}
        monkeypatch.setattr(ways, "adapter", lambda *_given: Asking())

    def test_waits_for_the_passphrase_of_the_signer(
        self, desk: Village, letter: IssuedLetter, head_at: Client, client_on: ClientOn, public: Client
    ) -> None:
        assert letter.state == State.SENT
        assert "There is no letter" in page(public, letter)
        assert letter.number in head_at.get("/desk/letters/").content.decode()
        address = f"/desk/letters/{letter.pk}/sign/"
        assert client_on(desk.region, desk.clerk).get(address).status_code == 404
        wrong = head_at.post(address, {"nik": "3671010101800001", "passphrase": "salah"})
        assert wrong.status_code == 422
        assert "does not accept this NIK" in wrong.content.decode()
        assert "salah" not in wrong.content.decode()
        letter.refresh_from_db()
        assert letter.state == State.SENT
        right = head_at.post(address, {"nik": "3671 0101 0180 0001", "passphrase": "benar"}, follow=True)
        assert "The letter is signed and was verified" in right.content.decode()
        assert "electronic signature inside the PDF" in page(public, letter)

    @pytest.mark.parametrize("nik", ["", "123", "36710101018000x1"])
    def test_wants_a_whole_nik(self, letter: IssuedLetter, head_at: Client, nik: str) -> None:
        answer = head_at.post(f"/desk/letters/{letter.pk}/sign/", {"nik": nik, "passphrase": "benar"})
        assert answer.status_code == 422
