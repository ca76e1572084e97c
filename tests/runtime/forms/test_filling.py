"""Words of a form with answers in them, as those who may read the answers see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from runtime.forms import drawing, question
from runtime.forms.pageform import PageForm, page_form
from runtime.forms.summary import summary
from schemas import parse
from schemas.definition import Module
from tests.runtime.forms import asking
from tests.schemas.corpus import TESTS, small_module

VALID = (TESTS / "definitions" / "valid" / "chips.json").read_text(encoding="utf-8")
TODAY = date(2026, 11, 27)
NAME = {"key": "nama", "type": "text", "label": {"id": "Nama", "en": "Name"}}
WORK = {
    "key": "kerja",
    "type": "text",
    "label": {"id": "Apa pekerjaan {nama}?", "en": "What does {nama} do?"},
    "help": {"id": "Tulis pekerjaan {nama}.", "en": "Write what {nama} does."},
    "chips": True,
    "required": True,
}
KIND = {
    "key": "jenis",
    "type": "choice",
    "label": {"id": "Jenis", "en": "Kind"},
    "options": [{"value": "toko", "label": {"id": "Toko kelontong", "en": "Grocery"}}],
}
PRICE = {"key": "harga", "type": "money", "label": {"id": "Harga", "en": "Price"}}
BORN = {"key": "lahir", "type": "date", "label": {"id": "Tanggal lahir", "en": "Born"}}
ABOUT = {
    "key": "tentang",
    "type": "note",
    "label": {"id": "{jenis}, {harga}, {lahir}", "en": "{jenis}, {harga}, {lahir}"},
    "chips": True,
}
CHILDREN = {
    "key": "anak",
    "type": "repeat",
    "label": {"id": "Anak {nama}", "en": "Children of {nama}"},
    "item": {"id": "Anak {panggilan}", "en": "Child {panggilan}"},
    "chips": True,
    "minItems": 2,
    "fields": [
        {"key": "panggilan", "type": "text", "label": {"id": "Nama anak", "en": "Name of the child"}},
        {
            "key": "umur",
            "type": "integer",
            "label": {"id": "Umur {panggilan}, anak {nama}", "en": "Age of {panggilan}, child of {nama}"},
            "chips": True,
        },
    ],
}


def module(*fields: dict[str, Any]) -> Module:
    found = parse.check_value(small_module(list(fields))).module
    assert found is not None
    return found


def form(
    found: Module, answers: dict[str, Any], at: int = 0, *, language: str = "id", **more: Any
) -> PageForm:
    page = found.pages[at]
    return page_form(found, page, answers=answers, language=language, region=None, today=TODAY, **more)


def html(made: PageForm) -> str:
    return "".join(block.html for block in made.blocks)


class TestPageForm:
    """The words of a page."""

    def test_says_the_answer_or_that_there_is_none_yet(self) -> None:
        found = module(NAME, WORK)
        assert '>Apa pekerjaan <bdi data-fill="nama">Siti</bdi>?<' in html(form(found, {"nama": "Siti"}))
        drawn = html(form(found, {"nama": "Siti"}, language="en"))
        assert 'Write what <bdi data-fill="nama">Siti</bdi> does.' in drawn
        assert 'Apa pekerjaan <bdi data-fill="nama">…</bdi>?' in html(form(found, {}))

    def test_says_everything_an_answer_holds_as_words_on_one_line(self) -> None:
        evil = '<script>alert("1")</script>\u202e {kerja}\n&amp; \ue010kerja\ue011x\ue012'
        drawn = html(form(module({**NAME, "type": "longtext"}, WORK), {"nama": evil}))
        said = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; {kerja}, &amp;amp; kerjax"
        label = drawn.partition("Apa pekerjaan ")[2].partition("</bdi>")[0]
        assert label == f'<bdi data-fill="nama">{said}'
        assert "<script>" not in drawn

    def test_cuts_a_long_answer(self) -> None:
        drawn = html(form(module(NAME, WORK), {"nama": "kata " * 40}))
        said = drawn.partition('<bdi data-fill="nama">')[2].partition("</bdi>")[0]
        assert said == ("kata " * 12).strip() + "…"

    def test_keeps_no_answer_among_what_is_drawn_once(self) -> None:
        found = module(NAME, WORK)
        html(form(found, {"nama": "Siti"}))
        before = drawing._kept.cache_info().currsize, question._gaps.cache_info().currsize
        for name in ("Budi", "Ayu"):
            assert name in html(form(found, {"nama": name}))
        assert (drawing._kept.cache_info().currsize, question._gaps.cache_info().currsize) == before

    def test_says_a_mistake_with_the_answer_in_it(self) -> None:
        found = module(NAME, WORK, {**CHILDREN, "minItems": 1})
        posted = {
            "nama": "Siti",
            "kerja": "",
            "_row": "anak.0",
            "anak.0.panggilan": "Budi",
            "anak.0.umur": "x",
        }
        made = form(found, {}, data=posted)
        assert not made.is_valid()
        assert "Apa pekerjaan Siti?" in str(made.errors["kerja"])
        assert "Umur Budi, anak Siti" in str(made.errors["anak.0.umur"])

    def test_tells_a_hidden_answer_to_nobody(self) -> None:
        shown = {"==": [{"var": "jenis"}, "toko"]}
        found = module(KIND, {**NAME, "visible": shown}, WORK)
        assert 'nama">…</bdi>?' in html(form(found, {"nama": "Siti", "kerja": "Guru"}))

    def test_fills_the_title_of_a_page_for_its_reader_and_of_no_document(self) -> None:
        found = parse.load(VALID)
        made = form(found, {"nama": "Siti"}, 1)
        assert (made.heading.title.say("id"), made.heading.intro.say("id")) == (
            "Isi untuk Siti",
            "Halo Siti, jawablah.",
        )
        assert made.page.title.say("id") == "Isi untuk [Nama]"

    def test_says_samples_of_other_pages_where_it_is_only_shown(self) -> None:
        made = form(parse.load(VALID), {}, 1)
        made.wording.samples = {"nama": "Contoh nama", "jenis": "baru"}
        assert made.heading.title.say("id") == "Isi untuk Contoh nama"
        drawn = html(made)
        assert 'milik <bdi data-fill="nama">Contoh nama</bdi>?' in drawn
        assert 'Jumlah <bdi data-fill="jenis">…</bdi>' in drawn

    def test_names_the_entries_by_their_own_answers_and_a_new_one_by_none(self) -> None:
        found = module(NAME, CHILDREN)
        rows = [{"panggilan": "Budi"}, {"panggilan": "Ayu", "umur": 3}]
        drawn = html(form(found, {"nama": "Siti", "anak": rows}))
        assert 'Umur <bdi data-fill="panggilan">Ayu</bdi>, anak <bdi data-fill="nama">Siti</bdi>' in drawn
        assert '<legend class="row-card__legend">Anak <bdi data-fill="panggilan">Budi</bdi> 1' in drawn
        assert ">Tambah: Anak<" in drawn


class TestSummary:
    """The words of answers already given."""

    ANSWERS: dict[str, Any] = {
        "nama": "سارة",
        "kerja": "Guru",
        "anak": [{"panggilan": "Budi", "umur": 3}, {"panggilan": "Ayu"}],
    }

    def test_says_questions_as_they_were_asked(self) -> None:
        (page,) = summary(module(NAME, WORK, CHILDREN), self.ANSWERS, language="id", region=None)
        assert page.rows[1].label == "Apa pekerjaan \u2068سارة\u2069?"
        assert [entry.title for entry in page.rows[2].entries] == ["Anak Budi 1", "Anak Ayu 2"]
        assert page.rows[2].entries[1].rows[1].label == "Umur Ayu, anak \u2068سارة\u2069"

    def test_covers_in_words_what_it_covers_in_answers(self) -> None:
        nik = {"key": "nama", "type": "nik", "label": "NIK"}
        found, answers = module(nik, WORK), {"nama": "3671014507880002"}
        (page,) = summary(found, answers, language="id", region=None, mask=True)
        assert page.rows[1].label == "Apa pekerjaan ••••••••••••0002?"


@pytest.mark.django_db(transaction=True)
class TestOnThePage:
    """The words of a page while it is filled in."""

    def test_follow_what_is_typed_and_say_it_as_the_server_does(
        self, ask: Callable[..., asking.Asked]
    ) -> None:
        fields = [NAME, WORK, KIND, PRICE, BORN, ABOUT, CHILDREN]
        asked = ask(fields)
        page = asked.page
        label = page.locator("label[for=id_kerja]")
        expect(label).to_have_text("Apa pekerjaan …?")
        page.fill("#id_nama", "Siti <b>Aminah</b>")
        expect(label).to_have_text("Apa pekerjaan Siti <b>Aminah</b>?")
        expect(page.locator("#id_kerja-hint")).to_have_text("Tulis pekerjaan Siti <b>Aminah</b>.")
        page.get_by_label("Toko kelontong").check()
        page.fill("#id_harga", "1250000")
        for part, value in (("day", "7"), ("month", "9"), ("year", "1990")):
            page.fill(f"#id_lahir-{part}", value)
        page.locator("[name='anak.1.panggilan']").fill("Budi")
        said = page.locator(".note h2")
        expect(said).to_have_text("Toko kelontong, Rp1.250.000, 7 September 1990")
        entry = page.locator("[data-row='anak.1']")
        expect(entry.locator("legend").first).to_have_text("Anak Budi 2")
        expect(entry.locator("label").nth(1)).to_contain_text("Umur Budi, anak Siti <b>Aminah</b>")
        asked.look("filled")
        asked.judge()
        asked.go_on()
        asked.is_refused("Apa pekerjaan Siti <b>Aminah</b>?")
        words = [said.inner_text(), label.inner_text(), entry.locator("legend").first.inner_text()]
        assert words == [
            "Toko kelontong, Rp1.250.000, 7 September 1990",
            "Apa pekerjaan Siti <b>Aminah</b>?",
            "Anak Budi 2",
        ]
        assert "Siti" not in page.title()

    def test_stand_there_without_scripts_once_the_page_was_sent(
        self, ask: Callable[..., asking.Asked]
    ) -> None:
        asked = ask([NAME, WORK], javascript=False)
        asked.page.fill("#id_nama", "Siti")
        asked.go_on()
        asked.is_refused("Apa pekerjaan Siti?")
        expect(asked.page.locator("label[for=id_kerja]")).to_have_text("Apa pekerjaan Siti?")
        asked.page.fill("#id_kerja", "Guru")
        asked.go_on()
        asked.is_reviewed("Apa pekerjaan Siti?")
