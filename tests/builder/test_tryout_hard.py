"""A test run in clumsy and in hostile hands, and while others work on the same draft."""

from __future__ import annotations

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession

from builder import services
from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.builder.conftest import broken, document, text
from tests.builder.tryouts import Tryout, made, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def tryout(module: Module, clerk: User) -> Tryout:
    return Tryout(module, clerk)


class TestClumsyHands:
    def test_take_a_step_once_however_often_it_is_sent(self, tryout: Tryout) -> None:
        tryout.send()
        tryout.act("officer", "approve_check", 0)
        tryout.act("officer", "approve_check", 0)
        assert "sudah diambil" in tryout.look()
        tryout.client.post(f"{tryout.stage}?step=review", {"agree": "on"})
        assert "sudah dikirim" in tryout.look()
        assert "sudah lebih maju" in tryout.press("back", 0)
        tryout.press("save", 1, name="Sekali")
        assert len(tryout.stories()[0]["steps"]) == 1

    def test_are_told_of_a_changed_draft_and_take_the_same_steps_again(
        self, tryout: Tryout, clerk: User
    ) -> None:
        tryout.send()
        tryout.act("officer", "approve_check", 0)
        save(tryout.module, document(title="Izin yang lain"), clerk)
        assert "Draf berubah sejak uji coba ini dimulai" in tryout.look()
        assert b"data-onward" in tryout.act("officer", "approve_check", 1).content
        tryout.press("replay", 1)
        assert "Draf berubah" not in tryout.look()
        tryout.press("save", 1, name="Ulang")
        assert [step["do"] for step in tryout.stories()[0]["steps"]] == ["approve_check"]

    def test_end_a_run_before_a_step_that_is_gone(self, tryout: Tryout, clerk: User) -> None:
        tryout.send()
        tryout.act("officer", "approve_check", 0)
        value = text(document()).replace('"approve_check"', '"setujui"')
        save(tryout.module, json.loads(value), clerk)
        assert "1 langkah terakhir tidak mungkin lagi" in tryout.press("replay", 1)

    def test_read_what_is_wrong_with_a_broken_draft(self, tryout: Tryout, clerk: User) -> None:
        save(tryout.module, broken(), clerk)
        page = tryout.look()
        assert "Draf ini belum dapat dicoba" in page
        assert f"{reverse('wagtailsnippets_builder_module:edit', args=[tryout.module.pk])}#b-" in page
        assert tryout.client.get(tryout.stage).status_code == 200
        assert "belum dapat dicoba" in tryout.press("fill", -1)

    def test_try_a_service_that_asks_nothing_yet(self, clerk: User, tangerang: Region) -> None:
        with scope.use(tangerang):
            module = services.create_module(region=tangerang, title="Kosong", user=clerk)
        tryout = Tryout(module, clerk)
        page = tryout.client.get(tryout.stage, follow=True).content.decode()
        assert "belum menanyakan apa pun" in page
        tryout.client.post(f"{tryout.stage}?step=review", {"agree": "on"})
        assert "Giliran: Petugas loket." in tryout.look()

    def test_read_labels_as_text(self, clerk: User, tangerang: Region) -> None:
        value = document()
        value["pages"][0]["fields"][0]["label"]["id"] = "<script>alert(1)</script>"
        tryout = Tryout(made(tangerang, clerk, value), clerk)
        tryout.send()
        assert "<script>alert" not in tryout.look()
        assert "<script>alert" not in tryout.client.get(f"{tryout.stage}?who=officer").content.decode()


class TestHostilePosts:
    def test_answers_that_are_not_asked_are_refused(self, tryout: Tryout) -> None:
        step = tryout.client.get(tryout.stage, follow=True).request["QUERY_STRING"]
        answer = tryout.client.post(f"{tryout.stage}?{step}", {"nama": "Siti", "lain": "x"})
        assert answer.status_code == 400

    @pytest.mark.parametrize(
        "query", ["who=nobody&do=x", "who=officer%23999&do=approve_check", "who=%00&do=%ED%A0%80"]
    )
    def test_steps_that_are_not_there_are_refused(self, tryout: Tryout, query: str) -> None:
        tryout.send()
        answer = tryout.client.post(f"{tryout.stage}?{query}", {"seen": "0"})
        assert b"data-onward" in answer.content
        assert "tidak dapat diambil" in tryout.look()

    @pytest.mark.parametrize("name", ["", "x" * 201, "a\0b", "a\u202eb"])
    def test_names_nobody_can_read_are_refused(self, tryout: Tryout, name: str) -> None:
        tryout.send()
        assert "b-story-error" in tryout.press("save", 0, name=name)
        assert tryout.stories() == []

    def test_more_steps_than_a_story_holds_are_refused(self, tryout: Tryout) -> None:
        tryout.send()
        for number in range(40):
            tryout.client.post(tryout.room, {"do": "wait", "steps": str(number), "days": "1"})
        assert "paling banyak 40 langkah" in tryout.press("wait", 40, days="1")


class TestSaving:
    @pytest.fixture
    def filed(self, tryout: Tryout) -> Tryout:
        tryout.send()
        return tryout

    def test_is_refused_while_somebody_writes(self, filed: Tryout, clerk: User) -> None:
        EditingSession.objects.create(
            user=clerk,
            content_type=ContentType.objects.get_for_model(Module),
            object_id=str(filed.module.pk),
            last_seen_at=timezone.now(),
            is_editing=True,
        )
        assert "sedang diubah di penyunting" in filed.press("save", 0, name="Coba")
        assert filed.stories() == []

    def test_is_refused_where_a_colleague_locked_the_service(self, filed: Tryout, tangerang: Region) -> None:
        with scope.use(tangerang):
            colleague = factories.staff("builder", tangerang, "rekan")
            Module.objects.filter(pk=filed.module.pk).update(locked=True, locked_by=colleague)
        assert "dikunci" in filed.press("save", 0, name="Coba")
        assert filed.stories() == []

    def test_is_refused_for_more_stories_than_a_service_holds(self, filed: Tryout) -> None:
        for number in range(30):
            filed.press("save", 0, name=f"Cerita {number}")
        assert "paling banyak 30 cerita" in filed.press("save", 0, name="Satu lagi")
        assert len({story["key"] for story in filed.stories()}) == 30
