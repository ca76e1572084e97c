"""A page offers of a list what fits and what a search finds, keeps what was chosen, and refuses the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import escape

from runtime.forms import fields
from runtime.forms.face import Circumstances
from runtime.modules import selectors as modules
from runtime.regions import scope
from runtime.regions.models import Region
from runtime.wizard.models import Draft
from schemas.definition import Field, Text
from tests import factories
from tests.runtime.forms import lists
from tests.runtime.forms.asking import document
from tests.runtime.forms.lists import BELONGS, INLINE, LARGE, PARENT
from tests.runtime.wizard.forms import Applicant

Begin = Callable[..., Applicant]
LINKED = {**LARGE, "filter": BELONGS}


@pytest.fixture
def begin(tangerang: Region, client_on: Callable[..., Client]) -> Begin:
    """Begin an application that asks these questions on its one page."""

    def on(*fields: dict[str, Any], keys: tuple[str, ...] = ("daftar_jalan",)) -> Applicant:
        factories.installed(tangerang, document(list(fields), **lists.used(*keys)))
        return Applicant(client_on(tangerang), "kecil")

    return on


def stored() -> Draft:
    with scope.everywhere("a test looks at what was stored"):
        found: Draft = Draft.objects.latest("pk")
    return found


def inputs(page: Any) -> list[str]:
    """Return the radio buttons, tick boxes and options of a page, but for what waits for a script."""
    html = re.sub(r"<template.*?</template>", "", page.content.decode(), flags=re.DOTALL)
    return re.findall(r'<input class="govuk-(?:radios|checkboxes)__input"[^>]*>|<option[^>]*>', html)


def values(page: Any) -> list[str]:
    return [found[1] for each in inputs(page) if (found := re.search(r'value="([^"]+)"', each))]


def ticked(page: Any) -> list[str]:
    return [found[1] for each in inputs(page) if (found := re.search(r'value="([^"]+)".* checked', each))]


def search(applicant: Applicant, name: str = "jalan", **posted: Any) -> Any:
    """Press the button beside the search box, and return the page that comes back."""
    answer = applicant.post("isi", _list=name, **posted)
    assert answer.status_code == 302
    return applicant.client.get(answer["Location"].split("#")[0])


class TestLargeList:
    def test_offers_nothing_before_anybody_searches(self, begin: Begin, tangerang: Region) -> None:
        lists.imported(tangerang)
        page = begin(LARGE).get("isi")
        assert values(page) == []
        assert len(page.content) < 30_000

    def test_offers_at_most_twenty_and_tells_how_many_more(self, begin: Begin, tangerang: Region) -> None:
        lists.imported(tangerang)
        page = search(begin(LARGE), **{"jalan-words": "taman melati"})
        assert len(values(page)) == 20
        assert "Masih ada 1.180 lagi" in page.content.decode()
        assert 'value="taman melati"' in page.content.decode()

    def test_keeps_what_was_chosen_with_its_words(self, begin: Begin, tangerang: Region) -> None:
        lists.imported(tangerang)
        applicant = begin(LARGE, {"key": "lain", "type": "text", "label": "Lain", "required": True})
        page = search(applicant, jalan="S777", **{"jalan-words": "taman melati 10"})
        assert values(page)[0] == "S777"
        assert "Jalan Melati 777" in page.content.decode()
        assert ticked(page) == ["S777"]
        refused = applicant.post("isi", jalan="S777", lain="")
        assert refused.status_code == 200
        assert ticked(refused) == ["S777"]
        assert stored().answers == {"jalan": "S777"}
        assert ticked(applicant.get("isi")) == ["S777"]

    def test_asks_for_one_of_the_answers_when_only_words_are_there(
        self, begin: Begin, tangerang: Region
    ) -> None:
        lists.imported(tangerang)
        page = begin({**LARGE, "required": False}).post("isi", **{"jalan-words": "melati 777"})
        assert page.status_code == 200
        assert escape("Pilih salah satu jawaban yang ditemukan untuk “Jalan”") in page.content.decode()
        assert values(page)[0] == "S777"

    def test_refuses_what_is_not_on_the_list(self, begin: Begin, tangerang: Region) -> None:
        lists.imported(tangerang)
        page = begin(LARGE).post("isi", jalan="S99999")
        assert "Pilih salah satu jawaban yang tersedia" in page.content.decode()
        assert stored().answers == {}

    def test_looks_up_one_row_for_an_answer(
        self, begin: Begin, tangerang: Region, django_assert_max_num_queries: Any
    ) -> None:
        lists.imported(tangerang)
        applicant = begin(LARGE)
        with django_assert_max_num_queries(30) as asked:
            assert applicant.post("isi", jalan="S4711").status_code == 302
        rows = [query["sql"] for query in asked.captured_queries if "datasets_row" in query["sql"]]
        assert len(rows) == 1
        assert "LIMIT 1" in rows[0]

    def test_says_when_the_list_is_not_here_any_more(self, begin: Begin, tangerang: Region) -> None:
        province = factories.tenant("banten", kind=Region.Kind.PROVINCE)
        Region.objects.filter(pk=tangerang.pk).update(parent=province)
        tangerang.refresh_from_db()
        lists.imported(province)
        applicant = begin(LARGE)
        assert 'type="search"' in applicant.get("isi").content.decode()
        Region.objects.filter(pk=tangerang.pk).update(parent=None)
        modules.forget()
        assert "belum ada di sini" in applicant.get("isi").content.decode()

    def test_gives_several_answers(self, begin: Begin, tangerang: Region) -> None:
        lists.imported(tangerang)
        applicant = begin({**LARGE, "type": "choices"})
        page = search(applicant, jalan=["S5", "S6"], **{"jalan-words": "melati 777"})
        assert ticked(page) == ["S5", "S6"]
        assert "S777" in values(page)
        assert applicant.post("isi", jalan=["S5", "S777"]).status_code == 302
        assert stored().answers == {"jalan": ["S5", "S777"]}
        assert "Jalan Melati 5, Jalan Melati 777" in applicant.get("review").content.decode()

    def test_stands_in_rows(self, begin: Begin, tangerang: Region) -> None:
        lists.imported(tangerang)
        rows = {"key": "kios", "type": "repeat", "label": "Kios", "minItems": 1, "fields": [PARENT, LINKED]}
        applicant = begin(rows)
        posted = {"_row": ["kios.0", "kios.1"], "kios.0.kecamatan": "benda", "kios.1.kecamatan": "cibodas"}
        page = search(applicant, "kios.1.jalan", **posted)
        here = values(page)
        assert "S1" in here
        assert "S2" in here
        assert "S3" not in here
        wrong = applicant.post("isi", **posted, **{"kios.0.jalan": "S1", "kios.1.jalan": "S1"})
        assert escape("tidak cocok dengan “Kecamatan”") in wrong.content.decode()
        assert applicant.post(
            "isi", **posted, **{"kios.0.jalan": "S1", "kios.1.jalan": "S2"}
        ).status_code == 302  # fmt: skip


class TestSmallList:
    def test_stands_on_the_page_whole(self, begin: Begin, tangerang: Region) -> None:
        lists.imported(tangerang, 20)
        page = begin(LARGE).get("isi")
        assert len(values(page)) == 20
        assert "<select" in page.content.decode()
        assert 'type="search"' not in page.content.decode()

    def test_is_another_in_another_region(
        self, begin: Begin, tangerang: Region, poso: Region, client_on: Callable[..., Client]
    ) -> None:
        lists.imported(tangerang, 3)
        lists.imported(poso, 2)
        factories.installed(poso, document([LARGE], **lists.used("daftar_jalan")))
        assert values(begin(LARGE).get("isi")) == ["S1", "S2", "S3"]
        assert values(Applicant(client_on(poso), "kecil").get("isi")) == ["S1", "S2"]


@pytest.mark.parametrize("child", [INLINE, LINKED], ids=["in the document", "of the region"])
class TestLinkedChoice:
    def offers(self, child: dict[str, Any]) -> tuple[str, str]:
        """Return an answer that belongs to Benda, and one that belongs to Cibodas."""
        return ("a", "b") if child is INLINE else ("S1", "S2")

    @pytest.fixture
    def applicant(self, begin: Begin, tangerang: Region, child: dict[str, Any]) -> Applicant:
        lists.imported(tangerang)
        return begin(PARENT, child, keys=(child["dataset"],))

    def test_says_what_to_answer_first(self, applicant: Applicant, child: dict[str, Any]) -> None:
        page = applicant.get("isi")
        assert escape("Jawab dulu “Kecamatan”") in page.content.decode()
        assert not set(values(page)) & set(self.offers(child))
        refused = applicant.post("isi", kecamatan="")
        assert escape("Jawab dulu “Kecamatan”, lalu pilih jawaban untuk") in refused.content.decode()

    def test_offers_what_belongs_to_the_answer(self, applicant: Applicant, child: dict[str, Any]) -> None:
        benda, cibodas = self.offers(child)
        here = values(search(applicant, child["key"], kecamatan="benda"))
        assert benda in here
        assert cibodas not in here
        here = values(search(applicant, child["key"], kecamatan="cibodas"))
        assert cibodas in here
        assert benda not in here

    def test_refuses_a_pair_that_does_not_fit(self, applicant: Applicant, child: dict[str, Any]) -> None:
        benda, cibodas = self.offers(child)
        page = applicant.post("isi", kecamatan="cibodas", **{child["key"]: benda})
        assert page.status_code == 200
        assert escape("tidak cocok dengan “Kecamatan”") in page.content.decode()
        assert cibodas in values(page)
        assert benda not in values(page)
        page = applicant.post("isi", kecamatan="", **{child["key"]: benda})
        assert escape("Jawab dulu “Kecamatan”") in page.content.decode()
        assert applicant.post("isi", kecamatan="benda", **{child["key"]: benda}).status_code == 302
        assert stored().answers == {"kecamatan": "benda", child["key"]: benda}


class TestEdition:
    def test_stays_the_one_that_the_version_was_published_with(
        self, begin: Begin, tangerang: Region, client_on: Callable[..., Client]
    ) -> None:
        lists.imported(tangerang)
        before = begin(LARGE)
        assert before.post("isi", jalan="S11999").status_code == 302
        lists.imported(tangerang, 3, edition="2027", flower="Mawar")
        newer = lists.used("daftar_jalan")
        newer["datasets"]["daftar_jalan"] = {**newer["datasets"]["daftar_jalan"], "edition": "2027"}
        factories.installed(tangerang, document([LARGE], **newer), number=2)
        after = Applicant(client_on(tangerang), "kecil")
        assert "Mawar 3" in after.get("isi").content.decode()
        assert after.post("isi", jalan="S11999").status_code == 200
        assert "Jalan Melati 11999" in before.get("review").content.decode()


class TestWords:
    @pytest.fixture
    def around(self, tangerang: Region) -> Circumstances:
        lists.imported(tangerang, 30)
        factories.installed(tangerang, document([LARGE], **lists.used("daftar_jalan")))
        with scope.use(tangerang):
            installation = modules.installation(tangerang, "kecil")
            assert installation is not None
            module = modules.definition(installation.version)
        return Circumstances("id", date(2026, 11, 24), tangerang, module.tables)

    def test_are_those_of_the_row_in_a_summary_a_letter_and_a_table(self, around: Circumstances) -> None:
        text = Text((("id", "Jalan"),))
        one = Field("jalan", "choice", text, dataset="daftar_jalan")
        many = Field("jalan", "choices", text, dataset="daftar_jalan")
        face, faces = fields.face("choice"), fields.face("choices")
        assert face.say(one, "S7", around) == "Jalan Melati 7"
        assert face.letter(one, "S7", around) == "Jalan Melati 7"
        assert face.cells(one, "S7", around) == {"": "S7", "title": "Jalan Melati 7"}
        assert face.cells(one, None, around) == {"": "", "title": ""}
        with translation.override("id"):
            assert faces.letter(many, ["S7", "S10"], around) == "Jalan Melati 7 dan Taman Melati 10"
        both = "Jalan Melati 7; Taman Melati 10"
        assert faces.cells(many, ["S7", "S10"], around) == {"": "S7; S10", "title": both}

    def test_are_the_value_where_no_row_has_it(self, around: Circumstances) -> None:
        one = Field("jalan", "choice", Text((("id", "Jalan"),)), dataset="daftar_jalan")
        assert fields.face("choice").say(one, "S99", around) == "S99"
