"""An applicant's copy as PDF: whole, tagged, in both languages, and made whatever was typed."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from runtime.cases.models import Case, Edit
from runtime.letters import typesetting
from runtime.regions import pace
from runtime.regions.models import User
from runtime.tracking import owned, paper
from runtime.workflow.editing import EDIT
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import exported
from tests.runtime.conftest import Village
from tests.runtime.exported import ILLNESS as SPECIAL
from tests.runtime.exported import NIK, SECRET
from tests.runtime.exported import filing as filing  # the fixture

REASON = "Menurut telepon ibu Melati"
NOTE = {"id": "Kotak putih menggantikan huruf", "en": "A white square stands for a character"}


def read(file: bytes) -> tuple[PdfReader, str]:
    """Return the document, and its text without the places where a long word may break."""
    document = PdfReader(io.BytesIO(file))
    text = "\n".join(page.extract_text() for page in document.pages)
    return document, re.sub(r"\s+", " ", text.replace("\u200b", ""))


def printed(filing: Village, case: Case, language: str = "id") -> tuple[PdfReader, str]:
    return read(paper.pdf(owned.owned(case, language, filing.now), filing.now))


class TestPaper:
    @pytest.mark.parametrize(
        ("language", "words"),
        [("id", ("Isian Anda", "Perjalanan permohonan")), ("en", ("What you filled in", "The way of your"))],
    )
    def test_holds_the_application_in_words_tagged(
        self, filing: Village, language: str, words: tuple[str, ...]
    ) -> None:
        case = exported.file_one(filing)
        document, text = printed(filing, case, language)
        for wanted in (*words, case.reference, "Siti", NIK, "Adi", "Polio"):
            assert wanted in text
        assert SECRET not in text
        assert NOTE[language] not in text
        assert document.root_object["/MarkInfo"]["/Marked"]
        assert document.root_object["/Lang"] == language

    @pytest.mark.parametrize(
        "typed", ["Siti \x07 \u202e Rahayu 漢字 😀", "Siti " + "".join(map(chr, range(0x4E00, 0x4E00 + 700)))]
    )
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_shows_and_names_what_no_font_has(self, filing: Village, typed: str, language: str) -> None:
        case = exported.file_one(filing)
        Case.objects.filter(pk=case.pk).update(answers={**case.answers, "name": typed})
        case.refresh_from_db()
        _document, text = printed(filing, case, language)
        assert "Siti" in text
        assert "□□" in text.replace(" ", "")
        assert NOTE[language] in text

    def test_goes_on_over_as_many_pages_as_it_takes(self, filing: Village) -> None:
        case = exported.file_one(filing)
        rows = [{"child": f"Anak {n}", "vaccines": []} for n in range(400)]
        long = {"name": "kata " * 4000 + "AKHIR", "illness": "x" * 5000, "children": rows}
        Case.objects.filter(pk=case.pk).update(answers={**case.answers, **long})
        case.refresh_from_db()
        document, text = printed(filing, case)
        assert len(document.pages) > 20
        assert "AKHIR" in text
        assert "Anak 399" in text
        assert text.count("x") >= 5000
        assert f"Halaman {len(document.pages)} dari {len(document.pages)}" in text

    @pytest.mark.parametrize(
        ("language", "was", "is_", "why"),
        [("id", "sebelumnya:", "sekarang:", "Alasan"), ("en", "before:", "now:", "Reason")],
    )
    def test_says_what_officers_changed_and_why_without_their_name(
        self, filing: Village, language: str, was: str, is_: str, why: str
    ) -> None:
        case = edited(filing, {"name": "Siti Kenari", "illness": None})
        _document, text = printed(filing, case, language)
        assert f"{was} Siti {is_} Siti Kenari" in text
        assert re.search(rf"{was} {SPECIAL} {is_} (tidak ada jawaban|no answer)", text)
        assert f"{why} {REASON}" in text
        assert filing.clerk.get_full_name() not in text

    def test_keeps_changes_of_what_may_not_leave_and_hides_numbers(self, filing: Village) -> None:
        case = edited(filing, {"secret": "NEVER-EITHER", "nik": "3671010101900002"})
        _document, text = printed(filing, case)
        assert not [word for word in (SECRET, "NEVER-EITHER", NIK) if word in text]
        assert text.count("3671010101900002") == 1  # as the answer, not as what was changed
        assert f"Alasan {REASON}" in text

    def test_says_that_what_was_changed_is_gone(self, filing: Village) -> None:
        case = edited(filing, {"name": "Siti Kenari"})
        Edit.objects.all().delete()
        _document, text = printed(filing, case)
        assert "Rincian perubahannya sudah dihapus" in text
        assert REASON not in text


def edited(filing: Village, answers: dict[str, Any]) -> Case:
    """Return an application whose answers an officer put right."""
    case = exported.file_one(filing)
    filing.perform(case.reference, EDIT, filing.clerk, answers=answers, comment=REASON, key="edit")
    case.refresh_from_db()
    return case


class TestCopy:
    def test_of_whoever_is_logged_in_has_whole_numbers(
        self, filing: Village, citizen: User, client_on: ClientOn
    ) -> None:
        case = exported.file_one(filing)
        Case.objects.filter(pk=case.pk).update(applicant=citizen)
        response = client_on(filing.region, citizen).get(f"/track/{case.reference}/copy.pdf")
        assert response["Content-Disposition"] == f'attachment; filename="{case.reference}.pdf"'
        assert NIK in read(response.content)[1]

    def test_by_reference_and_second_fact_covers_numbers(self, filing: Village, client_on: ClientOn) -> None:
        client, address = proved(filing, client_on)
        _document, text = read(client.get(address).content)
        assert "0001" in text
        assert NIK not in text

    def test_T5_is_nobody_elses(self, filing: Village, client_on: ClientOn) -> None:
        _client, address = proved(filing, client_on)
        for stranger in (None, factories.person("lain")):
            assert client_on(filing.region, stranger).get(address)["Location"].startswith("/track/?")

    def test_is_made_so_often_in_an_hour_and_then_says_when_again(
        self, filing: Village, client_on: ClientOn, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.RAKIT_LIMITS = {**settings.RAKIT_LIMITS, "copies": 1}
        monkeypatch.setattr(pace, "time", SimpleNamespace(time=lambda: 0.0))  # no hour ends meanwhile
        client, address = proved(filing, client_on)
        other, elsewhere = proved(filing, client_on)
        assert client.get(address)["Content-Type"] == "application/pdf"
        told = client.get(address, follow=True).content.decode()
        assert re.search(
            r"sudah dibuat 1 salinan. Salinan berikutnya dapat diunduh mulai pukul \d\d\.\d\d", told
        )
        assert other.get(elsewhere)["Content-Type"] == "application/pdf"

    def test_that_cannot_be_made_says_so(
        self, filing: Village, client_on: ClientOn, monkeypatch: Any
    ) -> None:
        def fails(*_given: Any, **_more: Any) -> None:
            raise typesetting.Unprintable("no")

        client, address = proved(filing, client_on)
        monkeypatch.setattr(typesetting, "printed", fails)
        assert "PDF tidak dapat dibuat" in client.get(address, follow=True).content.decode()


def proved(filing: Village, client_on: ClientOn) -> tuple[Client, str]:
    """Return a browser that has proved a case to be its own, and the address of the copy."""
    receipt = filing.submit(answers=exported.answers(filing), now=timezone.now())
    client = client_on(filing.region)
    client.post("/track/", {"reference": receipt.reference, "proof": receipt.access_code})
    return client, f"/track/{receipt.reference}/copy.pdf"
