"""Files in rows, sent by the script of a page: cut, continued, and never in another row (F18)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys import papers
from tests.runtime.forms.asking import Asked
from tests.runtime.wizard.slowline import wait_until

pytestmark = pytest.mark.browser


def question(key: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": {"id": label, "en": label}, **more}


QUESTIONS = [
    question(
        "anak",
        "repeat",
        "Anak",
        minItems=2,
        fields=[
            question("nama", "text", "Nama", required=True),
            question("akta", "file", "Akta"),
            question("ijazah", "repeat", "Ijazah", minItems=1, fields=[question("berkas", "file", "Berkas")]),
        ],
    ),
]


@pytest.fixture
def asked(ask: Callable[..., Asked]) -> Asked:
    return ask(QUESTIONS)


def at(asked: Asked, place: str) -> Locator:
    """Return the question at a place: what holds its input."""
    return asked.page.locator("[data-question]").filter(
        has=asked.page.locator(f"#id_{place}".replace(".", "\\."))
    )


def attach(asked: Asked, place: str, name: str, kilobytes: int = 0) -> None:
    at(asked, place).locator("input[type=file]").set_input_files(papers.letter(name, kilobytes=kilobytes))


def is_kept(asked: Asked, place: str, name: str) -> None:
    expect(at(asked, place).locator("[data-kept]")).to_contain_text(name)


def stored(asked: Asked) -> list[dict[str, Any]]:
    """Return the stored rows, each file by its name."""
    return [
        {
            "nama": row.get("nama"),
            "akta": [file["name"] for file in row.get("akta", [])],
            "ijazah": [[file["name"] for file in inner.get("berkas", [])] for inner in row.get("ijazah", [])],
        }
        for row in asked.answers()["anak"]
    ]


@dataclass
class Pieces:
    """The line that pieces of files go over: free, slow, or cut once so many have passed."""

    page: Page
    most: int = 1000
    slow: bool = False
    offsets: list[int] = field(default_factory=list)
    waiting: list[Route] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.route("**/files/*/", self._pass)

    def _pass(self, route: Route) -> None:
        self.offsets.append(int(route.request.headers["upload-offset"]))
        if self.slow:
            self.waiting.append(route)
        elif len(self.offsets) > self.most:
            route.abort()
        else:
            route.continue_()

    def wait(self) -> None:
        """Wait until a piece is held back."""
        wait_until(self.page, lambda: bool(self.waiting))

    def flow(self) -> None:
        """Let everything pass again, first what was held back."""
        self.slow, self.most = False, 1000
        self.waiting.pop().continue_()


class TestFilesInRows:
    @pytest.fixture
    def line(self, asked: Asked) -> Pieces:
        for number, name in enumerate(("Ani", "Budi")):
            asked.page.locator(f"[name='anak.{number}.nama']").fill(name)
        return Pieces(asked.page)

    def test_go_on_after_a_cut_and_stay_with_their_row(self, asked: Asked, line: Pieces) -> None:
        page, line.most = asked.page, 2
        attach(asked, "anak.1.akta", "budi.pdf", kilobytes=700)
        expect(at(asked, "anak.1.akta").locator("[data-state]")).to_contain_text("Tidak ada sambungan")
        cut, line.slow = line.offsets[2], True
        at(asked, "anak.1.akta").get_by_role("button", name="Coba lagi").click()
        line.wait()
        asked.complaints.clear()  # the browser has told of the cut
        asked.judge()
        assert line.offsets[-1] == cut > 0
        line.flow()
        is_kept(asked, "anak.1.akta", "budi.pdf")
        attach(asked, "anak.1.ijazah.0.berkas", "sma.pdf")
        is_kept(asked, "anak.1.ijazah.0.berkas", "sma.pdf")
        attach(asked, "anak.0.akta", "ani.pdf")
        is_kept(asked, "anak.0.akta", "ani.pdf")
        expect(page.locator("[data-kept]")).to_have_count(3)
        asked.judge()
        with page.expect_navigation():
            page.locator("button[value='copy:anak.0']").click()
        expect(page.get_by_text("jendela lain")).to_have_count(0)
        page.locator("[name='anak.1.nama']").fill("Adi")
        attach(asked, "anak.1.akta", "adi.pdf")
        is_kept(asked, "anak.1.akta", "adi.pdf")
        asked.go_on()
        asked.is_reviewed("adi.pdf")
        assert stored(asked) == [
            {"nama": "Ani", "akta": ["ani.pdf"], "ijazah": [[]]},
            {"nama": "Adi", "akta": ["adi.pdf"], "ijazah": [[]]},
            {"nama": "Budi", "akta": ["budi.pdf"], "ijazah": [["sma.pdf"]]},
        ]
        page.locator("[name=agree]").check()
        asked.go_on()
        assert "/receipt/" in page.url

    def test_are_waited_for_before_rows_change(self, asked: Asked, line: Pieces) -> None:
        line.slow = True
        attach(asked, "anak.1.akta", "budi.pdf")
        line.wait()
        with asked.page.expect_navigation():
            asked.page.locator("button[value='copy:anak.0']").click()
            line.flow()
        is_kept(asked, "anak.2.akta", "budi.pdf")
        assert [row["akta"] for row in stored(asked)] == [[], [], ["budi.pdf"]]


class TestWithoutScript:
    def test_go_with_their_page(self, ask: Callable[..., Asked]) -> None:
        asked = ask(QUESTIONS, javascript=False)
        for number, name in enumerate(("Ani", "Budi")):
            asked.page.locator(f"[name='anak.{number}.nama']").fill(name)
            attach(asked, f"anak.{number}.akta", f"{name.lower()}.pdf")
        asked.go_on()
        asked.is_reviewed("budi.pdf")
        assert [row["akta"] for row in stored(asked)] == [["ani.pdf"], ["budi.pdf"]]
