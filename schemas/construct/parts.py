"""Parts of a workflow that stand in many places: a span of time, and who acts or is written to."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.construct.words import Raw
from schemas.definition import Duration, Who


def duration(raw: Raw | None) -> Duration | None:
    return Duration(raw["amount"], raw["unit"]) if raw else None


def who(raw: str | Raw) -> Who:
    if isinstance(raw, Mapping):
        return Who("role", raw["role"])
    return Who("system") if raw == "system" else Who("applicant")
