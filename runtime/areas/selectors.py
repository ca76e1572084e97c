"""Reading the list of areas: what lies in an area, and what a code is called, also one that has gone.

What is read is kept by the digest of its edition, so it can never be out of date.
"""

from __future__ import annotations

from functools import lru_cache

from runtime.areas.models import Area, AreaEdition
from schemas import areacodes

Named = tuple[str, str]
"""A code and its name."""


def current() -> AreaEdition | None:
    """Return the edition that counts: the newest."""
    return AreaEdition.objects.order_by("-pk").first()


def children(code: str, edition: AreaEdition | None = None) -> tuple[Named, ...]:
    """Return what lies directly in `code` ("": the provinces), by name; nothing without an edition."""
    counting = edition or current()
    return _children(counting.digest, code) if counting else ()


def exists(code: str) -> bool:
    """Say whether the newest edition knows `code`."""
    counting = current()
    return counting is not None and _name(counting.digest, code) is not None


def was(code: str) -> bool:
    """Say whether `code` is or was an area: the newest edition knows it, or one that is kept."""
    return [step for step, _name in path(code)] == list(areacodes.chain(code))


def path(code: str) -> tuple[Named, ...]:
    """Return the areas from the province down to `code` with their names.

    A code that the newest edition dropped has the name it had last; one that never was has none.
    """
    counting = current()
    steps = areacodes.chain(code)
    if counting is None or not steps:
        return ()
    return _path(counting.digest, code)


@lru_cache(maxsize=4096)
def _children(digest: str, code: str) -> tuple[Named, ...]:
    found = Area.objects.filter(edition__digest=digest, parent=code).values_list("code", "name")
    return tuple(sorted(found, key=lambda area: (area[1].casefold(), area[0])))


@lru_cache(maxsize=8192)
def _name(digest: str, code: str) -> str | None:
    return Area.objects.filter(edition__digest=digest, code=code).values_list("name", flat=True).first()


@lru_cache(maxsize=8192)
def _path(digest: str, code: str) -> tuple[Named, ...]:
    steps = areacodes.chain(code)
    found = dict(Area.objects.filter(edition__digest=digest, code__in=steps).values_list("code", "name"))
    missing = [step for step in steps if step not in found]
    if missing:
        older = Area.objects.filter(code__in=missing).order_by("edition_id").values_list("code", "name")
        found |= dict(older)
    return tuple((step, found[step]) for step in steps if step in found)
