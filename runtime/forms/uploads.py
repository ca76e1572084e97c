"""The one place where a file from outside is opened. It is judged by what is in it, never by its name.

Images are decoded and written anew, which drops EXIF, positions and anything appended; other files
must be exactly what the question accepts. Nothing is stored here.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import puremagic
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils import formats

from runtime.forms import pictures
from schemas.definition import Field, Text
from schemas.fieldtypes.file import USUAL_BYTES

PDF = "application/pdf"
IMAGES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
EXTENSIONS = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
PHOTO_BYTES = 12_000_000
PHOTO_SIDE = 2000
CHUNK = 64_000
HEAD = 4096
TAIL = 2048


ATTACHMENT = Field("attachment", "file", Text((("id", "Lampiran"), ("en", "Attachment"))))
"""What may be attached to a step or a comment: the usual file, of the usual size."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept: its clean name, true type and final bytes, which may lie on disk."""

    name: str
    type: str
    size: int
    sha256: str
    content: File[bytes] = field(repr=False)

    def described(self) -> dict[str, Any]:
        """Return the file the way an answer describes it, before it has an id of its own."""
        nobody = "00000000-0000-0000-0000-000000000000"
        facts = {"name": self.name, "size": self.size, "type": self.type, "sha256": self.sha256}
        return {"id": nobody, **facts}


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that may not be kept, and the code of the sentence that says why."""

    code: str
    name: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def judge(upload: UploadedFile[bytes], question: Field) -> Accepted | Refused:
    """Return the file as it may be kept, or why not. Never reads more than the question allows.

    Only a picture is ever in memory as a whole, one at a time (see `pictures`).
    """
    name = clean_name(upload.name or "")
    cap = most_bytes(question)
    if upload.size is None or upload.size > cap:
        return Refused("file.large", name, {"limit": cap})
    if not upload.size:
        return Refused("file.empty", name)
    kind = true_type(upload)
    if kind not in accepted_types(question):
        return Refused("photo.type" if question.type == "photo" else "file.type", name)
    content: File[bytes] = upload
    if kind in IMAGES:
        longest = PHOTO_SIDE if question.type == "photo" else pictures.LONGEST_SIDE
        try:
            content = ContentFile(pictures.redraw(upload, IMAGES[kind], longest=longest))
        except pictures.Unfit as unfit:
            return Refused(unfit.code, name)
    return Accepted(
        name=str(PurePosixPath(name).with_suffix(EXTENSIONS[kind])),
        type=kind,
        size=content.size,
        sha256=digest(content),
        content=content,
    )


def accepted_types(question: Field) -> frozenset[str]:
    """Return the types the question takes, out of those this system can judge at all."""
    if question.type == "photo":
        return frozenset(IMAGES)
    wanted = question.settings.get("accept") or list(EXTENSIONS)
    return frozenset(kind for kind in EXTENSIONS if kind in wanted or f"{kind.split('/')[0]}/*" in wanted)


def most_bytes(question: Field) -> int:
    """Return the largest size of one file of the question."""
    usual = PHOTO_BYTES if question.type == "photo" else USUAL_BYTES
    return int(question.settings.get("maxBytes") or usual)


def most_items(question: Field) -> int:
    """Return how many files the question takes."""
    return int(question.settings.get("maxItems") or 1)


def digest(content: File[bytes]) -> str:
    """Return the SHA-256 of a file, read chunk by chunk; it stands at its beginning again."""
    found = hashlib.sha256()
    for chunk in content.chunks(CHUNK):
        found.update(chunk)
    content.seek(0)
    return found.hexdigest()


def true_type(content: File[bytes]) -> str:
    """Return the type that the first bytes prove, or an empty text."""
    content.seek(0)
    head = content.read(HEAD)
    if head.startswith(b"%PDF-"):
        content.seek(max(0, content.size - TAIL))
        return PDF if b"%%EOF" in content.read(TAIL) else ""
    try:
        kind = str(puremagic.from_string(head, mime=True))
    except (puremagic.PureError, ValueError):
        return ""
    kind = {"image/jpg": "image/jpeg", "image/x-png": "image/png"}.get(kind, kind)
    return kind if kind in IMAGES else ""


def size_words(size: int) -> str:
    """Return a size as it stands on shop shelves: 5 MB is five million bytes."""
    amount, unit = (size / 1_000_000, "MB") if size >= 100_000 else (max(size, 1) / 1000, "kB")
    rounded = round(amount) if amount >= 10 or amount == int(amount) else round(amount, 1)
    words = formats.number_format(rounded)
    return f"{words} {unit}"


def clean_name(name: str) -> str:
    """Return a file name fit to be shown: no path, no control or direction marks, at most 100 letters."""
    last = re.split(r"[\\/]", name.replace("%22", '"'))[-1]  # so a browser sends a quotation mark
    shown = "".join(mark for mark in last if unicodedata.category(mark)[0] != "C")
    shown = re.sub(r"\s+", " ", re.sub(r'["<>:|?*]', "_", shown)).strip(" .")
    stem, dot, suffix = shown.rpartition(".")
    if not dot:
        return shown[:100] or "file"
    return f"{stem[:95] or 'file'}.{suffix[:4]}"
