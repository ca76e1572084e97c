"""The document of an autosave as it comes over a slow line: packed by the browser, or plain."""

from __future__ import annotations

import base64
import binascii
import zlib

from builder import services
from schemas.problems import error
from schemas.reading import MAX_BYTES

MARK = "gzip:"
"""What a packed document begins with; a plain one begins with a brace."""

_GZIP = 16 + zlib.MAX_WBITS


class Damaged(Exception):
    """The text says that it is packed, but it cannot be unpacked."""


def unpacked(text: str) -> str:
    """Return the document in `text`: itself, or after `gzip:` base64 of one gzip member (RFC 1952) of UTF-8.

    Never unpacks more than a document may have, whatever the packed bytes promise. Raises
    `services.NotADraft` where they hold more, and `Damaged` where they are cut off, altered or no text.
    """
    if not text.startswith(MARK):
        return text
    unpacker = zlib.decompressobj(wbits=_GZIP)
    try:
        found = unpacker.decompress(base64.b64decode(text[len(MARK) :], validate=True), MAX_BYTES + 1)
        if len(found) > MAX_BYTES:
            raise services.NotADraft((error("json.size", "", limit=MAX_BYTES),))
        if not unpacker.eof or unpacker.unused_data:
            raise Damaged
        return found.decode("utf-8")
    except (binascii.Error, zlib.error, ValueError):
        raise Damaged from None
