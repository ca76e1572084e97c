"""Who publishes: reviews, two people, in the region where they are wanted and for every way of publishing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from builder import permissions, services
from builder.governance import reviewing
from builder.models import AnotherPersonNeeded, Module, PublishingRules, Release, Review
from runtime.regions import scope
from runtime.regions.models import Region, Role, User
from tests import factories
from tests.builder.conftest import ROLE, broken, document, text
from tests.builder.test_views import post_edit, url

RULES = "/admin/builder/rules/"


@pytest.fixture
def administrator(tangerang: Region) -> User:
    return factories.staff("administrator", tangerang, "pengelola")


def press(client, module: Module, button: str, value: dict | None = None, **more: str):
    return post_edit(client, module, value or document(), **{f"action-{button}": "1"}, **more)


def releases(module: Module) -> int:
    with scope.use(module.region):
        return Release.objects.count()


def latest(module: Module) -> Review:
    with scope.use(module.region):
        return Review.objects.select_related("asked_by", "answered_by").first()


def follow(client, response) -> str:
    return client.get(response["Location"].partition("#")[0]).text


class TestRules:
    def test_are_chosen_by_administrators_alone(
        self, client_on, tangerang: Region, administrator: User, publisher: User, clerk: User
    ):
        for person in (publisher, clerk):
            assert client_on(tangerang, person).get(RULES).status_code == 302
        client = client_on(tangerang, administrator)
        assert "Dua orang" in client.get(RULES).text
        client.post(RULES, {"review": "on", "two_people": "on"})
        with scope.use(tangerang):
            rules = PublishingRules.objects.get()
        assert (rules.review, rules.two_people, rules.changed_by_id) == (True, True, administrator.pk)

    def test_of_one_region_leave_the_other_alone(
        self, reviewed: PublishingRules, poso: Region, stranger: User, clerk: User, tangerang: Region
    ):
        with scope.use(poso):
            assert "publish" in permissions.actions(stranger)
        with scope.use(tangerang):
            assert "publish" not in permissions.actions(clerk)


class TestReview:
    def test_leads_from_the_builder_to_the_publisher_and_back(
        self, client_on, module: Module, clerk: User, publisher: User, reviewed: PublishingRules
    ):
        mine, theirs = client_on(module.region, clerk), client_on(module.region, publisher)
        page = mine.get(url("edit", module.pk)).text
        assert "Ajukan untuk ditinjau" in page
        assert "Terbitkan sekarang" not in page
        press(mine, module, "ask-review", note="Syarat baru <b>")
        asked = latest(module)
        assert (asked.state, asked.asked_by, asked.note) == ("waiting", clerk, "Syarat baru <b>")
        with scope.use(module.region):  # its officers can be named before it is published
            assert Role.objects.filter(key=ROLE["key"]).exists()
        assert [one.to for one in mail.outbox] == [[publisher.email]]
        assert "Menunggu tinjauan Anda" in mail.outbox[0].subject

        shown = theirs.get(url("edit", module.pk)).text
        assert "Syarat baru &lt;b&gt;" in shown
        assert "Setujui dan terbitkan" in shown
        press(theirs, module, "return-review", answer="Tambahkan dasar hukum.")
        assert latest(module).state == "returned"
        assert mail.outbox[1].to == [clerk.email]
        assert "Tambahkan dasar hukum." in mail.outbox[1].body
        assert "Tambahkan dasar hukum." in mine.get(url("edit", module.pk)).text

        other = document(title="Izin Ramai")
        press(mine, module, "ask-review", other)
        press(theirs, module, "approve-review", other)
        assert latest(module).state == "approved"
        with scope.use(module.region):
            assert Release.objects.get().published_by == publisher
        assert "Disetujui" in mail.outbox[3].subject

    def test_cannot_be_passed_by_a_hand_made_post(
        self, client_on, module: Module, clerk: User, reviewed: PublishingRules
    ):
        client = client_on(module.region, clerk)
        press(client, module, "ask-review")
        for button in ("publish", "approve-review", "return-review"):
            press(client, module, button, answer="x")
        assert releases(module) == 0
        assert latest(module).state == "waiting"

    def test_asks_for_what_is_ready_only(
        self, client_on, module: Module, clerk: User, reviewed: PublishingRules
    ):
        client = client_on(module.region, clerk)
        shown = follow(client, press(client, module, "ask-review", broken()))
        assert "harus diperbaiki dulu" in shown or "perlu diperbaiki" in shown
        assert latest(module) is None

    def test_publishes_nothing_else_than_was_asked_for(
        self, client_on, module: Module, clerk: User, publisher: User, reviewed: PublishingRules
    ):
        press(client_on(module.region, clerk), module, "ask-review")
        theirs = client_on(module.region, publisher)
        shown = follow(theirs, press(theirs, module, "approve-review", document(title="Lain")))
        assert "draf sudah berubah sejak diajukan" in shown
        assert releases(module) == 0
        assert latest(module).state == "waiting"

    def test_is_not_sent_back_without_a_word(
        self, client_on, module: Module, clerk: User, publisher: User, reviewed: PublishingRules
    ):
        press(client_on(module.region, clerk), module, "ask-review")
        theirs = client_on(module.region, publisher)
        assert "Tuliskan apa yang harus diubah" in follow(theirs, press(theirs, module, "return-review"))
        assert latest(module).state == "waiting"

    def test_can_be_withdrawn_by_whoever_asked_and_is_answered_once(
        self, client_on, module: Module, clerk: User, publisher: User, reviewed: PublishingRules
    ):
        mine = client_on(module.region, clerk)
        press(mine, module, "ask-review")
        press(mine, module, "withdraw-review")
        assert latest(module).state == "withdrawn"
        theirs = client_on(module.region, publisher)
        assert "Tidak ada lagi yang menunggu" in follow(theirs, press(theirs, module, "approve-review"))
        assert releases(module) == 0

    def test_of_one_region_is_seen_in_no_other(
        self, client_on, module: Module, clerk: User, poso: Region, stranger: User, reviewed: PublishingRules
    ):
        press(client_on(module.region, clerk), module, "ask-review", note="Rahasia Tangerang")
        with scope.use(poso):
            assert not Review.objects.exists()
        other = client_on(poso, stranger)
        assert press(other, module, "approve-review").status_code == 404
        for address in ("/admin/", "/admin/reports/workflow/", "/admin/reports/workflow_tasks/"):
            assert "Izin" not in other.get(address, follow=True).text
        assert latest(module).state == "waiting"

    def test_takes_no_note_that_a_database_does_not(
        self, client_on, module: Module, clerk: User, reviewed: PublishingRules
    ):
        press(client_on(module.region, clerk), module, "ask-review", note="a\x00b")
        press(client_on(module.region, clerk), module, "ask-review", note="a" * 3000)
        assert latest(module) is None


class TestTwoPeople:
    def test_stop_whoever_edited_and_name_who_can(
        self, client_on, module: Module, clerk: User, publisher: User, two_people: PublishingRules
    ):
        client = client_on(module.region, clerk)
        shown = follow(client, press(client, module, "publish"))
        assert "Anda ikut menyunting versi ini" in shown
        assert publisher.get_full_name() in shown
        assert releases(module) == 0

    def test_let_somebody_else_publish_who_changes_nothing(
        self, client_on, module: Module, publisher: User, two_people: PublishingRules
    ):
        press(client_on(module.region, publisher), module, "publish")
        assert releases(module) == 1

    def test_stop_somebody_else_who_changes_something_while_publishing(
        self, client_on, module: Module, publisher: User, two_people: PublishingRules
    ):
        press(client_on(module.region, publisher), module, "publish", document(title="Diubah"))
        assert releases(module) == 0

    def test_forget_who_worked_on_what_is_published(
        self, module: Module, clerk: User, publisher: User, two_people: PublishingRules
    ):
        with scope.use(module.region):
            services.publish(module=module, user=publisher, now=timezone.now())
            services.save_document(module=module, document=text(document(title="Baru")), user=publisher)
            module.refresh_from_db()
            with pytest.raises(AnotherPersonNeeded):
                services.publish(module=module, user=publisher, now=timezone.now())
            services.publish(module=module, user=clerk, now=timezone.now())
            assert Release.objects.count() == 2

    def test_are_wanted_whichever_way_is_taken(
        self, module: Module, clerk: User, administrator: User, two_people: PublishingRules
    ):
        with scope.use(module.region):
            services.save_document(module=module, document=text(document()), user=administrator)
            draft = module.get_latest_revision_as_object()
            revision = module.get_latest_revision()
            with pytest.raises(AnotherPersonNeeded):
                revision.publish(user=clerk)
            with pytest.raises(AnotherPersonNeeded):
                services.import_document(
                    text=text(document()),
                    region=module.region,
                    user=clerk,
                    now=timezone.now(),
                    publish_now=True,
                )
            review = reviewing.ask(module=draft, user=clerk, note="", now=timezone.now())
            with pytest.raises(AnotherPersonNeeded):
                reviewing.approve(module=draft, user=clerk, now=timezone.now())
            review.refresh_from_db()
            assert (review.state, Release.objects.count()) == ("waiting", 0)

    def test_are_wanted_when_publishing_is_scheduled_and_the_release_names_who_did(
        self, module: Module, clerk: User, publisher: User, two_people: PublishingRules
    ):
        now = timezone.now()
        with scope.use(module.region):
            draft = module.get_latest_revision_as_object()
            draft.go_live_at = now + timedelta(minutes=5)
            revision = draft.save_revision(user=clerk, clean=False)
            with pytest.raises(AnotherPersonNeeded):
                services.publish(module=draft, revision=revision, user=clerk, now=now)
            assert services.publish(module=draft, revision=revision, user=publisher, now=now) is None
            revision.refresh_from_db()
            revision.approved_go_live_at = now - timedelta(minutes=1)
            revision.content["go_live_at"] = (now - timedelta(minutes=1)).isoformat()
            revision.save()
        call_command("publish_scheduled")
        with scope.use(module.region):
            assert Release.objects.get().published_by == publisher
