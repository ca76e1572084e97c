"""Starting a service from a JSON Schema in the editor: what the clerk is told, and what is made."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import Region, User
from schemas import parse

HERE = "wagtailsnippets_builder_module:from_schema"
SCHEMA = {
    "title": "Izin <b>usaha</b>",
    "type": "object",
    "properties": {
        "nama": {"type": "string", "format": "hostname"},
        "anak": {"type": "array", "items": {"type": "string"}},
        "induk": {"$ref": "#"},
    },
}
UI = {"type": "Control", "scope": "#/properties/nama", "options": {"glow": True}}


def file(value: Any, name: str = "form.json") -> SimpleUploadedFile:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return SimpleUploadedFile(name, content, "application/json")


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
        assert "Mulai dari JSON Schema" in page.text

    def test_asks_for_a_file(self, client: Any, tangerang: Region) -> None:
        assert client.get(reverse(HERE)).status_code == 200
        assert "Pilih berkas." in client.post(reverse(HERE)).text
        assert modules(tangerang) == []

    def test_says_what_becomes_of_the_file_before_anything_is_made(
        self, client: Any, tangerang: Region
    ) -> None:
        page = client.post(reverse(HERE), {"schema_file": file(SCHEMA), "ui_file": file(UI)}).text
        assert "Tidak semuanya dapat diambil." in page
        assert "Ini merujuk ke dirinya sendiri (#), sehingga pertanyaannya tidak akan habis." in page
        assert "Formulir tidak memeriksa apakah teksnya “hostname”." in page
        assert "“glow” hanya mengatur tampilan program lain." in page
        assert "<b>usaha" not in page
        assert modules(tangerang) == []

    def test_makes_the_draft_when_the_clerk_agrees(self, client: Any, tangerang: Region) -> None:
        sent = {"schema_text": json.dumps(SCHEMA), "ui_text": json.dumps(UI), "title": "", "make": "yes"}
        answer = client.post(reverse(HERE), sent)
        [made] = modules(tangerang)
        assert answer["Location"] == reverse("wagtailsnippets_builder_module:edit", args=[made.pk])
        assert (made.title, made.live) == ("Izin <b>usaha</b>", False)
        checked = parse.check(made.document)
        assert checked.module is not None
        assert [question.key for _, question in checked.module.fields()] == ["nama", "anak"]
        assert client.get(answer["Location"]).status_code == 200

    def test_takes_the_title_that_was_typed(self, client: Any, tangerang: Region) -> None:
        client.post(reverse(HERE), {"schema_text": json.dumps(SCHEMA), "title": "Izin baru", "make": "yes"})
        assert [(made.title, made.key) for made in modules(tangerang)] == [("Izin baru", "izin-baru")]

    def test_gives_a_second_draft_a_key_of_its_own(self, client: Any, tangerang: Region) -> None:
        sent = {"schema_text": json.dumps(SCHEMA), "make": "yes"}
        client.post(reverse(HERE), sent)
        client.post(reverse(HERE), sent)
        assert len({module.key for module in modules(tangerang)}) == 2

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"{", "Berkas bukan JSON"),
            (b"\xff\xfe{", "Berkas bukan teks UTF-8."),
            (b"true", "Ini tidak ditulis sesuai JSON Schema."),
            (b'{"type": "null"}', "Tidak ada yang dapat ditanyakan."),
            (b" " * 1_000_001, "Berkas lebih besar dari 1 MB."),
            (b'{"a":' * 5_000, "tingkat."),
        ],
    )
    def test_says_why_nothing_can_be_made(
        self, client: Any, tangerang: Region, content: bytes, words: str
    ) -> None:
        for more in ({}, {"make": "yes"}):
            answer = client.post(reverse(HERE), {"schema_file": file(content), **more})
            assert answer.status_code == 200
            assert words in answer.text
        assert modules(tangerang) == []
