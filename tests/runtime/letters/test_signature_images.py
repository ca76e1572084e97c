"""An officer's signature as a picture: their own, in letters decided while it stands, in this region only."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, expect

from runtime.account import closing
from runtime.letters import frame, gathering, images, issuing, signatureimages
from runtime.letters.models import SignatureImage
from runtime.regions import scope
from runtime.regions.models import Membership, Region
from tests.conftest import ClientOn
from tests.runtime import lettered
from tests.runtime.conftest import Village
from tests.visiting import follow, judge, log_in_reading

STROKES = "M60 180L120 60L180 180L240 60L300 180"
ADDRESS = "/desk/account/signature/"


def png(size: tuple[int, int] = (300, 100), form: str = "PNG", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, form, **more)
    return out.getvalue()


def upload(content: bytes, name: str = "paraf.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def below(desk: Village) -> dict[str, Any]:
    """Return what stands in the place of the signature of the latest letter."""
    row = issuing.prepared(lettered.effect(), now=desk.now)
    _module, letter = gathering.definition(row)
    said = frame.signature(letter, gathering.facts(row))
    assert said is not None
    return said


def draw(desk: Village, **changes: Any) -> None:
    given = {"region": desk.region, "user": desk.head, "strokes": STROKES, "now": desk.now}
    signatureimages.draw(**(given | changes))


@pytest.fixture
def head_at(desk: Village, client_on: ClientOn) -> Client:
    return client_on(desk.region, desk.head, HTTP_ACCEPT_LANGUAGE="en")


class TestStanding:
    def test_is_printed_in_a_letter_decided_while_it_stands(self, desk: Village) -> None:
        draw(desk)
        lettered.sign(desk)
        said = below(desk)
        assert (said["format"], STROKES in said["image"]) == ("svg", True)
        lettered.work_off(desk)
        assert lettered.letters()[0].issued

    def test_is_in_no_letter_decided_before(self, desk: Village) -> None:
        lettered.sign(desk)
        draw(desk, now=desk.now + timedelta(seconds=1))
        assert below(desk)["image"] == ""

    def test_is_switched_off_and_counts_anew_when_switched_on(self, desk: Village) -> None:
        draw(desk)
        whose = {"region": desk.region, "user": desk.head}
        signatureimages.switch(**whose, shown=False, now=desk.now)
        lettered.sign(desk)
        assert below(desk)["image"] == ""
        signatureimages.switch(**whose, shown=True, now=desk.now + timedelta(seconds=1))
        assert below(desk)["image"] == ""

    def test_is_only_the_signers_own(self, desk: Village) -> None:
        draw(desk, user=desk.clerk)
        lettered.sign(desk)
        assert below(desk)["image"] == ""

    def test_is_in_no_letter_of_another_region(self, desk: Village, poso: Region) -> None:
        with scope.use(poso):
            draw(desk, region=poso)
        lettered.sign(desk)
        assert below(desk)["image"] == ""
        assert signatureimages.of(desk.region, desk.head) is None

    def test_is_not_in_a_letter_that_bears_an_electronic_one(self, desk: Village) -> None:
        draw(desk)
        lettered.sign(desk)
        row = issuing.prepared(lettered.effect(), now=desk.now)
        row.adapter = "pdf"
        assert gathering.facts(row).signed_by_hand is None

    def test_goes_with_the_account(self, desk: Village) -> None:
        draw(desk)
        Membership.objects.filter(user=desk.head).delete()
        closing.close(desk.head)
        assert not SignatureImage.objects.exists()


class TestPage:
    def test_keeps_a_drawing_or_a_picture_drawn_anew(self, desk: Village, head_at: Client) -> None:
        assert head_at.post(ADDRESS, {"strokes": STROKES}).status_code == 302
        shown = head_at.get(f"{ADDRESS}image/")
        assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/svg+xml", "nosniff")
        assert "sandbox" in shown["Content-Security-Policy"]
        sent = png((3000, 900)) + b"<script>"
        assert head_at.post(ADDRESS, {"picture": upload(sent)}).status_code == 302
        kept = head_at.get(f"{ADDRESS}image/").content
        assert b"script" not in kept
        assert max(Image.open(io.BytesIO(kept)).size) == signatureimages.LONGEST
        lettered.sign(desk)
        assert SignatureImage.objects.count() == 1

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "An SVG file is not taken"),
            (b"%PDF-1.7 %%EOF", "no picture in PNG or JPG"),
            (b"GIF89a" + bytes(40), "no picture in PNG or JPG"),
            (png()[:60], "cannot be opened as a picture"),
            (b"\x89PNG\r\n\x1a\n" + bytes(images.MOST_BYTES), "larger than 4 MB"),
            (b"", "The file is empty."),
        ],
    )
    def test_refuses_what_is_no_picture(self, head_at: Client, content: bytes, said: str) -> None:
        answer = head_at.post(ADDRESS, {"picture": upload(content)})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not SignatureImage.objects.exists()

    @pytest.mark.parametrize("strokes", ['M1 1L2 2"/><script>', "M1 1L9999 1", "x" * 30_000])
    def test_refuses_what_is_no_drawing(self, head_at: Client, strokes: str) -> None:
        assert head_at.post(ADDRESS, {"strokes": strokes}).status_code == 422
        assert not SignatureImage.objects.exists()

    def test_asks_for_one_of_both(self, head_at: Client) -> None:
        assert "Draw your signature, or choose" in head_at.post(ADDRESS).content.decode()

    def test_is_switched_and_removed(self, desk: Village, head_at: Client) -> None:
        draw(desk)
        head_at.post(ADDRESS, {"do": "off"})
        assert not SignatureImage.objects.get().shown
        head_at.post(ADDRESS, {"do": "on"})
        assert SignatureImage.objects.get().shown
        head_at.post(ADDRESS, {"do": "remove"})
        assert not SignatureImage.objects.exists()
        assert head_at.get(f"{ADDRESS}image/").status_code == 404

    def test_is_nobody_elses(self, desk: Village, client_on: ClientOn) -> None:
        draw(desk)
        assert client_on(desk.region, desk.clerk).get(f"{ADDRESS}image/").status_code == 404


@pytest.mark.browser
class TestInABrowser:
    @pytest.mark.parametrize(
        ("language", "heading"), [("id", "Tanda tangan saya di surat"), ("en", "My signature in letters")]
    )
    def test_is_drawn_with_the_finger(
        self,
        desk: Village,
        site: Callable[..., str],
        open_page: Callable[..., Page],
        language: str,
        heading: str,
    ) -> None:
        page = open_page()
        log_in_reading(page, site(desk.region, ADDRESS), "lurah", language, heading)
        judge(page)
        pad = page.locator("[data-sign-pad]")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 40, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + 160, box["y"] + 70, steps=8)
        page.mouse.up()
        follow(page, page.locator("form[method=post] button.btn:not([name]):not([type])").last)
        expect(page.locator(f"img[src^='{ADDRESS}image/']")).to_be_visible()
        judge(page)
        with scope.use(desk.region):
            assert SignatureImage.objects.get().strokes.startswith("M")
