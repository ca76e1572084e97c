"""Reading modules for lists and for the editor. Everything is within the region in scope."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from builder import keys
from builder.models import Module, Release
from runtime.regions.models import Region
from schemas import parse
from schemas.definition import Module as Definition
from schemas.problems import Problem

StateKind = Literal["draft", "live", "changed", "broken"]


@dataclass(frozen=True, slots=True)
class State:
    """Where a service stands: `broken` when its newest draft could not be published as it is."""

    kind: StateKind
    errors: int
    warnings: int


@lru_cache(maxsize=256)
def problems(document: str) -> tuple[Problem, ...]:
    """Return what is wrong with a document, errors first. Kept by text, which says everything."""
    found = parse.check(document).problems
    return tuple(sorted(found, key=lambda problem: problem.severity != "error"))


def state(module: Module) -> State:
    """Judge the newest draft of `module`."""
    draft: Module = module.get_latest_revision_as_object()
    found = problems(draft.document)
    errors = sum(problem.severity == "error" for problem in found)
    kind: StateKind = "draft"
    if errors:
        kind = "broken"
    elif module.live:
        kind = "changed" if module.has_unpublished_changes else "live"
    return State(kind=kind, errors=errors, warnings=len(found) - errors)


def parsed(document: str) -> Definition | None:
    """Return the definition in `document`, or None when it has an error."""
    return parse.check(document).module


def by_key(region: Region, key: str) -> Module | None:
    """Return the module of `region` with this key."""
    found: Module | None = Module.objects.filter(region=region, key=key).first()
    return found


def free_module_key(region: Region, title: str) -> str:
    """Return the first key like `title` that no module of `region` has."""
    taken = set(Module.objects.filter(region=region).values_list("key", flat=True))
    return keys.free(keys.module_key(title), taken, joint="-")


def newest(region: Region, limit: int) -> list[Module]:
    """Return the modules of `region` that were worked on last."""
    found = Module.objects.filter(region=region).select_related("latest_revision")
    return list(found.order_by("-latest_revision__created_at", "-pk")[:limit])


def releases(module: Module) -> list[Release]:
    """Return what was published of `module`, newest first."""
    return list(module.releases.select_related("published_by").order_by("-number"))
