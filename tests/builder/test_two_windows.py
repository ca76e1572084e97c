"""Two windows on one draft: nobody writes over what the other saved without being asked."""

from __future__ import annotations

import pytest

from builder import services
from builder.models import Module
from builder.panel.writing import WINDOW
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
