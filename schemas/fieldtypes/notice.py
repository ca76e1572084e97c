"""Words that must not be overlooked, in the colour of their `tone`; there is nothing to answer."""

from __future__ import annotations

from schemas.fieldtypes.note import NoteType

TONES = ("info", "warning", "success")


class NoticeType(NoteType):
    name = "notice"
    settings = {"tone": {"enum": list(TONES)}}


TYPE = NoticeType()
