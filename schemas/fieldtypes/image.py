"""A picture between the questions, carried in the document itself; there is nothing to answer.

It is judged by its content: a real PNG, JPEG or WebP of bounded size, nothing that could run a script.
"""

from __future__ import annotations

import base64
import binascii
import io
import warnings
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from schemas.definition import Field, Json
from schemas.fieldtypes.base import TEXT
from schemas.fieldtypes.note import NoteType
from schemas.problems import Problem, error

LONGEST = 200_000
LONGEST_SIDE = 2_000
KINDS = {"data:image/png;base64": "PNG", "data:image/jpeg;base64": "JPEG", "data:image/webp;base64": "WEBP"}


class NotAPicture(Exception):
    """The data is no picture that can be shown; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def size(data: str) -> tuple[int, int]:
    """Return width and height of the picture in a data URI, or raise `NotAPicture`.

    Only the head is decoded (and every checksum of a PNG), so that no picture costs much to judge.
    """
    head, comma, body = data.partition(",")
    if not comma:
        raise NotAPicture("fields.image_missing" if not data else "fields.image")
    if head not in KINDS:
        raise NotAPicture("fields.image")
    try:
        content = base64.b64decode(body, validate=True)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=[KINDS[head]]) as picture:
                width, height = picture.size
                if max(width, height) > LONGEST_SIDE:
                    raise NotAPicture("fields.image_large")
                picture.verify()
    except (binascii.Error, UnidentifiedImageError, OSError, SyntaxError, ValueError, Warning) as fault:
        raise NotAPicture("fields.image") from fault
    return width, height


class ImageType(NoteType):
    name = "image"
    settings = {
        "image": {
            "type": "object",
            "required": ["data", "alt"],
            "properties": {"data": {"type": "string", "maxLength": LONGEST}, "alt": TEXT},
            "patternProperties": {"^x-": True},
            "additionalProperties": False,
        }
    }
    needs = ("image",)

    def problems(self, field: Field, pointer: str) -> Iterator[Problem]:
        try:
            size(field.settings["image"]["data"])
        except NotAPicture as fault:
            yield error(fault.code, f"{pointer}/image/data", name=field.key, limit=LONGEST_SIDE)

    def texts(self, field: Field) -> Iterator[tuple[str, Json, bool]]:
        yield "image/alt", field.settings["image"]["alt"], True


TYPE = ImageType()
