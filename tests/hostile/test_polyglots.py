"""T4: files that are two things at once. What is kept is one allowed thing and carries nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from runtime.forms import uploads
from schemas.definition import Field, Text

PAYLOADS = {
    "script": b"<script>alert('rakit-canary')</script>",
    "page": b"<!doctype html><html><body onload=alert('rakit-canary')>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>rakit-canary</svg>",
    "php": b"<?php system('rakit-canary'); ?>",
    "archive": b"PK\x03\x04rakit-canary",
    "program": b"MZ\x90\x00rakit-canary",
    "shell": b"#!/bin/sh\necho rakit-canary\n",
    "xml": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>rakit-canary</x>",
    "letter": b"%PDF-1.4\nrakit-canary\n%%EOF\n",
}
CANARY = b"rakit-canary"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FORMS = ("JPEG", "PNG", "WEBP")
NAMES = ("ktp.jpg", "ktp.html", "ktp.svg", "ktp.php.png", "ktp.pdf")
SENT_AS = ("image/jpeg", "text/html", "image/svg+xml", "application/pdf", "")


def picture(form: str, inside: bytes = b"") -> bytes:
    """Draw a small picture, with something in the places where pictures keep words."""
    out = io.BytesIO()
    extra: dict[str, Any] = {}
    if inside and form == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", inside.decode("latin-1"))
        extra["pnginfo"] = words
    elif inside:
        exif = Image.Exif()
        exif[0x010E] = inside.decode("latin-1")
        extra["exif"] = exif
        if form == "JPEG":
            extra["comment"] = inside
    Image.new("RGB", (60, 40), "teal").save(out, form, **extra)
    return out.getvalue()


def corpus() -> Iterator[tuple[str, bytes]]:
    """Yield a name and the bytes of each file: every payload before, behind and inside every host."""
    for name, payload in PAYLOADS.items():
        for form in FORMS:
            yield f"{name} before {form}", payload + picture(form)
            yield f"{name} behind {form}", picture(form) + payload
            yield f"{name} inside {form}", picture(form, payload)
        yield f"{name} before PDF", payload + PDF
        yield f"{name} alone", payload
    for form in FORMS:
        yield f"PDF behind {form}", picture(form) + PDF
        yield f"{form} behind a PDF's first line", b"%PDF-1.4\n" + picture(form)
        yield f"half a {form}", picture(form)[: len(picture(form)) // 2]
    yield "a script in a GIF", b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert('rakit-canary')"
    yield "a script in a BMP", b"BM/*" + b"\0" * 20 + b"*/=1;alert('rakit-canary')"


CORPUS = dict(corpus())


class TestJudge:
    """`uploads.judge` on files that are two things."""

    def test_T4_has_more_than_sixty_files(self) -> None:
        assert len(CORPUS) > 60
        assert len(set(CORPUS.values())) > 60

    @pytest.mark.parametrize("name", CORPUS)
    def test_T4_keeps_nothing_of_the_second_thing(self, name: str) -> None:
        for kind in ("file", "photo"):
            question = Field(key="berkas", type=kind, label=Text((("id", "Berkas"),)))
            for called, sent_as in zip(NAMES, SENT_AS, strict=True):
                verdict = uploads.judge(SimpleUploadedFile(called, CORPUS[name], sent_as), question)
                if isinstance(verdict, uploads.Refused):
                    assert verdict.code.startswith(("file.", "photo."))
                    continue
                assert verdict.type in uploads.EXTENSIONS
                assert verdict.name.endswith(uploads.EXTENSIONS[verdict.type])
                if verdict.type != uploads.PDF:
                    assert CANARY not in (content := verdict.content.read())
                    assert Image.open(io.BytesIO(content)).format in FORMS

    @pytest.mark.parametrize("form", FORMS)
    def test_T4_still_takes_the_picture_itself(self, form: str) -> None:
        question = Field(key="berkas", type="photo", label=Text((("id", "Berkas"),)))
        for name in ("script behind", "script inside"):
            verdict = uploads.judge(SimpleUploadedFile("ktp.jpg", CORPUS[f"{name} {form}"]), question)
            assert isinstance(verdict, uploads.Accepted)
