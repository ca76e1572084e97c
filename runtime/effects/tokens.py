"""Plain token substitution: {token} becomes its value, once, and nothing is ever evaluated."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"\{([a-z_]{1,40})\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace the tokens of `text` that have a value; a value is never searched for tokens again."""
    return _TOKEN.sub(lambda match: values.get(match[1], match[0]), text)
