"""Why a change to regions, offices or posts is refused, as a value with a plain sentence."""

from __future__ import annotations


class Refused(Exception):
    """Nothing was changed. `code` is for programs, `sentence` for people, `field` names what is wrong."""

    def __init__(self, code: str, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.field = code, sentence, field
