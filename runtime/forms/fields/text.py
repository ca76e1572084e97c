"""A short text on one line."""

from __future__ import annotations

from runtime.forms.face import FieldFace

FACE = FieldFace("text")
