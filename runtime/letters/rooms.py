"""Where a name in a letter is looked up: among the questions of the service, inside an entry its own first.

Only what is asked is told: a question that is hidden has no answer here. What was worked out is told as it
was filed, not anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from runtime.forms.journey import journey
from runtime.letters.facts import Facts
from schemas import walk
from schemas.definition import Field, Json
from schemas.walk import Asked


@dataclass(frozen=True, slots=True)
class Room:
    """The questions `fields` of the service or of one entry, those asked, and what was filed for them.

    `known` are the answers that a condition in this place may read, those around it among them.
    """

    fields: Mapping[str, Field]
    asked: Mapping[str, Asked]
    filed: Mapping[str, Json]
    known: Mapping[str, Json]

    def answer(self, key: str) -> Json:
        """Return the answer to `key`, None when there is none or it is not asked."""
        asked = self.asked.get(key)
        return None if asked is None else self.filed.get(key, asked.value)

    def entries(self, key: str) -> Iterator[Room]:
        """Yield a room for each entry of the repeated question `key`."""
        asked = self.asked.get(key)
        if asked is None or asked.field.type != "repeat":  # a draft with faults may name any question
            return
        filed = self.filed.get(key)
        rows = filed if walk.is_rows(filed) else asked.value
        for row, stored in zip(asked.rows, rows or (), strict=True):
            yield room(asked.field.fields, row, stored, self.known)


def whole(facts: Facts) -> Room:
    """Return the room of the whole service."""
    module = facts.module
    walked = journey(module, facts.answers, today=facts.around.today, pages=module.pages)
    asked = [each for step in walked.steps for each in step.asked]
    return room([question for _page, question in module.fields()], asked, facts.answers, {})


def room(
    fields: Sequence[Field], asked: Sequence[Asked], filed: Mapping[str, Json], around: Mapping[str, Json]
) -> Room:
    """Return the room of `fields`, of which `asked` are asked, inside what is known `around`."""
    shown = {each.field.key: each for each in asked}
    told = {key: filed.get(key, each.value) for key, each in shown.items()}
    unknown: dict[str, Json] = {field.key: None for field in fields}
    return Room({field.key: field for field in fields}, shown, filed, {**around, **unknown, **told})
