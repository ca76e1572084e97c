"""Which region this thread of work sees. Knows no models, so that a database backend may read it."""

from __future__ import annotations

from contextvars import ContextVar

NOWHERE = ""
EVERYWHERE = "*"
region: ContextVar[str] = ContextVar("region", default=NOWHERE)


def current() -> str:
    """Return the id of the region in scope as text, `*` for everywhere, `` for none."""
    return region.get()
