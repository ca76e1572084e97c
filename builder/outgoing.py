"""Whether what a document wants to happen outside can be carried out in its region; else it is told."""

from __future__ import annotations

from collections.abc import Iterator

from runtime import preview
from runtime.regions.models import Region
from schemas.definition import Module
from schemas.problems import Problem, error
from schemas.rules import places

NOT_YET = "effects.not_yet"


def missing(module: Module, region: Region) -> Iterator[Problem]:
    """Yield an error for each effect that would never take place."""
    known = preview.effect_types()
    for pointer, effect, _action in places.effects(module):
        if effect.type not in known:
            yield error(f"{NOT_YET}.{effect.type}", pointer, region=str(region))
