"""A picture in a document is judged by its content."""

from __future__ import annotations

import base64
from contextlib import suppress

import pytest

from schemas.fieldtypes import image
from tests import samples


class TestImage:
    @pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
    def test_takes_a_real_picture(self, form: str) -> None:
        assert image.size(samples.data_uri(form, 30, 20)) == (30, 20)

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            ("", "fields.image_missing"),
            ("https://contoh.id/a.png", "fields.image"),
            ("data:image/svg+xml;base64,PHN2Zy8+", "fields.image"),
            ("data:image/png;base64,PHN2Zy8+", "fields.image"),
            ("data:image/png;base64,%%%", "fields.image"),
            ("data:image/png;base64,", "fields.image"),
            (samples.PICTURE[:-60] + "A" * 56 + "====", "fields.image"),
            (samples.PICTURE.replace("image/png", "image/webp"), "fields.image"),
            (samples.data_uri("PNG", 2001, 1), "fields.image_large"),
        ],
    )
    def test_refuses_what_is_none(self, data: str, code: str) -> None:
        with pytest.raises(image.NotAPicture) as refused:
            image.size(data)
        assert refused.value.code == code

    def test_never_lets_another_fault_through(self) -> None:
        content = base64.b64decode(samples.PICTURE.partition(",")[2])
        for at in range(len(content)):
            broken = base64.b64encode(content[:at] + b"\xff" + content[at + 1 :]).decode()
            with suppress(image.NotAPicture):
                image.size(f"data:image/png;base64,{broken}")
