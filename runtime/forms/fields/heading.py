"""A heading between questions; nothing is answered."""

from __future__ import annotations

from runtime.forms.face import FieldFace

FACE = FieldFace("heading", has_answer=False)
