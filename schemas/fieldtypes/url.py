"""A web address, http or https only, kept in ASCII."""

from __future__ import annotations

import re
from urllib.parse import quote

from schemas.definition import Field, Json
from schemas.fieldtypes.base import FieldType

LONGEST = 2_000
_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
PATTERN = rf"^https?://({_LABEL}\.)+[A-Za-z]([A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?(:[0-9]{{1,5}})?([/?#][!-~]*)?$"
_WRITTEN = re.compile(r"(?:([A-Za-z]+):/{1,2})?([^\s/?#@]+)([/?#]\S*)?")


def normalise(written: str) -> str:
    """Return an address as people write it (`www.contoh.go.id`) in full; what is none stays as it is."""
    text = written.strip()
    found = _WRITTEN.fullmatch(text)
    if not found:
        return text
    scheme, host, rest = (found[1] or "https").lower(), found[2].lower(), found[3] or ""
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return text
    return f"{scheme}://{host}{quote(rest, safe=_AS_IT_IS)}"


_AS_IT_IS = "".join(chr(code) for code in range(0x21, 0x7F))


class UrlType(FieldType):
    name = "url"

    def answer_schema(self, field: Field) -> dict[str, Json]:
        return {"type": "string", "pattern": PATTERN, "maxLength": LONGEST}


TYPE = UrlType()
