"""Stops a request whose files grow beyond what any page can ask for, while it is still arriving.

Also one whose parts would have to be decoded before anybody can say how large they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import multipartparser

MOST_BYTES = 60_000_000
PLAIN = {"", "7bit", "8bit", "binary"}
"""Encodings of a part that leave its bytes as they are."""


class CappedUploadHandler(FileUploadHandler):
    """Counts the bytes of all files of a request; put it first in FILE_UPLOAD_HANDLERS."""

    def __init__(self, request: Any = None, *, most: int = 0) -> None:
        super().__init__(request)
        self.most = most or int(getattr(settings, "RAKIT_UPLOAD_BYTES", MOST_BYTES))
        self.seen = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's own name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Refuse by the announced length before anything is read."""
        if content_length > self.most:
            raise RequestDataTooBig(f"More than {self.most} bytes were announced.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count what really arrives; the announced length may lie."""
        self.seen += len(raw_data)
        if self.seen > self.most:
            raise RequestDataTooBig(f"More than {self.most} bytes arrived.")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
        return


class PlainParts(multipartparser.Parser):
    """The parts of a posted form; one that is to be decoded first is refused.

    What base64 unpacks to cannot be counted before it is unpacked, and no browser sends it: RFC 7578,
    section 4.7, has given the header up.
    """

    def __iter__(self) -> Iterator[Any]:
        for kind, headers, stream in super().__iter__():
            encoding = headers.get("content-transfer-encoding", ("",))[0]
            if encoding.strip().lower() not in PLAIN:
                raise RequestDataTooBig(f"A part encoded as {encoding[:40]!r} cannot be measured.")
            yield kind, headers, stream


def refuse_encoded_parts() -> None:
    """Have Django read the parts of every posted form through `PlainParts`; it has no setting for it."""
    setattr(multipartparser, "Parser", PlainParts)  # noqa: B010 (a class is no variable to mypy)
