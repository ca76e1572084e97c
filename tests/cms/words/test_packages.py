"""What other packages say is counted, and a text of theirs without Indonesian is a complaint."""

from __future__ import annotations

import re
import sys
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from cms.words import packages
from cms.words.packages import Said
from runtime.regions.models import Region, User
from tests.conftest import ClientOn

ENTRIES = [
    entry for domain in packages.DOMAINS for entry in polib.pofile(str(packages.CATALOGUES / f"{domain}.po"))
]
# Words that both languages write alike. Any other text that equals its original was forgotten.
ALIKE = frozenset(
    {
        "Email",
        "Format",
        "ID",
        "Status",
        "Status: ",
        "Status %(status)s",
        "Tag",
        "Token",
        "item",
        "slug",
        "tag",
    }
)
MARKS = re.compile(r"<[^>]+>")


def said(text: str) -> list[Said]:
    """Return a package that says one thing in its pages, and what all others say."""
    own = Said("newcomer", {"django": frozenset({text}), "djangojs": frozenset()})
    return [own, *(packages.said(name) for name in packages.names())]


def words(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def kept(entry: polib.POEntry, ours: str) -> bool:
    """Tell whether our words have the marks of the original, and begin and end with room where it does."""
    theirs = entry.msgid
    margins = [(text != text.lstrip(), text != text.rstrip()) for text in (theirs, ours)]
    return sorted(MARKS.findall(ours)) == sorted(MARKS.findall(theirs)) and margins[0] == margins[1]


class TestPackages:
    def test_leave_nothing_in_english(self) -> None:
        out = StringIO()
        call_command("texts", "--check", stdout=out)
        lines = [line for line in out.getvalue().splitlines() if " texts, " in line]
        assert [line for line in lines if not line.endswith(" 0 without Indonesian.")] == []
        assert {line.partition(":")[0] for line in lines} >= {
            "wagtail",
            "django",
            "allauth",
            "axes",
            "taggit",
        }

    @pytest.mark.parametrize("text", ["Nobody wrote this", "here\x04Nobody wrote this"])
    def test_are_told_of_a_text_without_words(self, text: str) -> None:
        (line,) = packages.holes(said(text), packages.shown())
        assert line.startswith("newcomer: “Nobody wrote this")
        assert "cms/words/locale/id/LC_MESSAGES/django.po" in line

    def test_are_told_of_words_that_no_package_needs_any_more(self) -> None:
        every = [one for one in said("Nobody wrote this") if one.package != "treebeard"]
        assert any("“Relative to”" in line for line in packages.leftovers(every))
        assert packages.leftovers(said("Nobody wrote this")) == []

    def test_say_much_in_code_in_templates_and_in_scripts(self) -> None:
        wagtail = packages.said("wagtail")
        assert {"Site history", "Skip to main content"} <= wagtail.texts["django"]
        assert "Expand all" in wagtail.texts["djangojs"]

    def test_say_nothing_in_parts_that_are_not_installed(self) -> None:
        assert "Search promotions" not in packages.said("wagtail").texts["django"]
        assert "flat pages" not in packages.said("django").texts["django"]

    def test_are_all_of_those_that_run_here_and_bring_a_catalogue(self) -> None:
        loaded = {name.partition(".")[0] for name in sys.modules}
        homes = {
            name: Path(file).parent
            for name in loaded
            if (file := getattr(sys.modules.get(name), "__file__", None)) and file.endswith("__init__.py")
        }
        bring = {name for name, home in homes.items() if any(home.rglob("locale/*/LC_MESSAGES/django.po"))}
        # What tests alone load shows nothing to anybody.
        assert bring - packages.OURS - {"tests", "rest_framework"} <= set(packages.names())


class TestWords:
    def test_keep_the_marks_and_the_margins_of_their_original(self) -> None:
        assert [entry.msgid for entry in ENTRIES if not all(kept(entry, ours) for ours in words(entry))] == []

    def test_are_not_the_english_ones(self) -> None:
        same = {entry.msgid for entry in ENTRIES if entry.msgid == entry.msgstr}
        assert {text for text in same if re.search("[A-Za-z]", re.sub(r"%\(\w+\)s", "", text))} == ALIKE

    @pytest.mark.parametrize(
        ("language", "kept"), [("id", "tetap ada di riwayat"), ("en", "stays in the history")]
    )
    def test_of_a_colleague_who_saved_say_that_nothing_is_lost(
        self, clerk: User, citizen: User, language: str, kept: str
    ) -> None:
        """Each save is a version of its own; Wagtail says that it overwrites the other."""
        for other in (clerk, citizen):
            sessions = [{"user": other, "revision_id": 7, "is_editing": True}]
            context = {"sessions": sessions, "current_session": {"user": clerk}}
            with translation.override(language):
                said = render_to_string("wagtailadmin/shared/editing_sessions/list.html", context)
                told = gettext("Saving will overwrite a newer version.")
            assert kept in said
            assert not re.search("overwrit|timpa", said + told)


class TestScripts:
    def test_of_wagtail_are_given_ours(self, tangerang: Region, clerk: User, client_on: ClientOn) -> None:
        client: Client = client_on(tangerang, clerk, HTTP_ACCEPT_LANGUAGE="id")
        answer = client.get("/admin/jsi18n/").content.decode()
        assert '"Expand all": "Buka semua"' in answer
