"""A file that holds a schema beside its UI schema, as programs with a form to try out keep both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from builder.jsonschema.foreign import OF_SCHEMAS

Json = Any
_SCHEMAS = ("schema", "jsonschema", "dataschema", "formschema")
_OTHERS = frozenset(("components", "openapi", "swagger"))
_LAYOUTS = ("uischema", "ui", "layout")


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The names of schema and UI schema, "" for no UI schema, and of what stands beside them."""

    schema: str
    ui: str
    others: tuple[str, ...]


def opened(root: Json) -> Wrapped | None:
    """Say where the schema stands in a file that is none itself; None when the file is one, or has none."""
    if not isinstance(root, dict) or (OF_SCHEMAS | _OTHERS) & set(root):
        return None
    schema = _named(root, _SCHEMAS)
    if not schema:
        return None
    ui = _named(root, _LAYOUTS)
    return Wrapped(schema, ui, tuple(name for name in root if name not in (schema, ui)))


def _named(root: dict[str, Json], names: tuple[str, ...]) -> str:
    """Return the member that is called like one of `names` and holds an object; the first of them counts."""
    called = {name.lower().replace("_", "").replace("-", ""): name for name in reversed(root)}
    return next((called[name] for name in names if isinstance(root.get(called.get(name, "")), dict)), "")
