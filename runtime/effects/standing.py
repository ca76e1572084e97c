"""Where a case stands by the time an effect is due. Cases stand above effects, so they register here."""

from __future__ import annotations

from collections.abc import Callable

from runtime.effects.models import EffectRun

Asked = Callable[[int], tuple[str, ...]]
_asked: list[Asked] = []


def register(status_of: Asked) -> None:
    """Have `status_of(case id)` tell where a case stands; it is called in the scope of its region.

    After the status itself come the names it has in versions from which the case was moved: what waits
    since then names it so.
    """
    _asked[:] = [status_of]


def elsewhere(row: EffectRun) -> str:
    """Return the status of the case if `row` is bound to others; empty when it is to take place."""
    bound = row.payload.get("while")
    if not bound or not _asked:
        return ""
    names = _asked[0](row.case_id)
    return "" if set(names) & set(bound) else names[0]
