"""Creating, saving, publishing, copying, importing: the draft may be wrong, a release never."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from builder import selectors, services
from builder.models import Module, Release
from runtime.modules import selectors as installed
from runtime.modules.models import Installation, ModuleVersion
from runtime.regions.models import Region, User
from schemas import parse
from tests.builder.conftest import broken, document, text

NOW = timezone.now()


class TestCreateModule:
    def test_makes_a_draft_without_errors_and_with_one_step(self, in_tangerang: Region, clerk: User):
        module = services.create_module(region=in_tangerang, title="Izin Keramaian", user=clerk)
        checked = parse.check(module.document)
        assert checked.module is not None
        assert (module.key, module.live, module.title) == ("izin-keramaian", False, "Izin Keramaian")
        assert [status.kind for status in checked.module.workflow.statuses].count("work") == 1
        assert module.get_latest_revision().user == clerk

    def test_gives_each_title_a_key_of_its_own(self, in_tangerang: Region, clerk: User):
        made = [
            services.create_module(region=in_tangerang, title=title, user=clerk)
            for title in ["Izin", "Izin!", "17"]
        ]
        assert [module.key for module in made] == ["izin", "izin-2", "layanan-17"]

    def test_says_every_ready_made_text_in_both_languages(self, in_tangerang: Region, clerk: User):
        module = services.create_module(region=in_tangerang, title="Izin", user=clerk)
        codes = {problem.code for problem in selectors.problems(module.document)}
        assert "texts.missing" not in codes
        value = json.loads(module.document)
        assert value["workflow"]["actions"][0]["title"] == {"id": "Setujui", "en": "Approve"}


class TestSaveDocument:
    def test_keeps_the_text_as_it_is_in_a_new_revision(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        before = module.revisions.count()
        services.save_document(module=module, document=text(document(title="Baru")), user=clerk)
        latest = module.get_latest_revision_as_object()
        assert (latest.document, latest.title) == (text(document(title="Baru")), "Baru")
        assert module.revisions.count() == before + 1

    def test_leaves_what_is_live_alone(self, module: Module, in_tangerang: Region, clerk: User):
        services.publish(module=module, user=clerk, now=NOW)
        live = Module.objects.get()
        services.save_document(
            module=live.get_latest_revision_as_object(), document=text(broken()), user=clerk
        )
        assert "jenis" not in Module.objects.get().document

    @pytest.mark.parametrize(
        "wrong", ["", "[]", "{", '{"key": "izin", "key": "izin"}', '{"key": "lain"}', '{"key": NaN}']
    )
    def test_refuses_what_is_not_this_modules_document(
        self, wrong: str, module: Module, in_tangerang: Region, clerk: User
    ):
        with pytest.raises(services.NotADraft):
            services.save_document(module=module, document=wrong, user=clerk)


class TestPublish:
    def test_makes_a_release_and_installs_it(self, module: Module, in_tangerang: Region, clerk: User):
        release = services.publish(module=module, user=clerk, note="Pertama", now=NOW)
        assert release is not None
        assert (release.number, release.note, release.published_by) == (1, "Pertama", clerk)
        installation = installed.installation(in_tangerang, "izin")
        assert installation is not None
        assert installation.version.document == release.document == text(document())
        assert installation.version.digest == release.digest
        assert Module.objects.get().live

    def test_refuses_a_document_with_errors_and_changes_nothing(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        services.save_document(module=module, document=text(broken()), user=clerk)
        with pytest.raises(services.NotReady) as refused:
            services.publish(module=module, user=clerk, now=NOW)
        assert {problem.pointer for problem in refused.value.problems} == {"/pages/0/fields/1/options"}
        assert not Release.objects.exists()
        assert not ModuleVersion.objects.exists()
        assert not Module.objects.get().live

    def test_counts_releases_only_when_the_content_changed(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        services.publish(module=module, user=clerk, now=NOW)
        again = services.publish(module=Module.objects.get(), user=clerk, now=NOW)
        assert again is not None
        assert again.number == 1
        live = Module.objects.get().get_latest_revision_as_object()
        services.save_document(module=live, document=text(document(title="Lain")), user=clerk)
        second = services.publish(module=live, user=clerk, now=NOW)
        assert second is not None
        assert second.number == 2
        assert sorted(Release.objects.values_list("number", flat=True)) == [1, 2]

    def test_makes_one_release_of_the_newest_draft_whichever_row_is_handed_over(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        services.publish(module=module, user=clerk, now=NOW)
        live = Module.objects.get()
        newer = live.get_latest_revision_as_object()
        services.save_document(module=newer, document=text(document(title="Lain")), user=clerk)
        made = services.publish(module=live, user=clerk, now=NOW)
        assert made is not None
        assert (made.number, made.document) == (2, text(document(title="Lain")))
        assert Release.objects.count() == 2

    def test_numbers_new_content_that_autosave_wrote_into_the_published_revision(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        services.publish(module=module, user=clerk, now=NOW)
        draft = Module.objects.get().get_latest_revision_as_object()
        revision = draft.get_latest_revision()
        draft.document = text(document(title="Lain"))
        overwritten = draft.save_revision(user=clerk, clean=False, overwrite_revision=revision)
        assert overwritten.pk == revision.pk
        made = services.publish(module=draft, user=clerk, now=NOW, revision=overwritten)
        assert made is not None
        assert (made.number, made.document) == (2, text(document(title="Lain")))
        installation = installed.installation(in_tangerang, "izin")
        assert installation is not None
        assert installation.version.document == made.document

    def test_waits_for_the_day_that_was_set(self, module: Module, in_tangerang: Region, clerk: User):
        module.go_live_at = NOW + timedelta(days=1)
        assert (
            services.publish(module=module, user=clerk, now=NOW, revision=module.save_revision(user=clerk))
            is None
        )
        assert not Release.objects.exists()

    def test_happens_too_when_wagtail_publishes_by_itself(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        module.get_latest_revision().publish(user=clerk, skip_permission_checks=True)
        assert Release.objects.get().number == 1
        assert installed.installation(in_tangerang, "izin") is not None

    def test_is_undone_whole_when_wagtail_publishes_what_is_broken(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        services.save_document(module=module, document=text(broken()), user=clerk)
        with pytest.raises(services.NotReady):
            module.get_latest_revision().publish(user=clerk, skip_permission_checks=True)

    def test_closes_the_service_when_it_is_taken_down(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        services.publish(module=module, user=clerk, now=NOW)
        Module.objects.get().unpublish(user=clerk)
        assert Installation.objects.get().state == Installation.State.CLOSED
        services.publish(module=Module.objects.get(), user=clerk, now=NOW)
        assert Installation.objects.get().state == Installation.State.OPEN


class TestImportDocument:
    def test_round_trips_byte_for_byte(self, in_tangerang: Region):
        sent = text(document()).replace("\n", "\r\n").encode()
        module = services.import_document(
            text=sent, region=in_tangerang, user=None, now=NOW, publish_now=True
        )
        assert services.export(module=module) == sent
        assert services.export(module=module, number=1) == sent

    def test_updates_the_module_with_the_same_key(self, module: Module, in_tangerang: Region):
        services.import_document(text=text(document(title="Baru")), region=in_tangerang, user=None, now=NOW)
        assert Module.objects.get().get_latest_revision_as_object().title == "Baru"
        assert not Release.objects.exists()

    def test_stores_nothing_of_a_document_with_an_error(self, in_tangerang: Region):
        with pytest.raises(services.NotReady):
            services.import_document(
                text=text(broken()), region=in_tangerang, user=None, now=NOW, publish_now=True
            )
        assert not Module.objects.exists()


class TestCopy:
    def test_takes_the_content_and_leaves_the_releases(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        services.publish(module=module, user=clerk, now=NOW)
        made = services.copy(module=Module.objects.get(), title="Izin Baru", user=clerk)
        value = json.loads(made.document)
        assert (made.key, value["key"]) == ("izin-baru", "izin-baru")
        assert value["title"] == {"id": "Izin Baru", "en": "Izin Baru"}
        assert value["pages"] == document()["pages"]
        assert not made.live
        assert not made.releases.exists()


class TestState:
    def test_follows_the_life_of_a_service(self, module: Module, in_tangerang: Region, clerk: User):
        def kind() -> str:
            return selectors.state(Module.objects.get()).kind

        assert kind() == "draft"
        services.publish(module=module, user=clerk, now=NOW)
        assert kind() == "live"
        live = Module.objects.get().get_latest_revision_as_object()
        services.save_document(module=live, document=text(document(title="Lain")), user=clerk)
        assert kind() == "changed"
        services.save_document(module=live, document=text(broken()), user=clerk)
        assert (kind(), selectors.state(Module.objects.get()).errors) == ("broken", 1)
