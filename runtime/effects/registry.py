"""The handlers, found by folder."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import cast

from runtime.effects import handlers
from runtime.effects.contract import Handler

_HANDLERS = {
    found.name: cast(Handler, import_module(f"{handlers.__name__}.{found.name}"))
    for found in pkgutil.iter_modules(handlers.__path__)
}


def handler(type_: str) -> Handler | None:
    """Return the handler of an effect type, if there is one."""
    return _HANDLERS.get(type_)


def types() -> tuple[str, ...]:
    """Return the effect types that can be performed."""
    return tuple(sorted(name for name, found in _HANDLERS.items() if getattr(found, "ready", _always)()))


def _always() -> bool:
    return True
