"""What the editor asks for while it is open: preview, the list of problems, and the front page."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from django.utils.translation import override

from builder import preview, services
from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests.builder.conftest import broken, document, text

NAMES = "wagtailsnippets_builder_module"


def url(name: str, *args: object) -> str:
    return reverse(f"{NAMES}:{name}", args=args)


class TestPreview:
    @pytest.mark.parametrize("mode", ["page:page_1", "review", "service", "flow", ""])
    def test_shows_the_draft_and_saves_nothing(self, mode: str, client_on, module: Module, clerk: User):
        client = client_on(module.region, clerk)
        address = url("preview_on_edit", module.pk)
        sent = client.post(address, {"document": json.dumps(document(title="Pratinjau ini"))}).json()
        assert sent == {"is_valid": True, "is_available": True}
        page = client.get(address, {"mode": mode} if mode else {})
        assert page.status_code == 200
        assert "Nama" in page.text or "Pratinjau ini" in page.text
        assert page["X-Frame-Options"] == "SAMEORIGIN"
        with scope.use(module.region):
            assert "Pratinjau ini" not in Module.objects.get().document

    def test_reads_the_draft_once_for_a_whole_editor_and_names_pages_in_the_readers_language(
        self, client_on, module: Module, clerk: User
    ):
        preview._titles.cache_clear()
        assert client_on(module.region, clerk).get(url("edit", module.pk)).status_code == 200
        assert preview._titles.cache_info().misses == 1
        pages = {}
        for language in ("id", "en"):
            with override(language):
                (_key, pages[language]), *_rest = preview.modes(text(document()))
        assert pages["id"] != pages["en"]

    def test_shows_a_letter_with_invented_answers(self, client_on, module: Module, clerk: User):
        said = {"id": "Surat contoh", "en": "Sample letter"}
        draft = document() | {"letters": [{"key": "surat", "title": said, "body": [{"paragraph": said}]}]}
        assert ("letter:surat", "Surat: Surat contoh") in preview.modes(text(draft))
        client = client_on(module.region, clerk)
        client.post(url("preview_on_edit", module.pk), {"document": json.dumps(draft)})
        page = client.get(url("preview_on_edit", module.pk), {"mode": "letter:surat"}).text
        assert page.count("data:image/png;base64,iVBOR") == 1

    def test_says_what_is_wrong_with_what_cannot_be_shown(self, client_on, module: Module, clerk: User):
        client = client_on(module.region, clerk)
        client.post(url("preview_on_edit", module.pk), {"document": json.dumps(broken())})
        assert "Belum bisa ditampilkan" in client.get(url("preview_on_edit", module.pk)).text


class TestCheck:
    def ask(self, client, module: Module, body: str) -> dict:
        response = client.post(
            reverse("builder_check", args=[module.pk]), body, content_type="application/json"
        )
        assert response.status_code == 200
        return response.json()

    def test_names_problem_sentence_and_place(self, client_on, module: Module, clerk: User):
        found = self.ask(client_on(module.region, clerk), module, json.dumps(broken()))
        first = found["problems"][0]
        assert (first["severity"], first["tab"], first["target"]["key"]) == ("error", "questions", "jenis")
        assert first["sentence"].endswith(".")

    def test_draws_what_has_no_error(self, client_on, module: Module, clerk: User):
        found = self.ask(client_on(module.region, clerk), module, json.dumps(document()))
        assert found["diagram"].startswith("<svg")

    def test_survives_anything(self, client_on, module: Module, clerk: User):
        client = client_on(module.region, clerk)
        for body in ["", "[]", "{", "null", '{"pages": 7}', "[" * 100]:
            assert self.ask(client, module, body)["problems"]


class TestDashboard:
    def test_shows_my_services_their_state_and_what_is_open(self, client_on, module: Module, clerk: User):
        with scope.use(module.region):
            services.save_document(module=module, document=text(broken()), user=clerk)
        page = client_on(module.region, clerk).get(reverse("wagtailadmin_home")).text
        assert "Izin Keramaian" in page
        assert "Perlu perbaikan" in page
        assert "Masih ada 1 hal" in page

    def test_is_empty_where_there_is_nothing(self, client_on, module: Module, poso: Region, stranger: User):
        page = client_on(poso, stranger).get(reverse("wagtailadmin_home")).text
        assert "Belum ada layanan" in page
