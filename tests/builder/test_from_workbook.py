"""Workbooks of XLSForm in the editor: what the clerk is told, what is made, and the way back out."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from builder import services
from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import Region, User
from schemas import parse
from tests.builder.xlsform.books import book, q

HERE = "wagtailsnippets_builder_module:from_workbook"
FORM = book(
    [
        q("text", "nama", "Nama <b>lengkap</b>", required="yes"),
        q("geopoint", "lokasi", "Lokasi", appearance="maps"),
        q("deviceid", "alat"),
        q("text", "lain", "Lain", relevant="pulldata('a', 'b', 'c', ${nama}) = 'x'"),
    ],
    settings=[{"form_title": "Izin <i>makam</i>"}],
)


def file(content: bytes = FORM, name: str = "form.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def client(tangerang: Region, clerk: User, client_on: Callable[..., Any]) -> Any:
    return client_on(tangerang, clerk)


def modules(region: Region) -> list[Module]:
    with scope.use(region):
        return list(Module.objects.all())


class TestStart:
    def test_leads_here_from_the_first_page(self, client: Any) -> None:
        page = client.get(reverse("wagtailsnippets_builder_module:add"))
        assert f'href="{reverse(HERE)}"' in page.text
        assert "Mulai dari buku kerja (XLSForm)" in page.text

    def test_says_when_it_is_not_installed(self, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("builder.xlsform.installed", lambda: False)
        monkeypatch.setattr("builder.xlsviews.installed", lambda: False)
        monkeypatch.setattr("builder.xlsform.judge.installed", lambda: False)
        page = client.get(reverse("wagtailsnippets_builder_module:add")).text
        assert "belum terpasang" in page
        assert reverse(HERE) not in page
        assert "belum terpasang" in client.get(reverse(HERE)).text
        assert "belum terpasang" in client.post(reverse(HERE), {"workbook": file()}).text

    def test_asks_for_a_file(self, client: Any, tangerang: Region) -> None:
        assert "Pilih berkas." in client.post(reverse(HERE)).text
        assert "Pilih berkas." in client.post(reverse(HERE), {"kept": "?", "make": "yes"}).text
        assert modules(tangerang) == []

    def test_says_what_becomes_of_each_row_before_anything_is_made(
        self, client: Any, tangerang: Region
    ) -> None:
        page = client.post(reverse(HERE), {"workbook": file()}).text
        assert "Tidak semuanya dapat diambil." in page
        assert (
            "Dari 4 baris di lembar pertanyaan, 1 diambil apa adanya, 2 diambil tanpa sebagian isinya" in page
        )
        assert "Lembar “survey”, baris 4 (alat)" in page
        assert "Lembar “survey”, baris 5 (lain), kolom “relevant”" in page
        assert "Ini mencari sesuatu di berkas “a.csv”." in page
        assert "“maps” hanya mengatur tampilan program lain." in page
        assert "<i>makam" not in page
        assert modules(tangerang) == []

    def test_makes_the_draft_when_the_clerk_agrees(self, client: Any, tangerang: Region) -> None:
        sent = {"kept": base64.b64encode(FORM).decode(), "title": "", "make": "yes"}
        answer = client.post(reverse(HERE), sent)
        [made] = modules(tangerang)
        assert answer["Location"] == reverse("wagtailsnippets_builder_module:edit", args=[made.pk])
        assert (made.title, made.key, made.live) == ("Izin <i>makam</i>", "izin-imakami", False)
        checked = parse.check(made.document)
        assert checked.module is not None
        assert [question.key for _, question in checked.module.fields()] == ["nama", "lokasi", "lain"]
        assert client.get(answer["Location"]).status_code == 200

    def test_takes_the_title_that_was_typed(self, client: Any, tangerang: Region) -> None:
        client.post(reverse(HERE), {"workbook": file(), "title": "Izin baru", "make": "yes"})
        assert [(made.title, made.key) for made in modules(tangerang)] == [("Izin baru", "izin-baru")]

    def test_takes_csv_files_along_and_keeps_them_for_the_draft(self, client: Any, tangerang: Region) -> None:
        survey = [q("select_one_from_file desa.csv", "desa", "Desa")]
        listed = SimpleUploadedFile("desa.csv", b"name,label\na,Sukasari\nb,Cipete\n")
        alone = client.post(reverse(HERE), {"workbook": file(book(survey))}).text
        assert "Jawabannya ada di berkas “desa.csv”. Pilih juga berkas ini" in alone
        page = client.post(reverse(HERE), {"workbook": [file(book(survey)), listed]})
        assert "Semuanya dapat diambil." in page.text
        kept = page.context["form"].cleaned_data["kept"]
        client.post(reverse(HERE), {"kept": kept, "make": "yes"})
        [made] = modules(tangerang)
        assert "Sukasari" in made.document

    def test_says_when_files_are_too_large_together(self, client: Any) -> None:
        large = SimpleUploadedFile("desa.csv", b"x" * 1_500_000)
        page = client.post(reverse(HERE), {"workbook": [file(), large]}).text
        assert "Semua berkas bersama-sama lebih besar dari 1,5 MB." in page

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "Berkas kosong."),
            (b"%PDF", "Ini bukan buku kerja."),
            (b"x" * 1_500_001, "Berkas lebih besar dari 1,5 MB."),
            (book([q("start", "s")]), "Berkas ini tidak dapat dijadikan layanan."),
        ],
    )
    def test_says_why_nothing_can_be_made(
        self, client: Any, tangerang: Region, content: bytes, words: str
    ) -> None:
        for more in ({}, {"make": "yes"}):
            answer = client.post(reverse(HERE), {"workbook": file(content), **more})
            assert answer.status_code == 200
            assert words in answer.text
        assert modules(tangerang) == []

    def test_quotes_what_other_programs_refuse(self, client: Any) -> None:
        page = client.post(reverse(HERE), {"workbook": file(book([q("text", "a"), q("nonsense", "b")]))}).text
        assert "Program acuan untuk XLSForm menolak buku kerja ini" in page
        assert "Unknown question type" in page


class TestExport:
    @pytest.fixture
    def module(self, tangerang: Region) -> Module:
        with scope.use(tangerang):
            made = services.create_module(region=tangerang, title="Izin makam", user=None)
            document = json.loads(made.document)
            both = {"id": "Nama", "en": "Name"}
            document["pages"][0]["fields"] = [
                {"key": "nama", "type": "text", "label": both, "prefill": {"profile": "name"}}
            ]
            services.save_document(module=made, document=json.dumps(document), user=None)
            return made

    def test_names_what_the_workbook_cannot_hold(self, client: Any, module: Module) -> None:
        edit = client.get(reverse("wagtailsnippets_builder_module:edit", args=[module.pk])).text
        assert reverse("builder_workbook", args=[module.pk]) in edit
        page = client.get(reverse("builder_workbook", args=[module.pk])).text
        assert "Tidak ada yang diisikan lebih dulu." in page
        assert reverse("builder_workbook_file", args=[module.pk]) in page

    def test_sends_a_workbook(self, client: Any, module: Module) -> None:
        answer = client.get(reverse("builder_workbook_file", args=[module.pk]))
        assert answer["Content-Disposition"] == 'attachment; filename="izin-makam.xlsx"'
        rows = openpyxl.load_workbook(io.BytesIO(answer.content))["survey"].iter_rows(values_only=True)
        assert [row[:2] for row in rows][2] == ("text", "nama")

    def test_waits_until_the_draft_is_sound(self, client: Any, tangerang: Region) -> None:
        with scope.use(tangerang):
            made = services.create_module(region=tangerang, title="Rusak", user=None)
            services.save_document(module=made, document=json.dumps({"key": made.key}), user=None)
        assert "masih perlu diperbaiki" in client.get(reverse("builder_workbook", args=[made.pk])).text
        answer = client.get(reverse("builder_workbook_file", args=[made.pk]))
        assert (answer.status_code, "masih perlu diperbaiki" in answer.text) == (409, True)
