"""The pages of a PDF as pictures: of good files, of those that attack whoever opens them, within limits."""

from __future__ import annotations

import io
import resource
import socket
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from runtime.forms import paging
from runtime.forms.paging import Unshowable
from runtime.letters import typesetting
from tests.runtime.letters.printed import domicile


def written(pages: int, width: float = 595, height: float = 842, password: str = "") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width, height)
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()


def raw(content: bytes, *, page: bytes = b"", more: bytes = b"", catalog: bytes = b"") -> bytes:
    """Return a file of one page with that content stream, as somebody would write it by hand."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R " + page + b" >>",
        b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
    ]
    out = b"%PDF-1.7\n"
    for number, one in enumerate(objects, start=1):
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    return out + more + b"trailer << /Root 1 0 R /Size 99 >>\n%%EOF\n"


def picture(content: bytes, number: int = 0) -> Image.Image:
    return Image.open(io.BytesIO(paging.pages(content).pictures[number]))


class TestPages:
    def test_are_what_stands_in_the_file(self) -> None:
        made = domicile()
        file = typesetting.pdf(made.letter, made.facts)
        found = paging.pages(file)
        assert found.count == len(found.pictures) == len(PdfReader(io.BytesIO(file)).pages)
        shown = picture(file)
        assert shown.format == "WEBP"
        assert max(shown.size) == paging.LONGEST_SIDE
        low, high = shown.convert("L").getextrema()
        assert low < 60 < 200 < high, "black on white"

    def test_are_as_many_as_may_be_and_tell_how_many_there_are(self) -> None:
        found = paging.pages(written(paging.MOST_PAGES + 7))
        assert (len(found.pictures), found.count) == (paging.MOST_PAGES, paging.MOST_PAGES + 7)

    @pytest.mark.parametrize("size", [(14400, 14400), (10, 10), (3000, 200)])
    def test_are_of_one_size_however_large_the_paper_is(self, size: tuple[int, int]) -> None:
        assert max(picture(written(1, *size)).size) == paging.LONGEST_SIDE


class TestHostileFiles:
    """T4, T19: a file that attacks whoever opens it reaches nothing, ends in time, is refused in a word."""

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"%PDF-1.7\n%%EOF", "broken"),
            (b"", "broken"),
            (b"\x00" * 10_000, "broken"),
            (written(3)[:300], "broken"),
            (written(1, 14400, 1), "broken"),
            (written(2, password="rahasia"), "locked"),
        ],
        ids=["empty", "nothing", "zeros", "cut", "a thread", "password"],
    )
    def test_T4_are_refused_in_a_word(self, content: bytes, code: str) -> None:
        with pytest.raises(Unshowable) as refused:
            paging.pages(content)
        assert refused.value.code == code

    def test_T4_end_when_they_take_too_long(self) -> None:
        """Ten million lines, each drawn."""
        slow = raw(b"0 0 m " + b"300 300 l 0 300 l 300 0 l S 0 0 m " * 400_000)
        with pytest.raises(Unshowable) as refused:
            paging.pages(slow, seconds=1)
        assert refused.value.code in {"slow", "broken"}

    def test_T20_of_a_bomb_take_no_more_memory_than_they_may(self) -> None:
        """An image of 60,000 × 60,000 dots that is a few bytes long."""
        image = (
            b"5 0 obj\n<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 "
            b"/ColorSpace /DeviceRGB /Length 3 >>\nstream\nabc\nendstream\nendobj\n"
        )
        page = b"/Resources << /XObject << /I 5 0 R >> >>"
        bomb = raw(b"q 300 0 0 300 0 0 cm /I Do Q", page=page, more=image)
        with suppress(Unshowable):
            assert paging.pages(bomb, seconds=15).count == 1
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        assert most < 1 << 30

    def test_T19_run_no_script_and_reach_no_file_and_no_network(self, tmp_path: Path) -> None:
        secret, trace = tmp_path / "rahasia.txt", tmp_path / "trace.txt"
        secret.write_text("rahasia-negara")
        with socket.create_server(("127.0.0.1", 0)) as outside:
            outside.setblocking(False)
            where = f"http://127.0.0.1:{outside.getsockname()[1]}/x".encode()
            script = b"app.launchURL('%s'); this.exportDataObject({cName:'a',cDIPath:'%s'});" % (
                where,
                str(trace).encode(),
            )
            more = (
                b"5 0 obj\n<< /S /JavaScript /JS ("
                + script.replace(b"(", b"\\(").replace(b")", b"\\)")
                + b") >>\n"
                b"endobj\n6 0 obj\n<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
                b"/ColorSpace /DeviceGray /F ("
                + str(secret).encode()
                + b") /Length 0 >>\nstream\n\nendstream\n"
                b"endobj\n7 0 obj\n<< /S /Launch /F (" + str(trace).encode() + b") >>\nendobj\n"
                b"8 0 obj\n<< /S /URI /URI (" + where + b") >>\nendobj\n"
            )
            catalog = b"/OpenAction 5 0 R /AA << /WC 7 0 R /DP 8 0 R >> /Names << /JavaScript "
            catalog += b"<< /Names [(a) 5 0 R] >> >>"
            page = b"/Resources << /XObject << /I 6 0 R >> >> /AA << /O 8 0 R >>"
            found = paging.pages(raw(b"q 300 0 0 300 0 0 cm /I Do Q", page=page, more=more, catalog=catalog))
            assert found.count == 1
            with pytest.raises(BlockingIOError):
                outside.accept()
        assert not trace.exists()

    def test_T19_are_opened_by_a_process_that_knows_and_can_open_nothing(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        press = tmp_path / "press.py"
        ours = Path(paging.__file__).with_name("pagepress.py").read_text(encoding="utf-8")
        tried = (
            "\n    import os\n    told = sorted(os.environ)\n"
            "    try:\n        open('/etc/hostname')\n    except OSError as error:\n"
            "        told.append(error.strerror)\n"
            "    said = str(told).encode()\n"
            "    sys.stdout.buffer.write((1).to_bytes(8, 'big') + len(said).to_bytes(8, 'big') + said)\n"
            "    sys.exit(0)\n"
        )
        press.write_text(ours.replace("    _limit()\n    try:", f"    _limit(){tried}    try:", 1))
        monkeypatch.setattr(paging, "_PRESS", press)
        monkeypatch.setenv("RAKIT_SECRET_KEY", "rahasia")
        (said,) = paging.pages(b"x").pictures
        assert said in (b"['Too many open files']", b"['LC_CTYPE', 'Too many open files']")


class TestTurns:
    def test_are_waited_for_and_then_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for _ in range(paging.AT_ONCE):
            paging._turns.acquire()
        try:
            with pytest.raises(Unshowable) as refused:
                paging.pages(written(1), seconds=0.1)
        finally:
            for _ in range(paging.AT_ONCE):
                paging._turns.release()
        assert refused.value.code == "busy"
        assert paging.pages(written(1)).count == 1
