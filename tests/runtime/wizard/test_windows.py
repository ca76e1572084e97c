"""One application in two windows, on two devices, from an old page, by the back button (F10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from runtime.cases.models import Case
from runtime.regions import scope
from runtime.regions.models import Region
from runtime.wizard.models import Draft
from tests import factories
from tests.runtime import permit
from tests.runtime.wizard.forms import DATA, Applicant
from tests.runtime.wizard.test_files import picture

DraftOf = Callable[[Applicant], Draft]


def case_count() -> int:
    with scope.everywhere("a test counts"):
        return int(Case.objects.count())


class TestTwoDevices:
    """F10: the last save wins per question, and the older page is told."""

    @pytest.fixture
    def other(self, applicant: Applicant, client_on: Callable[..., Any], tangerang: Region) -> Any:
        """Another device on the same address."""
        client = client_on(tangerang)

        def post(step: str, **values: Any) -> Any:
            return client.post(applicant.at(step), values)

        return post

    def test_keep_both_changes_of_different_questions(
        self, applicant: Applicant, other: Any, draft_of: DraftOf
    ) -> None:
        applicant.fill()
        mark = applicant.drawn("data")
        assert other("data", **(DATA | {"age": "31"}), _revision=applicant.drawn("data")).status_code == 302
        response = applicant.post("data", **(DATA | {"name": "Budi"}), _revision=mark)
        assert response["Location"] == applicant.at("data")
        answers = draft_of(applicant).answers
        assert (answers["name"], answers["age"]) == ("Budi", 31)
        page = applicant.get("data").content.decode()
        assert "Jawaban “Umur” telah diubah di jendela lain" in page
        assert "Jawaban “Nama”" not in page

    def test_say_what_the_other_one_had_written(
        self, applicant: Applicant, other: Any, draft_of: DraftOf
    ) -> None:
        mark = applicant.drawn("data")
        other("data", **(DATA | {"name": "Ani"}), _revision=applicant.drawn("data"))
        response = applicant.post("data", **(DATA | {"name": "Budi"}), _revision=mark)
        assert response["Location"] == applicant.at("data")
        page = applicant.get("data").content.decode()
        assert "diubah menjadi “Ani” di jendela lain" in page
        assert draft_of(applicant).answers["name"] == "Budi"
        # Having read it, the applicant goes on.
        onward = applicant.post("data", **(DATA | {"name": "Budi"}), _revision=applicant.drawn("data"))
        assert onward["Location"] == applicant.at("more")

    def test_are_told_while_typing(self, applicant: Applicant, other: Any) -> None:
        mark = applicant.drawn("data")
        other("data", **(DATA | {"name": "Ani"}), _revision=applicant.drawn("data"))
        saved = applicant.client.post(
            applicant.at("data") + "autosave/", DATA | {"name": "", "_revision": mark}
        ).json()
        assert saved["saved"]
        assert len(saved["changed"]) == 1
        assert "“Nama”" in saved["changed"][0]

    def test_both_add_files(self, applicant: Applicant, other: Any, draft_of: DraftOf) -> None:
        applicant.post("data", **DATA)
        mark = applicant.drawn("more")
        other("more", paper=picture("b.jpg"), _revision=applicant.drawn("more"))
        assert applicant.post("more", paper=picture("a.jpg"), _revision=mark)["Location"] == applicant.at(
            "review"
        )
        assert [file["name"] for file in draft_of(applicant).answers["paper"]] == ["b.jpg", "a.jpg"]

    def test_file_only_what_the_check_has_shown(self, applicant: Applicant, other: Any) -> None:
        applicant.fill()
        mark = applicant.drawn("review")
        other("data", **(DATA | {"name": "Ani"}), _revision=applicant.drawn("data"))
        assert applicant.post("review", agree="on", _revision=mark)["Location"] == applicant.at("review")
        assert case_count() == 0
        page = applicant.get("review").content.decode()
        assert "Jawaban “Nama” diubah di jendela lain setelah" in page
        assert "Ani" in page
        sent = applicant.post("review", agree="on", _revision=applicant.drawn("review"))
        assert sent["Location"] == f"{applicant.home}receipt/"
        assert case_count() == 1


class TestRows:
    """F10: rows are one answer; another window's are neither taken back nor overwritten unseen."""

    @pytest.fixture
    def family(self, offered: Any, client_on: Callable[..., Any]) -> Applicant:
        pages = permit.document()["pages"]
        child = {"key": "called", "type": "text", "label": {"id": "Nama anak"}}
        pages[1]["fields"].append(
            {
                "key": "child",
                "type": "repeat",
                "label": {"id": "Anak"},
                "item": {"id": "Anak"},
                "fields": [child],
            }
        )
        factories.installed(offered.region, permit.as_text(pages=pages), number=2)
        begun = Applicant(client_on(offered.region))
        begun.post("data", **DATA)
        return begun

    def test_of_another_window_stay_when_an_old_page_did_not_touch_them(
        self, family: Applicant, draft_of: DraftOf
    ) -> None:
        mark = family.drawn("more")
        rows = {"_row": ["child.0", "child.1"], "child.0.called": "Ani", "child.1.called": "Budi"}
        family.post("more", **rows, _revision=family.drawn("more"))
        assert family.post("more", _revision=mark)["Location"] == family.at("more")
        assert draft_of(family).answers["child"] == [{"called": "Ani"}, {"called": "Budi"}]
        assert "Jawaban “Anak” telah diubah" in family.get("more").content.decode()

    def test_are_told_when_they_are_replaced(self, family: Applicant, draft_of: DraftOf) -> None:
        mark = family.drawn("more")
        rows = {"_row": ["child.0", "child.1"], "child.0.called": "Ani", "child.1.called": "Budi"}
        family.post("more", **rows, _revision=family.drawn("more"))
        family.post("more", **{"_row": "child.0", "child.0.called": "Citra"}, _revision=mark)
        assert draft_of(family).answers["child"] == [{"called": "Citra"}]
        assert "diubah menjadi “2 isian” di jendela lain" in family.get("more").content.decode()


class TestAnOldPage:
    """F10: stale tab, back button, address typed by hand."""

    def test_that_was_left_open_takes_nothing_back(self, applicant: Applicant, draft_of: DraftOf) -> None:
        mark = applicant.drawn("data")
        applicant.post("data", **DATA, _revision=applicant.drawn("data"))
        applicant.post("more", _revision=applicant.drawn("more"))
        before = draft_of(applicant).answers
        blank = dict.fromkeys(DATA, "")
        assert applicant.post("data", **blank, _revision=mark)["Location"] == applicant.at("data")
        assert draft_of(applicant).answers == before

    def test_reached_by_the_back_button_after_sending_shows_the_receipt(self, applicant: Applicant) -> None:
        applicant.fill()
        mark = applicant.drawn("data")
        applicant.send()
        for answer in (
            applicant.get("data"),
            applicant.post("data", **DATA, _revision=mark),
            applicant.send(),
        ):
            assert answer["Location"] == f"{applicant.home}receipt/"
        assert case_count() == 1

    def test_is_not_kept_by_the_browser(self, applicant: Applicant) -> None:
        """T27: the back button asks again instead of showing what is no longer true."""
        for step in ("data", "review"):
            assert "no-store" in applicant.get(step)["Cache-Control"]

    def test_asked_for_too_early_leads_to_what_comes_first_with_a_sentence(
        self, applicant: Applicant
    ) -> None:
        assert applicant.get("review")["Location"] == applicant.at("data")
        assert "Halaman ini dijawab lebih dulu" in applicant.get("data").content.decode()

    def test_that_is_not_asked_any_more_leads_on_with_a_sentence(
        self, applicant: Applicant, draft_of: DraftOf
    ) -> None:
        applicant.post("data", **DATA)
        for answer in (applicant.get("vanished"), applicant.post("vanished", x="1")):
            assert answer["Location"] == applicant.at("review")
        assert "mengubah urutan halaman" in applicant.get("review").content.decode()
        assert draft_of(applicant).answers["name"] == "Siti Aminah"


class TestMidway:
    """F14, F15: the service changes while somebody fills it in."""

    def test_keeps_the_version_it_began_with_between_any_two_pages(
        self, applicant: Applicant, tangerang: Region, draft_of: DraftOf
    ) -> None:
        """F14."""
        pages = permit.document()["pages"]
        for page in pages[:2]:
            page["fields"].append(
                {"key": f"new_{page['key']}", "type": "text", "label": {"id": "Baru"}, "required": True}
            )
        began_with = draft_of(applicant).version_id
        for number, step in enumerate(("data", "more", "review"), start=2):
            factories.installed(tangerang, permit.as_text(pages=pages), number=number)
            page = applicant.get(step)
            assert page.status_code == 200
            assert "Baru" not in page.content.decode()
            values = {"data": DATA, "more": {}, "review": {"agree": "on"}}[step]
            assert applicant.post(step, **values, _revision=applicant.drawn(step)).status_code == 302
        with scope.everywhere("a test looks"):
            assert Case.objects.get().version_id == began_with

    @pytest.mark.parametrize("state", ["paused", "closed", "gone"])
    def test_keeps_the_answers_when_the_service_stops(
        self, applicant: Applicant, offered: Any, draft_of: DraftOf, state: str
    ) -> None:
        """F15: on a page, and on the check."""
        applicant.fill()
        marks = {step: applicant.drawn(step) for step in ("data", "review")}
        with scope.use(offered.region):
            if state == "gone":
                offered.delete()
            else:
                type(offered).objects.update(state=state)
        page = applicant.post("data", **(DATA | {"name": "Budi"}), _revision=marks["data"])
        assert "Isian Anda tidak hilang" in page.content.decode()
        page = applicant.post("review", agree="on", _revision=marks["review"])
        assert "Isian Anda tidak hilang" in page.content.decode()
        assert draft_of(applicant).answers["name"] == "Budi"
        assert case_count() == 0
