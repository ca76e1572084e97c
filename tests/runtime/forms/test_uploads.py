"""Files are judged by their content."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from runtime.forms import sentences, uploads
from runtime.forms.uploadhandler import CappedUploadHandler
from schemas.definition import Field, Text


def question(kind: str = "file", **settings: Any) -> Field:
    """Make a question for files."""
    return Field(key="berkas", type=kind, label=Text((("id", "Berkas"),)), settings=settings)


def picture(form: str = "JPEG", **extra: Any) -> bytes:
    """Make a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, form, **extra)
    return out.getvalue()


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HOSTILE = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "html with a PDF inside": b"<html>" + PDF,
    "gif": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "zip": b"PK\x03\x04" + b"\0" * 60,
    "exe": b"MZ" + b"\0" * 200,
    "truncated PDF": b"%PDF-1.4\n",
    "JPEG head only": b"\xff\xd8\xff\xe0" + b"\0" * 60,
    "text": b"halo",
}


class TestJudge:
    """`uploads.judge`."""

    @pytest.mark.parametrize("name", sorted(HOSTILE))
    def test_refuses_content_that_is_not_what_its_name_says(self, name: str) -> None:
        upload = SimpleUploadedFile("ktp.jpg", HOSTILE[name], "image/jpeg")
        assert isinstance(uploads.judge(upload, question()), uploads.Refused)

    def test_takes_a_picture_whatever_it_is_called(self) -> None:
        verdict = uploads.judge(SimpleUploadedFile("ktp.pdf.exe", picture(), "application/x"), question())
        assert isinstance(verdict, uploads.Accepted)
        assert (verdict.type, verdict.name) == ("image/jpeg", "ktp.pdf.jpg")

    def test_T4_drops_exif_and_what_is_appended(self) -> None:
        exif = Image.Exif()
        exif[0x010E] = "rahasia"
        content = picture(exif=exif) + b"<script>alert(1)</script>"
        verdict = uploads.judge(SimpleUploadedFile("a.jpg", content), question("photo"))
        assert isinstance(verdict, uploads.Accepted)
        content = verdict.content.read()
        assert b"rahasia" not in content
        assert b"<script>" not in content
        assert not Image.open(io.BytesIO(content)).getexif()

    def test_refuses_a_pdf_where_a_photo_is_asked(self) -> None:
        verdict = uploads.judge(SimpleUploadedFile("a.jpg", PDF), question("photo"))
        assert isinstance(verdict, uploads.Refused)
        assert verdict.code == "photo.type"

    def test_refuses_a_file_above_the_cap_without_reading_it(self) -> None:
        upload = SimpleUploadedFile("a.pdf", PDF + b" " * 20_000)
        upload.seek(7)
        verdict = uploads.judge(upload, question(maxBytes=10_000))
        assert isinstance(verdict, uploads.Refused)
        assert verdict.code == "file.large"
        assert upload.tell() == 7

    def test_refuses_a_picture_of_too_many_pixels(self) -> None:
        out = io.BytesIO()
        Image.new("1", (9000, 9000)).save(out, "PNG")
        verdict = uploads.judge(SimpleUploadedFile("a.png", out.getvalue()), question())
        assert isinstance(verdict, uploads.Refused)
        assert "terlalu banyak" in sentences.sentence(question(), verdict.code, {"name": "a.png"}, "id")

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\ktp.jpg", "ktp.jpg"),
            ("a\u202egpj.exe", "agpj.exe"),
            ('"><img>.png', "___img_.png"),
            ("kk %22asli%22.png", "kk _asli_.png"),
            ("x" * 300 + ".pdf", "x" * 95 + ".pdf"),
            ("", "file"),
        ],
    )
    def test_cleans_names(self, name: str, shown: str) -> None:
        assert uploads.clean_name(name) == shown


class TestCappedUploadHandler:
    """Requests that grow too large."""

    def test_T29_stops_at_the_announced_length(self) -> None:
        with pytest.raises(RequestDataTooBig):
            CappedUploadHandler().handle_raw_input(None, {}, 10**9, b"", None)

    def test_T29_stops_when_more_arrives_than_was_announced(self) -> None:
        handler = CappedUploadHandler()
        handler.most = 10
        handler.receive_data_chunk(b"12345678", 0)
        with pytest.raises(RequestDataTooBig):
            handler.receive_data_chunk(b"12345678", 8)
