"""The question bank: kept for one region, by those who design there, and only what is right."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from builder import bank
from builder.models import BankEntry
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories

pytestmark = pytest.mark.django_db
NAME = {"key": "nama", "type": "text", "label": {"id": "Nama", "en": "Name"}}


def bundle(*items: dict[str, Any], **more: Any) -> str:
    told = {"rakit": "questions", "service": "izin", "languages": ["id"], "items": [*items]}
    return json.dumps({**told, **more})


def post(client: Any, name: object = "Pemohon", text: object = None) -> Any:
    body = {"name": name, "bundle": bundle(NAME) if text is None else text}
    return client.post(reverse("builder_bank"), json.dumps(body), content_type="application/json")


@pytest.fixture
def entry(tangerang: Region, clerk: User, client_on) -> BankEntry:
    assert post(client_on(tangerang, clerk)).status_code == 201
    with scope.use(tangerang):
        return BankEntry.objects.get()


class TestKeep:
    def test_gives_what_was_kept_to_every_designer_of_the_region(
        self, client_on, tangerang: Region, entry: BankEntry
    ):
        client = client_on(tangerang, factories.staff("publisher", tangerang, "penerbit"))
        [told] = client.get(reverse("builder_bank")).json()["entries"]
        assert (told["name"], told["count"]) == ("Pemohon", 1)
        found = client.get(reverse("builder_bank_entry", args=[entry.pk])).json()
        assert json.loads(found["bundle"])["items"] == [NAME]

    def test_finds_names_that_hold_all_words(self, client_on, tangerang: Region, clerk: User):
        client = client_on(tangerang, clerk)
        for name in ("Alamat usaha", "Alamat pemohon", "Anak"):
            assert post(client, name).status_code == 201
        found = client.get(reverse("builder_bank"), {"q": "pemohon ALAMAT"}).json()["entries"]
        assert [entry["name"] for entry in found] == ["Alamat pemohon"]

    def test_looks_for_what_no_database_takes_in_vain(self, client_on, tangerang: Region, clerk: User):
        answer = client_on(tangerang, clerk).get(reverse("builder_bank"), {"q": "\x00 Pemo\x00hon"})
        assert answer.json() == {"entries": []}

    @pytest.mark.parametrize(
        ("name", "text", "sentence"),
        [
            ("", None, "Beri nama"),
            ("   ", None, "Beri nama"),
            ("a\u202eb", None, "Beri nama"),
            (7, None, "Beri nama"),
            ("x" * 121, None, "terlalu panjang"),
            ("A", "", "bukan pertanyaan"),
            ("A", "{", "bukan pertanyaan"),
            ("A", 5, "bukan pertanyaan"),
            ("A", "[]", "bukan pertanyaan"),
            ("A", "\ud800", "bukan pertanyaan"),
            ("\ud800", None, "Beri nama"),
            ("A", json.dumps({"items": [NAME]}), "bukan pertanyaan"),
            ("A", bundle(), "bukan pertanyaan"),
            ("A", bundle({"key": "x"}), "Perbaiki dahulu"),
            ("A", bundle({**NAME, "type": "<script>"}), "Perbaiki dahulu"),
            ("A", bundle({**NAME, "visible": {"answered": [{"var": "lain"}]}}), "lain"),
            ("A", bundle({**NAME, "onclick": "x()"}), "Perbaiki dahulu"),
            ("A", bundle(*({**NAME, "key": f"n{at}"} for at in range(301))), "Perbaiki dahulu"),
            ("A", bundle(NAME, datasets={"x": 1}), "Perbaiki dahulu"),
            ("A", bundle(NAME, languages=7), "Perbaiki dahulu"),
            ("A", bundle({**NAME, "help": "x" * 200_001}), "Terlalu banyak"),
            ("A", "x" * 900_000, "Terlalu banyak"),
        ],
    )
    def test_refuses_the_rest_with_a_sentence(
        self, client_on, tangerang: Region, clerk: User, name: object, text: object, sentence: str
    ):
        answer = post(client_on(tangerang, clerk), name, text)
        assert answer.status_code == 422
        assert sentence in answer.json()["sentence"]
        with scope.use(tangerang):
            assert not BankEntry.objects.exists()

    @pytest.mark.parametrize("sent", [b"[" * 60_000, b'{"a":' * 60_000, b"\xff", b"", b"NaN"])
    def test_refuses_what_cannot_be_read_with_a_sentence(
        self, client_on, tangerang: Region, clerk: User, sent: bytes
    ):
        address = reverse("builder_bank")
        answer = client_on(tangerang, clerk).post(address, sent, content_type="application/json")
        assert answer.status_code == 422
        assert "Beri nama" in answer.json()["sentence"]

    def test_keeps_one_entry_of_a_name(self, client_on, tangerang: Region, clerk: User, entry: BankEntry):
        answer = post(client_on(tangerang, clerk), "  Pemohon ")
        assert answer.status_code == 422
        assert "Sudah ada “Pemohon”" in answer.json()["sentence"]

    def test_says_when_the_bank_is_full(
        self, client_on, tangerang: Region, clerk: User, entry: BankEntry, monkeypatch
    ):
        monkeypatch.setattr(bank, "MOST", 1)
        assert "penuh" in post(client_on(tangerang, clerk), "Lain").json()["sentence"]

    def test_reads_a_body_that_is_no_json_as_nothing(self, client_on, tangerang: Region, clerk: User):
        client = client_on(tangerang, clerk)
        answer = client.post(reverse("builder_bank"), b"\xff", content_type="application/json")
        assert answer.status_code == 422


class TestWalls:
    def test_another_region_has_a_bank_of_its_own(
        self, client_on, poso: Region, stranger: User, entry: BankEntry, tangerang: Region
    ):
        client = client_on(poso, stranger)
        assert client.get(reverse("builder_bank")).json() == {"entries": []}
        assert client.get(reverse("builder_bank_entry", args=[entry.pk])).status_code == 404
        assert client.post(reverse("builder_bank_remove", args=[entry.pk])).status_code == 404
        assert post(client, "Pemohon").status_code == 201
        with scope.use(tangerang):
            assert BankEntry.objects.count() == 1

    def test_those_who_design_nothing_meet_the_door(
        self, client_on, tangerang: Region, head: User, citizen: User, entry: BankEntry
    ):
        for person in (head, citizen):
            client = client_on(tangerang, person)
            assert client.get(reverse("builder_bank")).status_code == 302
            assert post(client, "Lain").status_code == 302
            assert client.get(reverse("builder_bank_entry", args=[entry.pk])).status_code == 302
            assert client.post(reverse("builder_bank_remove", args=[entry.pk])).status_code == 302
        with scope.use(tangerang):
            assert BankEntry.objects.count() == 1

    def test_each_address_takes_its_own_method_only(
        self, client_on, tangerang: Region, clerk: User, entry: BankEntry
    ):
        client = client_on(tangerang, clerk)
        assert client.delete(reverse("builder_bank")).status_code == 405
        assert client.post(reverse("builder_bank_entry", args=[entry.pk])).status_code == 405
        assert client.get(reverse("builder_bank_remove", args=[entry.pk])).status_code == 405

    def test_what_is_taken_out_is_gone(self, client_on, tangerang: Region, clerk: User, entry: BankEntry):
        client = client_on(tangerang, clerk)
        assert client.post(reverse("builder_bank_remove", args=[entry.pk])).status_code == 200
        assert client.get(reverse("builder_bank_entry", args=[entry.pk])).status_code == 404
