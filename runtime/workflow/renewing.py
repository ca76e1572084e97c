"""A story told anew: played to its end as the service is now, what came of it in place of what was expected.

Only what the story expects is expected again. A step that can no longer be taken ends it, with what followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from runtime.regions.worktime import Calendar
from runtime.workflow import verdict
from runtime.workflow.proof.rehearsal import opened
from runtime.workflow.story import Difference, Player, Told, moment
from schemas.definition import Module
from schemas.problems import Problem


@dataclass(frozen=True, slots=True)
class Renewed:
    """A story as it goes now.

    `then` says for the filing and for each step that can be taken what is expected of it. `changed` are the
    differences in words; `ends` is why the next step cannot be taken, where one cannot.
    """

    then: tuple[Mapping[str, Any], ...]
    changed: tuple[Problem, ...]
    ends: Problem | None

    @property
    def steps(self) -> int:
        """How many steps the story has then."""
        return len(self.then) - 1


def renew(module: Module, at: int, calendar: Calendar) -> Renewed | None:
    """Tell the story number `at` of the document anew; None where its application is not even taken."""
    story = module.stories[at]
    told = story.told
    player = _Renewing(opened(module), calendar, moment(told["at"], calendar))
    player.file(told.get("answers", {}), told.get("then", {}))
    if not player.played.came_out:
        return None
    for number, step in enumerate(told.get("steps", ()), start=1):
        player.take(number, step)
        if player.played.differences:
            break
    ends = next(iter(player.played.differences), None)
    return Renewed(
        tuple(player.then),
        tuple(verdict.problem(module, at, story, one) for one in player.changed),
        verdict.problem(module, at, story, ends) if ends else None,
    )


class _Renewing(Player):
    """Plays a story and notes what is otherwise, instead of ending there."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.then: list[Mapping[str, Any]] = []
        self.changed: list[Difference] = []

    def _compare(self, number: int, then: Told, refused: str, before: int) -> None:
        if refused and not then.get("refused"):
            self.played.differences.append(Difference(number, "refused", "", refused))
            return
        self.changed += self._differing(number, {"refused": "", **then}, refused, before)
        found = {**then, **{what: now for what, now in self._found(refused, before).items() if what in then}}
        self.then.append({what: now for what, now in found.items() if now != ""})
