"""Pictures are made small on the phone before they are sent; what is small or unreadable is left alone."""

from __future__ import annotations

import io
import os
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import expect

from runtime.cases.models import Attachment
from runtime.regions import scope
from tests.runtime.forms.asking import Asked

pytestmark = pytest.mark.browser
ORIENTATION = 0x0112
PHOTO = {"key": "foto", "type": "photo", "label": "Foto rumah", "maxItems": 3}
MOST = 600_000


def photo(width: int = 4032, height: int = 3024, *, turned: bool = False) -> bytes:
    """Return a detailed JPEG; a `turned` one lies on its side and says so, as phones do."""
    noise = Image.frombytes("L", (width // 8, height // 8), os.urandom((width // 8) * (height // 8)))
    picture = noise.resize((width, height), Image.Resampling.BICUBIC).convert("RGB")
    about = Image.Exif()
    if turned:
        about[ORIENTATION] = 6
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88, exif=about)
    return out.getvalue()


def drawing() -> bytes:
    """Make a small picture that is no photo."""
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "green").save(out, "PNG")
    return out.getvalue()


class TestShrink:
    def test_makes_a_photo_of_12_megapixels_small_and_keeps_it_upright(
        self, ask: Callable[..., Asked]
    ) -> None:
        asked = ask([PHOTO])
        before = photo(turned=True)
        assert len(before) > 2_500_000
        asked.page.get_by_label("Foto rumah").set_input_files(
            {"name": "IMG_1.jpeg", "mimeType": "image/jpeg", "buffer": before}
        )
        asked.go_on()  # at once: the page waits for the picture
        asked.is_reviewed("IMG_1.jpg")
        with scope.everywhere("a test looks"):
            stored = Attachment.objects.get()
        assert stored.size <= MOST
        with stored.file.open() as file:
            assert Image.open(file).size == (1200, 1600)

    def test_sends_no_more_than_600_kilobytes(self, ask: Callable[..., Asked]) -> None:
        asked = ask([PHOTO])
        files = [
            {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": photo()} for number in range(2)
        ]
        asked.page.get_by_label("Foto rumah").set_input_files(files)
        asked.page.wait_for_function(
            "most => [...document.querySelector('input[type=file]').files].every(file => file.size <= most)",
            arg=MOST,
        )

    def test_sends_less_where_the_citizen_saves_data(self, ask: Callable[..., Asked]) -> None:
        asked = ask([PHOTO])
        asked.page.evaluate("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
        asked.page.get_by_label("Foto rumah").set_input_files(
            {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        )
        asked.go_on()
        with scope.everywhere("a test looks"):
            stored = Attachment.objects.get()
        with stored.file.open() as file:
            assert max(Image.open(file).size) == 1200

    @pytest.mark.parametrize(
        ("name", "kind", "content"),
        [
            ("kecil.png", "image/png", drawing()),
            ("surat.pdf", "application/pdf", b"%PDF-1.7" + b"x" * 700_000 + b"%%EOF"),
        ],
        ids=["small", "no picture"],
    )
    def test_leaves_alone(self, ask: Callable[..., Asked], name: str, kind: str, content: bytes) -> None:
        """A shrunk picture would arrive as a JPEG; what is no picture arrives byte by byte."""
        asked = ask([{**PHOTO, "type": "file"}])
        asked.page.get_by_label("Foto rumah").set_input_files(
            {"name": name, "mimeType": kind, "buffer": content}
        )
        asked.go_on()
        asked.is_reviewed(name)
        with scope.everywhere("a test looks"):
            stored = Attachment.objects.get()
        assert stored.type == kind
        assert stored.size == len(content) or kind == "image/png"

    def test_lets_the_server_judge_what_it_cannot_open(self, ask: Callable[..., Asked]) -> None:
        asked = ask([{**PHOTO, "type": "file"}])
        broken = {"name": "rusak.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff" + b"x" * 700_000}
        asked.page.get_by_label("Foto rumah").set_input_files(broken)
        expect(asked.page.locator("main")).to_contain_text("“rusak.jpg” tidak dapat")
