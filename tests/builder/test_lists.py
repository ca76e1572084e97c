"""Lists in the admin: uploaded, looked through, stored; nothing is stored of a file with a mistake."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from runtime.datasets import reading, services, sheet
from runtime.datasets.models import Dataset, Edition, Upload
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories

KELAS = "value;label;label:en;tarif\nA;Kelas A;Class A;15000\nB;Kelas <b>B</b>;;10000\n"
UPLOAD, REVIEW, INDEX = "/admin/lists/upload/", "/admin/lists/review/", "/admin/lists/"


def post_file(client: Client, content: str | bytes = KELAS, path: str = UPLOAD, **more: str) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("kelas.csv", raw, content_type="text/csv")
    return client.post(path, {"title": "Kelas makam", "edition": "2026", "file": file} | more)


def stored(region: Region, edition: str = "2026", used: bool = False) -> Edition:
    with scope.use(region):
        made = services.import_edition(
            region=region,
            key="kelas",
            title={"id": "Kelas makam"},
            edition=edition,
            reading=reading.read(KELAS.encode()),
            by=None,
            now=timezone.now(),
        )
        if used:
            services.use(region=region, key="kelas", edition=edition, now=timezone.now())
    return made


@pytest.fixture
def desk(client_on, tangerang: Region, clerk: User) -> Client:
    client: Client = client_on(tangerang, clerk)
    return client


class TestUpload:
    def test_asks_for_title_edition_and_file(self, desk: Client):
        page = desk.get(UPLOAD).text
        assert 'name="title"' in page
        assert f'value="{timezone.localdate().year}"' in page
        assert 'accept=".csv,.xlsx"' in page

    def test_shows_what_is_in_the_file_and_stores_nothing_yet(self, desk: Client, tangerang: Region):
        answer = post_file(desk)
        assert (answer.status_code, answer["Location"]) == (302, REVIEW)
        page = desk.get(REVIEW).text
        assert "Berkas ini baik: 2 pilihan." in page
        assert "Kelas &lt;b&gt;B&lt;/b&gt;" in page
        with scope.use(tangerang):
            assert not Edition.objects.exists()

    def test_stores_after_looking_through(self, desk: Client, tangerang: Region, clerk: User):
        post_file(desk)
        answer = desk.post(REVIEW, {"do": "store", "type-tarif": "number"})
        with scope.use(tangerang):
            edition = Edition.objects.select_related("dataset").get()
            assert not Upload.objects.exists()
        assert answer["Location"] == f"/admin/lists/editions/{edition.pk}/"
        assert (edition.dataset.key, str(edition.dataset), edition.imported_by_id) == (
            "kelas_makam",
            "Kelas makam",
            clerk.pk,
        )
        page = desk.get(answer["Location"]).text
        assert "sudah disimpan" in page
        assert "Kelas A" in page

    def test_lets_types_be_chosen_and_looks_again(self, desk: Client, tangerang: Region):
        post_file(desk)
        desk.post(REVIEW, {"do": "check", "type-tarif": "money"})
        assert '<option value="money" selected>' in desk.get(REVIEW).text
        desk.post(REVIEW, {"do": "store", "type-tarif": "money"})
        with scope.use(tangerang):
            assert Edition.objects.get().types == {"tarif": "money"}

    def test_never_stores_with_types_nobody_has_seen(self, desk: Client, tangerang: Region):
        post_file(desk)
        page = desk.post(REVIEW, {"do": "store", "type-tarif": "date"}, follow=True).text
        assert "Periksa daftarnya sekali lagi" in page
        assert "bukan tanggal" in page
        with scope.use(tangerang):
            assert not Edition.objects.exists()

    def test_reports_every_mistake_and_refuses_to_store(self, desk: Client, tangerang: Region):
        post_file(desk, "value,label\nA,\nA,x\n")
        page = desk.get(REVIEW).text
        assert "Ada 2 hal yang harus diperbaiki" in page
        assert "Label belum diisi" in page
        assert "sudah ada di baris 2" in page
        assert "Simpan sebagai" not in page
        answer = desk.post(REVIEW, {"do": "store"}, follow=True)
        assert "masih salah" in answer.text
        with scope.use(tangerang):
            assert not Dataset.objects.exists()

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04xx", b"%PDF-1.4", b"\x00\x01"])
    def test_says_what_is_the_matter_with_other_files(self, desk: Client, content: bytes):
        post_file(desk, content)
        assert "harus diperbaiki" in desk.get(REVIEW).text

    def test_refuses_what_is_too_large_before_keeping_it(self, desk: Client, tangerang: Region):
        answer = post_file(desk, b"x" * (sheet.MOST_BYTES + 1))
        assert answer.status_code == 422
        assert "Berkas terlalu besar" in answer.text
        with scope.use(tangerang):
            assert not Upload.objects.exists()

    def test_can_be_given_up(self, desk: Client, tangerang: Region):
        post_file(desk)
        assert desk.post(REVIEW, {"do": "discard"})["Location"] == INDEX
        assert desk.get(REVIEW)["Location"] == INDEX
        assert desk.post(REVIEW, {"do": "store"})["Location"] == INDEX

    def test_is_seen_by_nobody_else(self, desk: Client, client_on, tangerang: Region):
        post_file(desk)
        colleague = factories.staff("builder", tangerang, "rekan")
        assert client_on(tangerang, colleague).get(REVIEW)["Location"] == INDEX


class TestNewEdition:
    def test_is_added_to_its_list(self, desk: Client, tangerang: Region):
        first = stored(tangerang)
        path = reverse("builder_list_upload_edition", args=[first.dataset_id])
        assert 'name="title"' not in desk.get(path).text
        post_file(desk, "value,label\nC,Kelas C\n", path, edition="2027")
        desk.post(REVIEW, {"do": "store"})
        with scope.use(tangerang):
            assert [(e.name, e.number) for e in Edition.objects.order_by("number")] == [
                ("2026", 1),
                ("2027", 2),
            ]

    def test_never_takes_the_place_of_another(self, desk: Client, tangerang: Region):
        first = stored(tangerang)
        answer = post_file(desk, path=reverse("builder_list_upload_edition", args=[first.dataset_id]))
        assert answer.status_code == 422
        assert "Sudah ada edisi dengan nama ini" in answer.text


class TestIndex:
    def test_shows_own_lists_and_shared_ones(self, desk: Client, tangerang: Region):
        province = factories.tenant("banten", kind=Region.Kind.PROVINCE, name="Provinsi Banten")
        Region.objects.filter(pk=tangerang.pk).update(parent=province)
        edition = stored(province)
        page = desk.get(INDEX).text
        assert "dibagikan oleh Provinsi Banten" in page
        shown = desk.get(f"/admin/lists/editions/{edition.pk}/").text
        assert "Dibagikan oleh Provinsi Banten" in shown
        assert "Hapus edisi ini" not in shown
        assert desk.get(f"/admin/lists/editions/{edition.pk}/delete/").status_code == 404
        assert desk.get(f"/admin/lists/{edition.dataset_id}/upload/").status_code == 404

    def test_knows_no_list_of_a_neighbour(self, desk: Client, poso: Region):
        edition = stored(poso)
        assert "Kelas makam" not in desk.get(INDEX).text
        for path in ("", "download/", "delete/"):
            assert desk.get(f"/admin/lists/editions/{edition.pk}/{path}").status_code == 404

    def test_leads_a_clerk_there(self, desk: Client):
        assert (
            'href="/admin/lists/"' in desk.get("/admin/").text or "/admin/lists/" in desk.get("/admin/").text
        )


class TestEdition:
    def test_can_be_searched_and_leafed_through(self, desk: Client, tangerang: Region):
        with scope.use(tangerang):
            lines = "".join(f"k{n},Usaha {n}\n" for n in range(120))
            edition = services.import_edition(
                region=tangerang,
                key="usaha",
                title={"id": "Usaha"},
                edition="1",
                reading=reading.read(f"value,label\n{lines}".encode()),
                by=None,
                now=timezone.now(),
            )
        path = f"/admin/lists/editions/{edition.pk}/"
        assert "Halaman 1 dari 3" in desk.get(path).text
        assert "Usaha 119" in desk.get(f"{path}?p=3").text
        assert "Halaman 3 dari 3" in desk.get(f"{path}?p=99999").text
        found = desk.get(f"{path}?q=usaha+77").text
        assert "Usaha 77" in found
        assert "Usaha 78" not in found
        assert "memuat “&lt;x&gt;”" in desk.get(f"{path}?q=<x>").text

    def test_can_be_downloaded(self, desk: Client, tangerang: Region):
        edition = stored(tangerang)
        answer = desk.get(f"/admin/lists/editions/{edition.pk}/download/")
        assert answer["Content-Disposition"] == 'attachment; filename="kelas-2026.csv"'
        body = b"".join(answer.streaming_content).decode()
        assert reading.read(body.encode()).digest == edition.digest

    def test_is_deleted_when_unused(self, desk: Client, tangerang: Region):
        path = f"/admin/lists/editions/{stored(tangerang).pk}/delete/"
        assert "dihapus selamanya" in desk.get(path).text
        assert desk.post(path)["Location"] == INDEX
        with scope.use(tangerang):
            assert not Edition.objects.exists()

    def test_stays_when_used(self, desk: Client, tangerang: Region):
        path = f"/admin/lists/editions/{stored(tangerang, used=True).pk}/"
        assert "Hapus edisi ini" not in desk.get(path).text
        assert "tetap disimpan" in desk.post(f"{path}delete/", follow=True).text
        with scope.use(tangerang):
            assert Edition.objects.exists()


class TestRights:
    def test_of_a_publisher_are_to_look_only(self, client_on, tangerang: Region):
        edition = stored(tangerang)
        client = client_on(tangerang, factories.staff("publisher", tangerang, "penerbit"))
        assert client.get(INDEX).status_code == 200
        assert "Unggah daftar baru" not in client.get(INDEX).text
        for path in (UPLOAD, REVIEW, f"/admin/lists/editions/{edition.pk}/delete/"):
            assert client.get(path).status_code in (302, 403)
            assert client.get(path).get("Location", "/admin/") == "/admin/"
