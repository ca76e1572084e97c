"""What the front page says to whoever has to do with a review."""

from __future__ import annotations

from django.utils import timezone

from builder import services
from builder.governance import reviewing
from builder.models import Module, PublishingRules
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.builder.conftest import document, text

FRONT = "/admin/"
TO_ANSWER, SENT_BACK, ASKED = "builder-to-answer", "builder-sent-back", "builder-asked"


def hand_in(module: Module, user: User, note: str = "Periksa ya") -> None:
    with scope.use(module.region):
        reviewing.ask(module=module, user=user, note=note, now=timezone.now())


def send_back(module: Module, user: User, answer: str) -> None:
    with scope.use(module.region):
        reviewing.send_back(module=module, user=user, answer=answer, now=timezone.now())


def seen(client) -> set[str]:
    """Return which of the panels stand on somebody's front page."""
    page = client.get(FRONT).text
    return {panel for panel in (TO_ANSWER, SENT_BACK, ASKED) if f'id="{panel}' in page}


class TestFrontPage:
    def test_says_nothing_of_reviews_where_there_are_none(self, client_on, module: Module, clerk: User):
        assert seen(client_on(module.region, clerk)) == set()

    def test_shows_each_side_what_they_have_to_do_next(
        self,
        client_on,
        module: Module,
        clerk: User,
        publisher: User,
        reviewed: PublishingRules,
    ):
        mine, theirs = client_on(module.region, clerk), client_on(module.region, publisher)
        hand_in(module, clerk, "Biaya <b>baru</b>")
        assert (seen(mine), seen(theirs)) == ({ASKED}, {TO_ANSWER})
        page = theirs.get(FRONT).text
        assert "Biaya &lt;b&gt;baru&lt;/b&gt;" in page
        assert f"/admin/services/edit/{module.pk}/#b-publish" in page

        send_back(module, publisher, "Tambah dasar hukum.")
        assert (seen(mine), seen(theirs)) == ({SENT_BACK}, set())
        assert "Tambah dasar hukum." in mine.get(FRONT).text

        hand_in(module, clerk)
        assert (seen(mine), seen(theirs)) == ({ASKED}, {TO_ANSWER})

    def test_forgets_what_was_sent_back_once_it_is_published(
        self,
        client_on,
        module: Module,
        clerk: User,
        publisher: User,
    ):
        hand_in(module, clerk)
        send_back(module, publisher, "Tambah dasar hukum.")
        with scope.use(module.region):
            services.publish(module=module, user=publisher, now=timezone.now())
        assert seen(client_on(module.region, clerk)) == set()

    def test_asks_nobody_to_review_what_they_asked_for_or_may_not_publish(
        self,
        client_on,
        module: Module,
        clerk: User,
        publisher: User,
        reviewed: PublishingRules,
    ):
        hand_in(module, publisher)
        assert seen(client_on(module.region, publisher)) == {ASKED}
        assert seen(client_on(module.region, clerk)) == set()

    def test_asks_nobody_to_review_their_own_work_where_two_are_wanted(
        self,
        client_on,
        module: Module,
        clerk: User,
        publisher: User,
        two_people: PublishingRules,
    ):
        third = factories.staff("publisher", module.region, "penerbit-lain")
        with scope.use(module.region):
            services.save_document(module=module, document=text(document(title="Lain")), user=publisher)
            module.refresh_from_db()
        hand_in(module, clerk)
        assert seen(client_on(module.region, publisher)) == set()
        assert seen(client_on(module.region, third)) == {TO_ANSWER}

    def test_keeps_reviews_within_their_region(
        self, client_on, module: Module, clerk: User, stranger: User, poso: Region
    ):
        hand_in(module, clerk)
        assert seen(client_on(poso, stranger)) == set()
