"""Pictures from outside, decoded and drawn anew within a bound of memory. Knows no questions and no files.

A small file can hold an enormous picture, so what a picture costs is judged from its head, before it is
decoded: at most `MOST_MEMORY` bytes. A JPEG may be larger, for its decoder can shrink it on the way; one
that is sent in several scans (such as a progressive one) cannot, it is kept whole until the last scan. WebP
needs two canvases, its bytes and the picture; what one can see through is copied once to be shrunk.
Everything is then shrunk to `LONGEST_SIDE` before it is turned or converted, one picture at a time.
"""

from __future__ import annotations

import io
import threading
import warnings
from typing import IO

from django.core.files.base import File
from PIL import Image, ImageFile, ImageOps, PngImagePlugin, UnidentifiedImageError

LONGEST_SIDE = 2560
MOST_PIXELS = 16_000_000
MOST_JPEG_PIXELS = 64_000_000
MOST_MEMORY = 88_000_000
PNG_TEXT = 1_000_000
MOST_MARKERS = 1_000  # before the first scan of a JPEG; a telephone writes about twenty
SHRUNK_AS_COPY = {"RGBA", "LA"}

PngImagePlugin.MAX_TEXT_MEMORY = PNG_TEXT

_ONE_AT_A_TIME = threading.BoundedSemaphore(1)
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    Warning,
    Image.DecompressionBombError,
)
_FRAMES = range(0xC0, 0xD0)  # the markers of a JPEG frame, but for the three below
_TABLES = {0xC4, 0xC8, 0xCC}
_SCAN = 0xDA


class Unfit(Exception):
    """The picture cannot be kept; `code` finds the sentence that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def redraw(source: IO[bytes] | File[bytes], form: str, *, longest: int = LONGEST_SIDE) -> bytes:
    """Return the picture drawn anew in its form: upright, without metadata, no side above `longest`.

    It is read when its turn has come and while it is decoded, so that those that wait cost nothing and a
    large file no more than a small one. Raises `Unfit` when it has
    too many pixels or cannot be decoded.
    """
    with _ONE_AT_A_TIME:
        picture = _decoded(source, form, min(longest, LONGEST_SIDE))
        out = io.BytesIO()
        quality = {} if form == "PNG" else {"quality": 82}
        picture.save(out, form, optimize=True, **quality)
    return out.getvalue()


def _decoded(file: IO[bytes] | File[bytes], form: str, longest: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            whole = form == "JPEG" and in_one_scan(file)
            file.seek(0)
            with Image.open(file, formats=[form]) as source:
                _shrink_on_the_way(source, form, whole=whole)
                source.load()
                source.thumbnail((longest, longest))
                upright = ImageOps.exif_transpose(source)
                mode = "RGBA" if form != "JPEG" and _see_through(upright) else "RGB"
                clean = Image.new(mode, upright.size)
                clean.paste(upright.convert(mode))
                return clean
    except _BROKEN:
        raise Unfit("photo.broken") from None


def _shrink_on_the_way(source: ImageFile.ImageFile, form: str, *, whole: bool) -> None:
    """Refuse what would cost too much; let a JPEG be decoded at 1/2, 1/4 or 1/8 where that is needed."""
    pixels = source.width * source.height
    if form != "JPEG":
        buffers = 4 if form == "WEBP" else 2 if source.mode in SHRUNK_AS_COPY else 1
        if pixels > MOST_PIXELS or pixels * 4 * buffers > MOST_MEMORY:
            raise Unfit("photo.pixels")
        return
    kept = 0 if whole else pixels * 2 * len(source.getbands())
    if pixels > MOST_JPEG_PIXELS or kept > MOST_MEMORY:
        raise Unfit("photo.pixels")
    spare = MOST_PIXELS if not kept else MOST_PIXELS // 4
    scale = next((scale for scale in (1, 2, 4) if pixels <= spare * scale**2), 8)
    if scale > 1:
        source.draft(None, (max(1, source.width // scale), max(1, source.height // scale)))


def in_one_scan(file: IO[bytes] | File[bytes]) -> bool:
    """Say whether the first scan of a JPEG holds all its components, so that rows can be let go at once."""
    at, components = 2, 0
    for _ in range(MOST_MARKERS):
        file.seek(at)
        head = file.read(10)
        if len(head) < 10 or head[0] != 0xFF:
            return False
        marker, length = head[1], int.from_bytes(head[2:4], "big")
        if marker == 0xFF:
            at += 1
            continue
        if marker in _FRAMES and marker not in _TABLES:
            if marker not in (0xC0, 0xC1):
                return False
            components = head[9]
        if marker == _SCAN:
            return head[4] == components
        at += 2 + length
    return False


def _see_through(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
