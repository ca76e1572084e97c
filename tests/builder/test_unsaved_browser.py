"""What is written when a session has ended, the line is cut or a window closed: kept for its author alone."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, Response, expect

from builder import services
from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import User
from tests import axe, factories, visiting
from tests.builder.conftest import DESK, document, text
from tests.builder.test_clumsy_browser import save
from tests.builder.test_panel_browser import add
from tests.builder.test_views import url

pytestmark = pytest.mark.browser
KEPT = "() => Object.keys(localStorage).filter((name) => name.startsWith('rakit.page.builder/')).length"

TYPED_MEANWHILE = """(words) => {
  const ask = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    if (!String(asked[0]).includes("/edit/")) return answer;
    window.fetch = ask;
    document.activeElement.value = words;
    document.activeElement.dispatchEvent(new Event("input", { bubbles: true }));
    return answer;
  };
}"""
"""Writes once more into the box that has the keyboard in the moment in which an autosave is answered."""


def settle(page: Page) -> None:
    """Wait until what was just written has been kept in the browser, and then saved by itself."""
    for count in (1, 0):
        page.wait_for_function(f"({KEPT})() === {count}")


def _is_autosave(answer: Response) -> bool:
    return answer.request.method == "POST" and "/edit/" in answer.url


@pytest.fixture
def editor(site, open_page, module: Module, clerk: User) -> Page:
    """The editor of a service that asks for a name."""
    page: Page = open_page(viewport=DESK)
    visiting.log_in(page, site(module.region, url("edit", module.pk)), clerk.username)
    expect(page.locator(".b-question")).to_have_count(1)
    return page


def offer(page: Page) -> Locator:
    return page.get_by_role("region", name="Tulisan yang belum tersimpan")


def bar(page: Page) -> Locator:
    return page.locator(".b-session")


def saved(module: Module) -> str:
    with scope.use(module.region):
        held: str = Module.objects.get().get_latest_revision_as_object().document
    return held


def judged(page: Page) -> None:
    found = axe.run(page, ".b-panel, .b-session", options=axe.WCAG)
    assert found.violations_count == 0, found.generate_report()


def leave_unsaved(page: Page, label: str) -> Page:
    """Write after the session has ended, close the window, and return a new one of the same browser."""
    Session.objects.all().delete()
    add(page, "Teks pendek", label)
    expect(bar(page)).to_contain_text("Anda tidak lagi masuk")
    context = page.context
    page.close()
    return context.new_page()


def enter(page: Page, site, module: Module, user: User) -> None:
    """Log in on the way to the editor."""
    visiting.log_in_by_hand(page, site(module.region, url("edit", module.pk)), user.username)
    expect(page.locator(".b-question").first).to_be_visible()


class TestSavingAfterTheSessionEnded:
    def test_stays_on_the_page_and_saves_after_another_login(
        self, editor: Page, site, module: Module, clerk: User
    ):
        add(editor, "Teks pendek", "Sebelum berakhir")
        save(editor)
        expect(editor.locator(".b-question")).to_have_count(2)
        Session.objects.all().delete()
        add(editor, "Teks pendek", "Sesudah berakhir")
        editor.get_by_role("button", name="Simpan draf").first.click()
        expect(bar(editor)).to_contain_text("Anda tidak lagi masuk, jadi belum ada yang disimpan.")
        expect(editor.get_by_role("button", name="Simpan draf").first).to_be_enabled()
        assert "Sesudah berakhir" not in saved(module)
        judged(editor)

        with editor.context.expect_page() as opened:
            bar(editor).get_by_role("link", name="Masuk (tab baru)").click()
        tab = opened.value
        tab.locator("[name=login]").fill(clerk.username)
        tab.locator("[name=password]").fill(factories.PASSWORD)
        visiting.follow(tab, tab.locator("main form button[type=submit]").first)
        expect(tab.get_by_role("heading", name="Anda sudah masuk lagi")).to_be_visible()
        tab.close()

        editor.bring_to_front()
        save(editor)
        assert "Sesudah berakhir" in saved(module)
        expect(editor.locator(".b-question")).to_have_count(3)
        expect(offer(editor)).to_be_hidden()

    def test_saves_by_itself_once_its_author_is_back(self, editor: Page, site, module: Module, clerk: User):
        Session.objects.all().delete()
        add(editor, "Teks pendek", "Tanpa tombol")
        expect(bar(editor)).to_contain_text("Anda tidak lagi masuk")
        tab = editor.context.new_page()
        enter(tab, site, module, clerk)
        tab.close()
        editor.evaluate("dispatchEvent(new Event('focus'))")  # or it was tried again by itself meanwhile
        expect(bar(editor)).to_be_empty()
        editor.wait_for_function(f"({KEPT})() === 0")
        assert "Tanpa tombol" in saved(module)

    def test_saves_nothing_under_the_name_of_somebody_else(
        self, editor: Page, site, module: Module, publisher: User
    ):
        Session.objects.all().delete()
        add(editor, "Teks pendek", "Tulisan perancang")
        tab = editor.context.new_page()
        enter(tab, site, module, publisher)
        expect(offer(tab)).to_be_hidden()
        editor.bring_to_front()
        editor.get_by_role("button", name="Simpan draf").first.click()
        expect(bar(editor)).to_contain_text("Di peramban ini sekarang")
        assert "Tulisan perancang" not in saved(module)

    def test_says_when_the_server_is_away(self, editor: Page, module: Module):
        add(editor, "Teks pendek", "Tanpa sambungan")
        editor.route("**/builder/session/", lambda route: route.abort())
        editor.get_by_role("button", name="Simpan draf").first.click()
        expect(bar(editor)).to_contain_text("Server tidak dapat dihubungi")
        editor.unroute("**/builder/session/")
        save(editor)
        expect(editor.locator(".b-question")).to_have_count(2)
        assert "Tanpa sambungan" in saved(module)


class TestBringingBack:
    def test_offers_what_was_written_and_saves_it(self, editor: Page, site, module: Module, clerk: User):
        page = leave_unsaved(editor, "Dari kemarin")
        enter(page, site, module, clerk)
        expect(offer(page)).to_contain_text("belum tersimpan")
        judged(page)
        expect(page.locator(".b-question")).to_have_count(1)
        with page.expect_response(lambda answer: answer.request.method == "POST" and "/edit/" in answer.url):
            offer(page).get_by_role("button", name="Kembalikan tulisan saya").click()
            expect(page.locator(".b-question")).to_have_count(2)
            expect(offer(page)).to_be_hidden()
        page.wait_for_function(f"({KEPT})() === 0")
        assert "Dari kemarin" in saved(module)
        page.reload()
        expect(page.locator(".b-question")).to_have_count(2)
        expect(offer(page)).to_be_hidden()

    def test_is_one_step_to_undo(self, editor: Page, site, module: Module, clerk: User):
        page = leave_unsaved(editor, "Dari kemarin")
        enter(page, site, module, clerk)
        offer(page).get_by_role("button", name="Kembalikan tulisan saya").click()
        expect(page.locator(".b-question")).to_have_count(2)
        page.get_by_role("button", name="Urungkan").click()
        expect(page.locator(".b-question")).to_have_count(1)

    def test_can_be_put_away(self, editor: Page, site, module: Module, clerk: User):
        page = leave_unsaved(editor, "Dari kemarin")
        enter(page, site, module, clerk)
        offer(page).get_by_role("button", name="Tidak perlu").click()
        expect(offer(page)).to_be_hidden()
        page.reload()
        expect(page.locator(".b-question")).to_have_count(1)
        expect(offer(page)).to_be_hidden()

    def test_leaves_what_a_colleague_saved_in_the_history(
        self, editor: Page, site, module: Module, clerk: User, publisher: User
    ):
        page = leave_unsaved(editor, "Dari saya")
        with scope.use(module.region):
            services.save_document(module=module, document=text(document(title="Dari rekan")), user=publisher)
        enter(page, site, module, clerk)
        expect(offer(page)).to_contain_text(f"{publisher.get_full_name()} menyimpan draf ini")
        offer(page).get_by_role("button", name="Kembalikan tulisan saya").click()
        save(page)
        expect(page.locator(".messages")).to_contain_text("sudah diperbarui")
        assert "Dari saya" in saved(module)
        with scope.use(module.region):
            kept = [one.as_object().title for one in Module.objects.get().revisions.all()]
        assert "Dari rekan" in kept

    def test_offers_nothing_to_another_user_of_the_browser(
        self, editor: Page, site, module: Module, clerk: User, publisher: User
    ):
        page = leave_unsaved(editor, "Milik perancang")
        enter(page, site, module, publisher)
        expect(offer(page)).to_be_hidden()
        Session.objects.all().delete()
        enter(page, site, module, clerk)
        expect(offer(page)).to_be_visible()

    def test_goes_with_the_logout(self, editor: Page, site, module: Module, clerk: User):
        page = leave_unsaved(editor, "Milik perancang")
        enter(page, site, module, clerk)
        expect(offer(page)).to_be_visible()
        page.goto(site(module.region, "/accounts/logout/"))
        page.wait_for_load_state("networkidle")
        visiting.follow(page, page.locator("form[action$='/logout/'] button[type=submit]").first)
        assert page.evaluate(KEPT) == 0
        enter(page, site, module, clerk)
        expect(offer(page)).to_be_hidden()


class TestSavingByItself:
    def test_saves_what_was_typed_while_an_autosave_was_under_way(self, editor: Page, module: Module):
        add(editor, "Teks pendek", "Alamat")
        settle(editor)
        editor.evaluate(TYPED_MEANWHILE, "Alamat tempat usaha")
        with editor.expect_response(_is_autosave):
            editor.get_by_label("Kalimat pertanyaan").fill("Alamat usaha")
        with editor.expect_response(_is_autosave):
            pass
        editor.wait_for_function(f"({KEPT})() === 0")
        assert "Alamat tempat usaha" in saved(module)

    def test_tries_again_once_the_line_is_back(self, editor: Page, module: Module):
        """Wagtail does not where it got an answer, such as that of a proxy whose server is away."""
        add(editor, "Teks pendek", "Alamat")
        settle(editor)
        editor.route("**/services/edit/**", lambda one: one.fulfill(status=503, body="away"))
        with editor.expect_response(_is_autosave):
            editor.get_by_label("Kalimat pertanyaan").fill("Alamat usaha")
        expect(editor.locator("#w-autosave-indicator")).to_have_attribute(
            "data-w-autosave-state-value", "paused"
        )
        editor.unroute_all()
        editor.context.set_offline(True)
        editor.wait_for_function("!navigator.onLine")
        with editor.expect_response(_is_autosave):
            editor.context.set_offline(False)
        editor.wait_for_function(f"({KEPT})() === 0")
        assert "Alamat usaha" in saved(module)


class TestGoingBack:
    def test_saves_what_is_shown(self, editor: Page, module: Module):
        add(editor, "Teks pendek", "Alamat")
        settle(editor)
        save(editor)
        expect(editor.locator(".b-question")).to_have_count(2)
        add(editor, "Teks pendek", "Lebih baru")
        settle(editor)
        editor.go_back()
        expect(editor.locator(".b-question")).to_have_count(3)
        save(editor)
        assert "Lebih baru" in saved(module)


class TestOrdinarySaving:
    def test_leaves_nothing_to_bring_back(self, editor: Page, module: Module):
        add(editor, "Pilih satu", "Jenis acara")
        editor.get_by_label("Pilihan jawaban", exact=True).fill("Konser\nPasar malam")
        editor.wait_for_function(f"({KEPT})() === 1")
        save(editor)
        expect(editor.locator(".messages")).to_contain_text("sudah diperbarui")
        expect(editor.locator(".b-question")).to_have_count(2)
        expect(offer(editor)).to_be_hidden()
        assert editor.evaluate(KEPT) == 0

    def test_by_itself_leaves_nothing_either(self, editor: Page, module: Module):
        with editor.expect_response(lambda one: one.request.method == "POST" and "/edit/" in one.url):
            add(editor, "Teks pendek", "Nama")
        editor.wait_for_function(f"({KEPT})() === 0")
        assert "Nama" in saved(module)

    def test_publishes_as_before_and_leaves_nothing(self, editor: Page, module: Module):
        add(editor, "Teks pendek", "Alamat")
        editor.get_by_role("tab", name="Terbitkan").click()
        note = editor.get_by_label("Apa yang berubah?")
        note.fill("Alamat ditanyakan,\nsesuai surat edaran.")
        save(editor)
        editor.get_by_role("tab", name="Terbitkan").click()
        expect(note).to_have_value("Alamat ditanyakan,\nsesuai surat edaran.")
        expect(editor.get_by_text("Anda menulis ini pada kunjungan sebelumnya")).to_be_visible()
        editor.get_by_role("button", name="Terbitkan sekarang").click()
        expect(editor.locator(".b-releases td").first).to_have_text("1")
        expect(note).to_have_value("")
        expect(offer(editor)).to_be_hidden()
        assert editor.evaluate(KEPT) == 0
