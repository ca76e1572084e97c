"""Two windows on one draft: nobody writes over what the other saved without being asked."""

from __future__ import annotations

import pytest

from builder import services
from builder.models import Module
from builder.panel.writing import TOLD, WINDOW
from runtime.regions import scope
from runtime.regions.models import User
from tests.builder.conftest import document, text
from tests.builder.test_views import url

pytestmark = pytest.mark.django_db


class TestSavingInTwoWindows:
    def test_asks_before_it_writes_over_what_the_other_saved(self, client_on, module: Module, clerk: User):
        client = client_on(module.region, clerk)
        with scope.use(module.region):
            loaded = module.get_latest_revision().pk
            services.save_document(module=module, document=text(document(title="Dari rekan")), user=clerk)
        mine = text(document(title="Dari saya"))
        sent = {"document": mine, "note": "", "loaded_revision_id": loaded, "loaded_revision_created_at": ""}
        answer = client.post(url("edit", module.pk), sent)
        assert answer.status_code == 200
        assert "disimpan di jendela lain" in answer.text
        assert "Dari saya" in answer.text
        with scope.use(module.region):
            newest = module.get_latest_revision()
        assert newest.as_object().title == "Dari rekan"
        again = {
            **sent,
            "loaded_revision_id": newest.pk,
            "loaded_revision_created_at": newest.created_at.isoformat(),
        }
        assert client.post(url("edit", module.pk), again).status_code == 302
        with scope.use(module.region):
            assert Module.objects.get().get_latest_revision().as_object().title == "Dari saya"

    @pytest.mark.parametrize("knew", [True, False])
    def test_goes_on_over_the_version_that_its_author_was_asked_about(
        self, client_on, module: Module, clerk: User, knew: bool
    ):
        with scope.use(module.region):
            loaded = module.get_latest_revision().pk
            services.save_document(module=module, document=text(document(title="Dari rekan")), user=clerk)
            newest = Module.objects.get().latest_revision_id
        sent = {"document": text(document(title="Dari saya")), "note": "", "loaded_revision_id": loaded}
        told = {TOLD: newest if knew else loaded}
        answer = client_on(module.region, clerk).post(url("edit", module.pk), {**sent, **told})
        assert (answer.status_code == 302) is knew

    def test_goes_on_where_both_saved_the_same(self, client_on, module: Module, clerk: User):
        with scope.use(module.region):
            loaded = module.get_latest_revision().pk
            services.save_document(module=module, document=text(document(title="Sama")), user=clerk)
        sent = {"document": text(document(title="Sama")), "note": "", "loaded_revision_id": loaded}
        assert client_on(module.region, clerk).post(url("edit", module.pk), sent).status_code == 302

    @pytest.mark.parametrize(("writer", "saved"), [("mine", True), ("another", False)])
    def test_goes_on_over_its_own_autosave_that_was_under_way(
        self, client_on, module: Module, clerk: User, writer: str, saved: bool
    ):
        client = client_on(module.region, clerk)
        with scope.use(module.region):
            loaded = module.get_latest_revision()
        sent = {
            "note": "",
            "loaded_revision_id": loaded.pk,
            "loaded_revision_created_at": loaded.created_at.isoformat(),
        }
        autosave = {**sent, WINDOW: writer, "document": text(document(title="Dahulu"))}
        kept = client.post(url("edit", module.pk), autosave, headers={"accept": "application/json"})
        assert kept.json()["success"] is True
        pressed = {**sent, WINDOW: "mine", "document": text(document(title="Sekarang"))}
        answer = client.post(url("edit", module.pk), pressed)
        assert (answer.status_code == 302) is saved
        assert ("disimpan di jendela lain" in answer.text) is not saved
        with scope.use(module.region):
            newest = Module.objects.get().get_latest_revision().as_object()
        assert newest.title == ("Sekarang" if saved else "Dahulu")


class TestReviewing:
    def test_writes_no_version_where_nothing_was_changed(
        self, client_on, module: Module, clerk: User, publisher: User, reviewed
    ):
        with scope.use(module.region):
            loaded = Module.objects.get().latest_revision
        sent = {
            "document": text(document()),
            "note": "",
            "loaded_revision_id": loaded.pk,
            "loaded_revision_created_at": loaded.created_at.isoformat(),
        }
        writer, reader = client_on(module.region, clerk), client_on(module.region, publisher)
        asked = writer.post(url("edit", module.pk), {**sent, "action-ask-review": "1"}, follow=True)
        assert "diajukan untuk ditinjau" in asked.text or "Menunggu ditinjau" in asked.text
        back = {**sent, "action-return-review": "1", "answer": "Lengkapi dahulu."}
        assert reader.post(url("edit", module.pk), back).status_code == 302
        with scope.use(module.region):
            assert Module.objects.get().latest_revision_id == loaded.pk
            assert Module.objects.get().reviews.get().answer == "Lengkapi dahulu."
        autosave = {**sent, "document": text(document(title="Ditulis terus"))}
        kept = writer.post(url("edit", module.pk), autosave, headers={"accept": "application/json"})
        assert kept.json()["success"] is True

    def test_says_whose_request_was_written_past(
        self, client_on, module: Module, clerk: User, publisher: User, reviewed
    ):
        asker, writer = client_on(module.region, publisher), client_on(module.region, clerk)
        same = {"document": text(document()), "note": ""}
        asker.post(url("edit", module.pk), {**same, "action-ask-review": "1"})
        words = f"{publisher.get_full_name()} sudah mengajukan layanan ini untuk diterbitkan"
        assert words not in writer.post(url("edit", module.pk), same, follow=True).text
        changed = {"document": text(document(title="Lain")), "note": ""}

        def autosaved(client, sent):
            return client.post(url("edit", module.pk), sent, headers={"accept": "application/json"}).json()

        assert autosaved(writer, same)["overtaken"] == ""
        assert words in autosaved(writer, changed)["overtaken"]
        assert words in writer.post(url("edit", module.pk), changed, follow=True).text
        assert autosaved(asker, changed)["overtaken"] == ""
        assert words not in asker.post(url("edit", module.pk), changed, follow=True).text


class TestEarlierVersions:
    def test_are_named_with_their_author_and_can_be_handed_in(
        self, client_on, module: Module, clerk: User, reviewed
    ):
        with scope.use(module.region):
            old = Module.objects.get().latest_revision
            services.save_document(module=module, document=text(document(title="Baru")), user=clerk)
        client = client_on(module.region, clerk)
        address = url("revisions_revert", module.pk, old.pk)
        assert f"disimpan oleh {clerk.get_full_name()}" in client.get(address).text
        sent = {"document": text(document()), "note": "", "action-ask-review": "1"}
        assert "sudah diajukan" in client.post(address, sent, follow=True).text
