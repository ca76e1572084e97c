"""Whether what a document wants to happen outside can be carried out in its region; else it is told."""

from __future__ import annotations

from collections.abc import Iterator

from builder import subcases
from runtime.outside import selectors as outside
from runtime.regions import scope
from runtime.regions.models import Region
from schemas.definition import EffectRule, Module
from schemas.problems import Problem, error
from schemas.rules import places

NO_CONNECTION = "effects.not_here"
NO_GATEWAY = "effects.no_gateway"


def missing(module: Module, region: Region) -> Iterator[Problem]:
    """Yield an error for each effect that would never take place."""
    for pointer, effect, _action in places.effects(module):
        yield from _hindered(module, effect, pointer, region)


def _hindered(module: Module, effect: EffectRule, pointer: str, region: Region) -> Iterator[Problem]:
    with scope.use(region):
        if effect.type == "webhook" and outside.webhook(region, effect.connection) is None:
            told = {"region": str(region), "connection": effect.connection}
            yield error(NO_CONNECTION, f"{pointer}/webhook", **told)
        if effect.via and not outside.reaches_telephones(region, effect.via):
            told = {"region": str(region), "via": {"sms": "SMS", "whatsapp": "WhatsApp"}[effect.via]}
            yield error(NO_GATEWAY, f"{pointer}/via", **told)
        if effect.type == "case":
            yield from subcases.problems(module, effect, pointer, region)
