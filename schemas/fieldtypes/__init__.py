"""The registry of field types: every module of this folder that defines `TYPE` is one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from schemas.fieldtypes.base import FieldType, ValueType

__all__ = ["UNANSWERED", "UNASKED", "FieldType", "ValueType", "all", "get", "known"]


def _registry() -> Mapping[str, FieldType]:
    found: dict[str, FieldType] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda item: item.name):
        kind = getattr(importlib.import_module(f"{__name__}.{module.name}"), "TYPE", None)
        if isinstance(kind, FieldType):
            found[kind.name] = kind
    return MappingProxyType(found)


_TYPES = _registry()

UNANSWERED = frozenset(kind.name for kind in _TYPES.values() if kind.value_type is None)
"""Types that only show something: a heading, words, a picture."""

UNASKED = UNANSWERED | {kind.name for kind in _TYPES.values() if not kind.asked}
"""Types that nobody answers: those, and what the server sets by itself."""


def get(name: str) -> FieldType:
    """Return the field type called `name`. Raises KeyError when there is none."""
    return _TYPES[name]


def known(name: str) -> bool:
    return name in _TYPES


def all() -> tuple[FieldType, ...]:  # noqa: A001 (read as `fieldtypes.all()`)
    """Return every field type, in the order of their names."""
    return tuple(_TYPES.values())
