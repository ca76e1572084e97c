"""No screen that staff see says anything in English once Indonesian is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import gettext, override

from cms.words import loader, packages
from tests.cms.access.world import World, build
from tests.cms.words import reading, walking
from tests.cms.words.english import Judge, noted
from tests.cms.words.walking import Furniture, Walk


@pytest.fixture(scope="module")
def rooms(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, Furniture]]:
    """One world for all walks, with something in each of Wagtail's rooms."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        world = build()
        for actor in (*walking.STAFF, "anonymous"):
            world.client(actor, world.here)
        yield world, walking.furnish(world)
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.mark.once
@pytest.mark.django_db
class TestScreens:
    @pytest.mark.parametrize("actor", walking.STAFF)
    def test_of_ours_say_nothing_in_english(
        self, actor: str, rooms: tuple[World, Furniture], judge: Judge, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world, _made = rooms
        walk, client = Walk(), world.client(actor, world.here)
        with noted(monkeypatch) as missing:
            for path in walking.of_the_matrix(world, actor):
                walk.take(client, path)
        assert {text: walk.read[text] for text in judge.english(set(walk.read))} == {}
        assert missing == set()
        assert len(walk.opened) > 40

    @pytest.mark.parametrize(("actor", "screens"), [("root", 150), ("clerk", 30), ("anonymous", 10)])
    def test_of_wagtail_and_others_say_nothing_in_english(
        self,
        actor: str,
        screens: int,
        rooms: tuple[World, Furniture],
        judge: Judge,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        world, made = rooms
        walk, client = Walk(), world.client(actor, world.here)
        with noted(monkeypatch) as missing:
            for path in walking.of_others(world, made):
                walk.take(client, path)
        assert {text: walk.read[text] for text in judge.english(set(walk.read))} == {}
        assert missing == set()
        assert len(walk.opened) > screens


class TestJudge:
    @pytest.mark.parametrize(
        "source",
        [
            "<p>Site history</p>",
            "<button aria-label='Save draft'></button>",
            "<input type=submit value='Search'>",
            "<p>Nobody ever gave this to translation</p>",
            "<p>Izin “3 images selected” baru</p><span>3 images selected</span>",
            """<script type="application/json">{"label": "Expand all"}</script>""",
            "<div data-w-progress-active-value='Publishing…'></div>",
        ],
    )
    def test_finds_english(self, judge: Judge, source: str) -> None:
        assert judge.english(set(reading.of_html(source))) != set()

    def test_takes_no_indonesian_for_english(self, judge: Judge) -> None:
        words = [
            text
            for one in packages.shown().values()
            for _key, text in one._catalog.items()  # type: ignore[attr-defined]
            if isinstance(text, str) and "%(" not in text and not text.startswith("Project-Id")
        ]
        assert judge.english(set(words)) == set()
        assert len(words) > 3000

    def test_notes_a_text_without_words_and_no_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with noted(monkeypatch) as missing, override("id"):
            gettext("Nobody wrote this")
            gettext("Site history")
            gettext("Riwayat situs")  # as a name in the database that was filled in Indonesian
            with override("en"):
                gettext("Nor this")
        assert missing == {"Nobody wrote this"}


class TestLoader:
    def test_hands_plain_words_of_wagtail_to_translation(self) -> None:
        tag = "{% load i18n %}{% translate 'Actions' %}"
        assert loader.mended('<nav aria-label="Actions" id="a">') == f'<nav aria-label="{tag}" id="a">'
        assert (
            loader.mended('<nav aria-label="{% trans "Actions" %}">')
            == '<nav aria-label="{% trans "Actions" %}">'
        )
