"""Translating a service in a browser: from the editor to the page, and back with nothing left to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from builder import services as modules
from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests.builder.conftest import DESK, document, text
from tests.visiting import follow, judge, log_in, speak

pytestmark = pytest.mark.browser
EDIT = "wagtailsnippets_builder_module:edit"
LONG = "Nama sesuai KTP elektronik pemohon yang masih berlaku pada hari permohonan ini diajukan"


@pytest.fixture
def drafted(tangerang: Region, clerk: User, module: Module) -> Module:
    """A draft with one text that nobody translated, and one reworded since."""
    made = document()
    made["pages"][0]["fields"].append({"key": "usaha", "type": "text", "label": {"id": "Usaha"}})
    made["pages"][0]["fields"][0]["label"]["id"] = LONG
    with scope.use(tangerang):
        modules.save_document(module=module, document=text(made), user=clerk)
    return module


@pytest.mark.parametrize(("language", "width"), [("id", 1366), ("en", 1024)])
def test_a_clerk_translates_what_is_missing(
    site: Callable[..., str],
    open_page: Callable[..., Window],
    tangerang: Region,
    clerk: User,
    drafted: Module,
    language: str,
    width: int,
) -> None:
    words: dict[str, tuple[Any, ...]] = {
        "id": (
            "Terjemahkan layanan ini",
            "Terjemahannya masih sesuai",
            "Simpan terjemahan",
            "sudah diterjemahkan.",
        ),
        "en": (
            "Translate this service",
            "The translation still fits",
            "Save the translations",
            "is translated.",
        ),
    }
    link, fits, save, done = words[language]
    window = open_page(viewport={**DESK, "width": width})
    speak(window, site(tangerang), language)
    log_in(window, site(tangerang, reverse(EDIT, args=[drafted.pk])), "perancang")
    window.get_by_role("tab", name="Info").click()
    follow(window, window.get_by_role("link", name=link))
    expect(window.locator("textarea")).to_have_count(2)
    judge(window)
    window.get_by_label("Usaha").fill("Business")
    window.get_by_label(fits).check()
    follow(window, window.get_by_role("button", name=save))
    expect(window.locator(".nice-padding")).to_contain_text(done)
    expect(window.locator("textarea")).to_have_count(0)
    window.reload()  # without the message, which fades in
    judge(window)
