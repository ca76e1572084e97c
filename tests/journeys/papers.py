"""The papers attached in the journeys: a real photo, a real PDF, and a web page under a photo's name."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload


def photo(name: str, words: str = "") -> FilePayload:
    """Return a JPEG as a telephone writes it, with the words drawn on it."""
    picture = Image.new("RGB", (640, 400), (214, 226, 220))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((24, 24, 616, 376), outline=(11, 110, 82), width=6)
    pen.text((60, 60), words or name, fill=(30, 30, 30))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80)
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}


def letter(name: str, kilobytes: int = 0) -> FilePayload:
    """Return the smallest PDF of one empty page that a reader opens, made larger by a remark if asked."""
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    written, places = b"%PDF-1.4\n", []
    written += b"%" + b"x" * (kilobytes * 1000) + b"\n" if kilobytes else b""
    for number, body in enumerate(bodies, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(written)
    content = written + b"xref\n0 4\n0000000000 65535 f \n" + table + end
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def false_photo(name: str) -> FilePayload:
    """Return a web page under a photo's name and type."""
    page = b"<!doctype html><title>KTP</title><script>alert(1)</script>"
    return {"name": name, "mimeType": "image/jpeg", "buffer": page}
