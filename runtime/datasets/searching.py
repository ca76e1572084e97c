"""How words are compared when somebody searches: capitals, accents and apostrophes do not matter."""

from __future__ import annotations

import re
import unicodedata


def folded(text: str) -> str:
    """Return `text` as it is searched in and for."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark) and mark not in "'\"’‘`´ʼ")
    return re.sub(r"[^\w.]+", " ", letters).strip()
