"""Pictures that stand in letters: judged by what is in them and drawn anew, or refused with a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from runtime.forms import pictures, uploads

FORMS = {"image/png": "PNG", "image/jpeg": "JPEG"}
SVG = "image/svg+xml"
MOST_BYTES = 4_000_000
HEAD = 1000
SENTENCES: dict[str, Any] = {
    "large": _("The file is larger than 4 MB. Save the picture smaller."),
    "svg": _("An SVG file is not taken, for it can hold more than a picture. Save it as PNG."),
    "type": _("The file is no picture in PNG or JPG. Save it as PNG."),
    "photo.broken": _("The file cannot be opened as a picture. Save it anew as PNG."),
    "photo.pixels": _("The picture has too many pixels. Save it smaller."),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is handed to the typesetter: its bytes, and its type."""

    content: bytes = field(repr=False)
    type: str


class Unfit(Exception):
    """The file cannot be used; `sentence` says why, and what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.sentence = SENTENCES[code]


def judged(upload: UploadedFile[bytes], *, longest: int) -> Picture:
    """Return what was uploaded, drawn anew with no side above `longest` pixels. Raises `Unfit`."""
    if upload.size is None or upload.size > MOST_BYTES:
        raise Unfit("large")
    kind = uploads.true_type(upload)
    if kind not in FORMS:
        raise Unfit("svg" if _is_svg(upload) else "type")
    try:
        return Picture(pictures.redraw(upload, FORMS[kind], longest=longest), kind)
    except pictures.Unfit as unfit:
        raise Unfit(unfit.code) from None


def for_template(picture: Picture | None) -> dict[str, Any]:
    """Return the picture as the template takes it: SVG as text, another one as its bytes; "" for none."""
    if picture is None or not picture.content:
        return {"image": "", "format": ""}
    form = {SVG: "svg", "image/png": "png", "image/jpeg": "jpg"}[picture.type]
    return {"image": picture.content.decode() if form == "svg" else list(picture.content), "format": form}


def _is_svg(upload: UploadedFile[bytes]) -> bool:
    upload.seek(0)
    return b"<svg" in upload.read(HEAD).lower()
