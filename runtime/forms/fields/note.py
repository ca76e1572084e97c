"""A piece of text between questions; nothing is answered."""

from __future__ import annotations

from runtime.forms.face import FieldFace

FACE = FieldFace("note", has_answer=False)
