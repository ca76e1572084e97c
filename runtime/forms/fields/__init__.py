"""The faces of all field types, found by folder: one file per type, each with one `FACE`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from runtime.forms.face import FieldFace


@cache
def faces() -> dict[str, FieldFace]:
    """Return every face by type."""
    found: dict[str, FieldFace] = {}
    for entry in iter_modules(__path__):
        face: FieldFace = import_module(f"{__name__}.{entry.name}").FACE
        found[face.type] = face
    return found


def face(kind: str) -> FieldFace:
    """Return the face of one field type."""
    return faces()[kind]
