"""The people of the journeys: what each does on the screen, in the words on the screen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from cms.demo.people import PASSWORD
from tests import axe
from tests.stack import Stack

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1366, "height": 768}
_LOGINS: set[tuple[str, bool]] = set()
"""The regions whose login was judged in this process, and whether on a phone."""


@dataclass
class Person:
    """Somebody at a browser. Each page they pass is judged by axe, and the console must stay silent."""

    page: Page
    stack: Stack
    region: str = "tangerang"
    javascript: bool = True
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Open an address of the region's site."""
        self.page.goto(self.stack.url(self.region, path))

    def log_in(self, username: str, next_path: str) -> None:
        """Go where a login is needed and pass it. Everybody finds the same page: it is judged once."""
        self.open(next_path)
        where = (self.region, isinstance(self, Citizen))
        if self.javascript and where not in _LOGINS:
            self.judge()
            _LOGINS.add(where)
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.press("Masuk")

    def press(self, name: str) -> None:
        """Press the button of that name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow the link of that name."""
        self.page.get_by_role("link", name=name).first.click()

    def write(self, question: str, answer: str) -> None:
        """Type an answer."""
        self.page.get_by_role("textbox", name=question).fill(answer)

    def choose(self, answer: str) -> None:
        """Tick the answer of a choice."""
        self.page.get_by_label(answer, exact=True).check()

    def answer(self, question: str, answer: str) -> None:
        """Tick the answer of the named choice, where several choices have the same answers."""
        self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()

    def date(self, question: str, answer: str) -> None:
        """Type a date, written `17-8-1990`, into its three boxes."""
        group = self.page.get_by_role("group", name=question)
        for box, part in zip(("Tanggal", "Bulan", "Tahun"), answer.split("-"), strict=True):
            group.get_by_label(box, exact=True).fill(part)

    def select(self, question: str, answer: str) -> None:
        """Choose an answer from a list."""
        self.page.get_by_label(question).select_option(label=answer)

    def attach(self, question: str, file: FilePayload) -> None:
        """Choose a file."""
        self.page.get_by_label(question).set_input_files(file)

    def read_in(self, language: str) -> None:
        """Switch the site's language."""
        self.page.get_by_role("button", name=language).click()

    def sees(self, words: str) -> None:
        """Fail unless the words are on the page."""
        expect(self.page.locator("body")).to_contain_text(words)

    def reads_heading(self, words: str | re.Pattern[str]) -> None:
        """Fail unless the page's heading holds the words."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def judge(self) -> None:
        """Fail on any violation of WCAG 2.2 AA on the page, or on a sideways scroll.

        The judge is a script itself: pages without script are judged when they are passed with it.
        """
        if not self.javascript:
            return
        self.page.wait_for_load_state("networkidle")  # the parts of the script have come and done their work
        root = "document.documentElement"
        wide = self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"
        # A bar that stays at the lower edge covers whatever happens to lie there; at the end, nothing does.
        self.page.evaluate(f"window.scrollTo(0, {root}.scrollHeight)")
        found = axe.run(self.page, options=axe.WCAG)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        assert not self.complaints, self.complaints


class Citizen(Person):
    """Fills in a form on a phone."""

    def begin(self, service: str) -> None:
        """Find the service on the front page and start."""
        self.open("/")
        self.judge()
        self.follow(re.compile(re.escape(service)))
        self.judge()
        self.press("Mulai")

    def go_on(self) -> None:
        """Press Lanjut and wait for the page it leads to."""
        with self.page.expect_event("framenavigated"):
            self.press("Lanjut")

    def send(self) -> str:
        """Agree, send, and return the reference number on the receipt."""
        self.page.get_by_label("Isian saya benar").check()
        self.press("Kirim permohonan")
        self.reads_heading("sudah kami terima")
        return self.page.locator(".reference").first.inner_text().strip()

    def find_case(self, reference: str, fact: str) -> None:
        """Open the status page with the reference and the second fact."""
        self.open("/track/")
        self.judge()
        self.page.get_by_label("Nomor permohonan").fill(reference)
        self.page.get_by_label("Jawaban kedua").fill(fact)
        self.press("Buka permohonan saya")


class Officer(Person):
    """Decides at the desk."""

    def open_case(self, reference: str) -> None:
        """Open the case from the list of work."""
        self.open("/desk/")
        self.follow(re.compile(reference))

    def choose_action(self, name: str) -> None:
        """Take the button of an action in the bar."""
        self.page.get_by_label("Yang dapat Anda lakukan").get_by_role("link", name=name).click()

    def confirm(self, name: str) -> None:
        """Press the button that carries the action out."""
        self.press(name)

    def decide(self, name: str) -> None:
        """Take an action that asks for nothing more, and carry it out."""
        self.choose_action(name)
        self.judge()
        self.carry_out(name)

    def carry_out(self, name: str) -> None:
        """Press the button that carries the action out, and read that it was."""
        self.confirm(name)
        self.sees("Permohonan sekarang pada tahap")
        self.judge()


class Clerk(Person):
    """Builds a service in the editor."""

    def create(self, title: str) -> None:
        """Create a service by its title, straight into the editor."""
        self.follow("Layanan baru")
        self.page.get_by_label("Judul layanan").fill(title)
        self.press("Mulai menyusun")
        expect(self.page.get_by_role("tab", name="Pertanyaan")).to_be_visible()

    def tab(self, name: str) -> None:
        """Open one of the five tabs."""
        self.page.get_by_role("tab", name=name).click()

    def add_question(self, kind: str, words: str) -> None:
        """Take a kind from the palette and write the question."""
        self.page.locator("#b-palette").get_by_role("button", name=re.compile(f"^{kind}")).first.click()
        self.inspector.get_by_label("Kalimat pertanyaan").fill(words)

    @property
    def inspector(self) -> Locator:
        """The column where the selected question is edited."""
        return self.page.locator(".b-inspector")

    def require(self) -> None:
        """Make the selected question obligatory."""
        box = self.inspector.get_by_label("Wajib diisi")
        if not box.is_checked():
            box.check()

    def options(self, *answers: str) -> None:
        """Write the answers of the selected question, one per line."""
        self.inspector.get_by_label("Pilihan jawaban", exact=True).fill("\n".join(answers))

    def show_only_if(self, question: str, answer: str) -> None:
        """Give the selected question a condition."""
        self.inspector.get_by_role("button", name="Munculkan hanya bila …").click()
        chooser = self.inspector.get_by_label("Pertanyaan yang mana")
        chosen = next(o for o in chooser.locator("option").all_inner_texts() if o.endswith(question))
        chooser.select_option(label=chosen)
        self.inspector.get_by_role("button", name=answer, exact=True).click()

    def step(self, number: int) -> Locator:
        """The card of an approval step."""
        return self.page.locator(".b-step[data-key]").nth(number - 1)

    def saved(self) -> None:
        """Wait until the editor says that the draft is saved."""
        self.page.wait_for_function("() => !document.querySelector('form[data-edit-form] [data-w-unsaved]')")

    def publish(self) -> None:
        """Press Terbitkan sekarang, once nothing is left to put right."""
        self.tab("Terbitkan")
        self.press("Terbitkan sekarang")


P = TypeVar("P", bound=Person)


@contextmanager
def person(
    kind: type[P], browser: Browser, stack: Stack, *, region: str = "tangerang", javascript: bool = True
) -> Iterator[P]:
    """Sit somebody down at a browser of their own."""
    context = browser.new_context(
        viewport=PHONE if issubclass(kind, Citizen) else DESK, locale="id-ID", java_script_enabled=javascript
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    someone = kind(page, stack, region, javascript)
    page.on("pageerror", lambda error: someone.complaints.append(str(error)))
    page.on(
        "console",
        lambda line: someone.complaints.append(line.text) if "Content Security Policy" in line.text else None,
    )
    try:
        yield someone
    except BaseException:
        if folder := os.environ.get("RAKIT_JOURNEY_SHOTS"):  # a picture of where it went wrong
            page.screenshot(path=f"{folder}/{kind.__name__}.png", full_page=True)
        raise
    finally:
        context.close()


@contextmanager
def at_desk(
    browser: Browser, stack: Stack, username: str, reference: str, *, region: str = "tangerang"
) -> Iterator[Officer]:
    """Sit an officer down before a case: logged in, found in the list of work, opened; all judged."""
    with person(Officer, browser, stack, region=region) as officer:
        officer.log_in(f"{username}.{region}", "/desk/")
        officer.judge()
        officer.open_case(reference)
        officer.judge()
        yield officer
