"""Stops a request whose files grow beyond what any page can ask for, while it is still arriving."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 60_000_000


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
