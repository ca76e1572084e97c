"""A text of several lines."""

from __future__ import annotations

from runtime.forms.face import FieldFace

FACE = FieldFace("longtext")
