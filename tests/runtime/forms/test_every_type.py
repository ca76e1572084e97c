"""Every kind of question on real pages, in each state a citizen can meet it in, with a script and without.

A page asks several kinds: in a group, once more where an answer brings them up, shown only, and in a row.
It is sent empty, sent wrong, put right, opened again, checked and filed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from runtime.cases.models import Case
from runtime.regions import scope
from schemas import fieldtypes
from schemas.walk import FILE_TYPES
from tests import factories
from tests.runtime.forms import kinds
from tests.runtime.forms.asking import DESK, PHONE, Asked
from tests.runtime.forms.kinds import Kind

ON_A_PAGE = 10
SHEETS = [kinds.every()[start : start + ON_A_PAGE] for start in range(0, len(kinds.KINDS), ON_A_PAGE)]
MORE = {
    "key": "lagi",
    "type": "boolean",
    "label": {"id": "Tanya lagi?", "en": "Ask again?"},
    "required": True,
}


def is_asked(kind: Kind) -> bool:
    return kind.type not in fieldtypes.UNASKED


def questions(sheet: list[Kind]) -> list[dict[str, Any]]:
    """Return a page that asks the kinds of a sheet in every way."""
    must = {kind.type: {"required": True} if is_asked(kind) else {} for kind in sheet}
    rows = [
        kind.question(f"i_{kind.type}", "Baris", "Row", **must[kind.type]) for kind in sheet if is_asked(kind)
    ]
    return [
        MORE,
        {
            "key": "kelompok",
            "type": "group",
            "label": {"id": "Kelompok", "en": "Group"},
            "fields": [kind.question(f"q_{kind.type}", "Tanya", "Ask", **must[kind.type]) for kind in sheet],
        },
        *(
            kind.question(f"c_{kind.type}", "Lagi", "Again", visible={"var": "lagi"}, **must[kind.type])
            for kind in sheet
            if kind.type != "metadata"
        ),
        *(
            kind.question(f"r_{kind.type}", "Tetap", "Fixed", readOnly=True, default=kind.always)
            for kind in sheet
            if kind.always is not None
        ),
        *(
            kind.question(f"k_{kind.type}", "Hitung", "Work out", calculate={"var": f"q_{kind.type}"})
            for kind in sheet
            if kind.worked_out
        ),
        {
            "key": "baris",
            "type": "repeat",
            "label": {"id": "Daftar", "en": "List"},
            "item": {"id": "Lembar", "en": "Sheet"},
            "required": True,
            "fields": rows,
        },
    ]


def each(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the questions of a page, those in groups and rows too."""
    for item in items:
        yield item
        if item["key"] in ("kelompok", "baris"):
            yield from item["fields"]


def named(value: Any) -> Any:
    """Return an answer with the names of its files in place of their descriptions."""
    if isinstance(value, list) and value and isinstance(value[0], dict) and "sha256" in value[0]:
        return ", ".join(file["name"] for file in value)
    if isinstance(value, dict):
        return {key: named(inner) for key, inner in value.items()}
    return [named(inner) for inner in value] if isinstance(value, list) else value


def inputs(key: str, parts: kinds.Parts) -> Iterator[tuple[str, Any]]:
    """Yield the posted names of a question with what stands there."""
    for part, value in parts.items():
        yield f"{key}{part}" if part.startswith(".") else f"{key}-{part}" if part else key, value


class Walk:
    """A citizen who meets the page of a sheet in every state."""

    def __init__(self, sheet: list[Kind], asked: Asked, language: str) -> None:
        self.whole = sheet
        self.sheet = [kind for kind in sheet if is_asked(kind)]
        self.asked, self.page, self.language = asked, asked.page, language
        self.early: dict[str, str] = {}
        self.asked.name = f"{sheet[0].type}-{language}-{'script' if asked.javascript else 'plain'}"
        self.places = [
            (kind, f"{prefix}{kind.type}") for prefix in ("q_", "c_", "baris.0.i_") for kind in self.sheet
        ]

    def judge(self) -> None:
        """Let axe judge the page; without a script on a phone in Indonesian and at a desk in English."""
        plain = (PHONE,) if self.language == "id" else (DESK,)
        self.asked.judge((PHONE, DESK) if self.asked.javascript else plain)
        self.asked.speaks(self.language)

    def refusals(self) -> list[str]:
        """Return what the list at the top asks to be put right."""
        return self.page.locator(".govuk-error-summary__list a").all_inner_texts()

    def sees_it_for_the_first_time(self) -> None:
        expect(self.page.locator("[data-question^=c_]:visible, [data-rows^=c_]:visible")).to_have_count(0)
        for kind in self.whole:
            if kind.always is not None:
                assert self.page.locator(f"[data-question=r_{kind.type}]").inner_text().strip()
                assert self.page.locator(f"[name^=r_{kind.type}]").count() == 0
        self.judge()

    def sends_it_empty(self) -> None:
        self.asked.go_on()
        assert len(self.refusals()) == 1 + 2 * len(self.sheet), self.refusals()
        self.judge()

    def brings_up_more(self) -> None:
        self.put("lagi", "yes")
        if not self.asked.javascript:
            self.asked.go_on()
        for kind in self.whole:
            if kind.type != "metadata":
                expect(
                    self.page.locator(f"[data-question=c_{kind.type}], [data-rows=c_{kind.type}]")
                ).to_be_visible()

    def sends_it_wrong(self) -> None:
        wrong = [kind for kind in self.sheet if kind.wrong is not None]
        for kind, key in self.places:
            first = key.startswith("q_") and kind in wrong
            self.fill(key, kind.wrong if first and kind.wrong else kind.typed)
            if first and self.is_sent_at_once(kind):
                wrong.remove(kind)
                self.is_refused_at_once(key, kind)
        self.asked.go_on()
        assert len(self.refusals()) == len(wrong), self.refusals()
        self.judge()

    def is_sent_at_once(self, kind: Kind) -> bool:
        return self.asked.javascript and kind.type in FILE_TYPES

    def is_refused_at_once(self, key: str, kind: Kind) -> None:
        """Fail unless a file that is not what it says is refused beside its question."""
        question = self.page.locator(f"[data-question={key}]")
        expect(question.locator(".upload.is-wrong")).to_contain_text("palsu.jpg")
        self.asked.complaints = [said for said in self.asked.complaints if "422" not in said]  # that was it
        self.page.locator(".actions button:not([name])").click()
        expect(question.locator("[data-ask]")).to_be_visible()
        self.judge()
        self.fill(key, kind.typed)

    def puts_it_right(self) -> None:
        for kind in self.sheet:
            if kind.wrong is not None and not self.is_sent_at_once(kind):
                self.fill(f"q_{kind.type}", kind.typed)
        self.early = self.worked_out()
        self.asked.go_on()
        expect(self.page.locator("main .summary-list").first).to_be_visible()
        self.asked.speaks(self.language)

    def opens_it_again(self) -> None:
        self.page.goto(self.page.url.replace("/review/", "/isi/"))
        for kind, key in self.places:
            self.stands(key, kind)
        self.is_worked_out()
        self.judge()
        self.asked.go_on()

    def worked_out(self) -> dict[str, str]:
        """Return what the formulas of the page show, where they show an answer and not that they will."""
        shown = {}
        for kind in self.sheet:
            if kind.worked_out:
                value = self.page.locator(f"[data-question=k_{kind.type}] .output__value")
                words = value.inner_text()
                if words != value.get_attribute("data-empty"):
                    shown[kind.type] = words
        return shown

    def is_worked_out(self) -> None:
        """Fail unless formulas show answers in the server's words; a script may have shown them before."""
        wanted = {
            kind.type: self.page.locator(f"[data-question=k_{kind.type}]").get_attribute("data-said")
            for kind in self.sheet
            if kind.worked_out
        }
        assert self.worked_out() == wanted
        assert self.early.items() <= wanted.items()
        assert self.early or not self.asked.javascript

    def files_it(self) -> None:
        self.page.locator("[name=agree]").check()
        self.asked.go_on()
        expect(self.page.locator(".reference").first).to_be_visible()
        with scope.everywhere("a test looks at what was stored"):
            answers = Case.objects.get().answers
        assert named(answers) == self.wanted()

    def wanted(self) -> dict[str, Any]:
        """Return the answers of a case in which everything was answered."""
        asked = {question["key"]: question for question in each(questions(self.whole))}
        found = {
            key: kinds.KINDS[key[2:]].stored(question) for key, question in asked.items() if key[1] == "_"
        }
        found |= {f"r_{kind.type}": kind.always for kind in self.whole}
        row = {key: found.pop(key) for key in list(found) if key.startswith("i_")}
        kept = {key: value for key, value in found.items() if value is not None}
        return {"lagi": True, **kept, "baris": [row]}

    def fill(self, key: str, parts: kinds.Parts) -> None:
        for name, value in inputs(key, parts):
            self.put(name, value)

    def put(self, name: str, value: Any) -> None:
        """Type, tick, choose or attach, whatever the input named so is for."""
        box = self.page.locator(f"[name='{name}']")
        about = box.first.evaluate("e => e.type")
        if about in ("radio", "checkbox"):
            for each in box.all():
                wanted = each.get_attribute("value") in (value if isinstance(value, list) else [value])
                if wanted or about == "checkbox":
                    each.set_checked(wanted)
        elif about == "select-one":
            self.choose(name, value)
        elif about == "file":
            box.set_input_files(value)
        else:
            if not box.is_visible():
                self.page.locator("details", has=box).locator("summary").click()
            box.fill(value)

    def choose(self, name: str, value: str) -> None:
        """Choose from a list; one that is not open yet is asked for by its button."""
        box = self.page.locator(f"[name='{name}']")
        if not self.asked.javascript and not box.is_visible():
            with self.page.expect_navigation():
                self.page.locator(f"button[name=_list][value='{name.rpartition('-')[0]}']").click()
        box.select_option(value)

    def stands(self, key: str, kind: Kind) -> None:
        """Fail unless the inputs hold what was put into them."""
        for name, value in inputs(key, kind.standing(self.language)):
            box = self.page.locator(f"[name='{name}']")
            about = box.first.evaluate("e => e.type")
            if about in ("radio", "checkbox"):
                ticked = [each.get_attribute("value") for each in box.all() if each.is_checked()]
                assert sorted(ticked) == sorted(value if isinstance(value, list) else [value]), name
            elif about == "file":
                expect(self.page.locator(f"[data-question='{key.rpartition('.')[2]}']")).to_contain_text(
                    value["name"]
                )
            else:
                assert box.input_value() == value, name


@pytest.mark.browser
class TestEveryType:
    # What a script does depends on no language: both are met once, not each with the other.
    @pytest.mark.parametrize(
        ("javascript", "language"), [(True, "id"), (False, "en")], ids=["script-id", "plain-en"]
    )
    @pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: f"{sheet[0].type}-{sheet[-1].type}")
    def test_is_met_in_every_state(
        self, ask: Callable[..., Asked], language: str, javascript: bool, sheet: list[Kind]
    ) -> None:
        factories.areas()
        walk = Walk(sheet, ask(questions(sheet), javascript=javascript, language=language), language)
        walk.sees_it_for_the_first_time()
        walk.sends_it_empty()
        walk.brings_up_more()
        walk.sends_it_wrong()
        walk.puts_it_right()
        walk.opens_it_again()
        walk.files_it()
