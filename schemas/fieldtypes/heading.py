"""A heading between the questions; there is nothing to answer."""

from __future__ import annotations

from schemas.fieldtypes.note import NoteType


class HeadingType(NoteType):
    name = "heading"


TYPE = HeadingType()
