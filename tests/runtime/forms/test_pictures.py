"""A picture costs what a small server can bear, whatever its few bytes claim."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PIL import Image

from runtime.forms import pictures

MEASURE = """
import io, resource, sys
from PIL import Image
from runtime.forms import pictures
Image.init()
content = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
pictures.redraw(io.BytesIO(content), sys.argv[1])
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def blank_png(width: int, height: int, *, channels: int = 3) -> bytes:
    """Make a PNG of one colour row by row, so that the test itself stays small."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer, row = zlib.compressobj(9), bytes(1 + width * channels)
    rows = b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])
    kind = {1: 0, 3: 2, 4: 6}[channels]
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def drawn(form: str, width: int, height: int, mode: str = "RGB", **options: Any) -> bytes:
    """Make a picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, form, **options)
    return out.getvalue()


def size(content: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(content)) as picture:
        return picture.size


def growth(content: bytes, form: str) -> int:
    """Return by how many MB a fresh process grows when it redraws the picture."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, form], input=content, capture_output=True, check=True
    )
    return int(ran.stdout)


class TestRedraw:
    @pytest.mark.parametrize(
        ("draw", "form"),
        [
            (partial(blank_png, 6300, 6300), "PNG"),
            (partial(blank_png, 3900, 3900, channels=4), "PNG"),
            (partial(drawn, "WEBP", 3000, 3000), "WEBP"),
            (partial(drawn, "JPEG", 6000, 6000, progressive=True, subsampling=0), "JPEG"),
            (partial(drawn, "JPEG", 9000, 9000), "JPEG"),
        ],
        ids=["png", "see-through png", "webp", "progressive jpeg", "jpeg"],
    )
    def test_refuses_from_its_head_what_costs_too_much(self, draw: Callable[[], bytes], form: str) -> None:
        with pytest.raises(pictures.Unfit) as unfit:
            pictures.redraw(io.BytesIO(draw()), form)
        assert unfit.value.code == "photo.pixels"

    @pytest.mark.parametrize(
        ("draw", "form"),
        [
            (partial(blank_png, 4000, 4000), "PNG"),
            (partial(blank_png, 3300, 3300, channels=4), "PNG"),
            (partial(drawn, "WEBP", 2340, 2340), "WEBP"),
            (partial(drawn, "JPEG", 8000, 8000), "JPEG"),
            (partial(drawn, "JPEG", 4000, 4000, subsampling=0), "JPEG"),
            (partial(drawn, "JPEG", 3800, 3800, progressive=True, subsampling=0), "JPEG"),
        ],
        ids=["png", "see-through png", "webp", "large jpeg", "jpeg", "progressive jpeg"],
    )
    def test_takes_less_than_150_mb_for_the_worst_it_takes(
        self, draw: Callable[[], bytes], form: str
    ) -> None:
        assert growth(draw(), form) < 150

    def test_shrinks_a_large_photo_while_decoding(self) -> None:
        assert size(pictures.redraw(io.BytesIO(drawn("JPEG", 8000, 6000)), "JPEG", longest=2000)) == (
            2000,
            1500,
        )

    def test_keeps_no_side_above_the_documented_one(self) -> None:
        assert max(size(pictures.redraw(io.BytesIO(drawn("JPEG", 4000, 3000)), "JPEG", longest=9999))) == 2560

    def test_turns_a_picture_upright_after_shrinking_it(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6
        assert size(pictures.redraw(io.BytesIO(drawn("JPEG", 3000, 1500, exif=exif)), "JPEG")) == (1280, 2560)

    def test_decodes_one_picture_at_a_time(self) -> None:
        done = threading.Event()
        content = drawn("PNG", 9, 9)
        worker = threading.Thread(target=lambda: (pictures.redraw(io.BytesIO(content), "PNG"), done.set()))
        with pictures._ONE_AT_A_TIME:
            worker.start()
            assert not done.wait(0.3)
        assert done.wait(10)

    def test_frees_the_turn_when_a_picture_is_broken(self) -> None:
        for _ in range(3):
            with pytest.raises(pictures.Unfit):
                pictures.redraw(io.BytesIO(drawn("JPEG", 60, 60)[:100]), "JPEG")
        assert pictures.redraw(io.BytesIO(drawn("JPEG", 9, 9)), "JPEG")


class TestInOneScan:
    def test_tells_how_a_jpeg_is_sent(self) -> None:
        assert pictures.in_one_scan(io.BytesIO(drawn("JPEG", 60, 60)))
        assert pictures.in_one_scan(io.BytesIO(drawn("JPEG", 60, 60, "L")))
        assert not pictures.in_one_scan(io.BytesIO(drawn("JPEG", 60, 60, progressive=True)))

    def test_does_not_trust_a_baseline_frame_sent_in_several_scans(self) -> None:
        content = bytearray(drawn("JPEG", 60, 60))
        scan = content.index(b"\xff\xda")
        content[scan + 4] = 1
        assert not pictures.in_one_scan(io.BytesIO(content))

    @pytest.mark.parametrize("content", [b"", b"\xff\xd8", b"\xff\xd8" + b"\xff" * 11, b"\xff" * 9_000_000])
    def test_survives_anything(self, content: bytes) -> None:
        assert not pictures.in_one_scan(io.BytesIO(content))
