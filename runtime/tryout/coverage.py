"""What of a service its stories and a test run have gone through, and what was never tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from runtime.forms.journey import journey
from runtime.regions import calendar
from runtime.regions.models import Region
from runtime.workflow import story
from runtime.workflow.story import Player
from schemas.definition import Module
from schemas.expressions import Expression

Decided = tuple[str, str]


@dataclass
class Gone:
    """What was gone through: statuses, actions, decisions of tasks, and pages and questions asked or not."""

    statuses: set[str] = field(default_factory=set)
    actions: set[str] = field(default_factory=set)
    decisions: set[Decided] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)

    def add(self, other: Gone) -> None:
        """Take what another has gone through as well."""
        self.statuses |= other.statuses
        self.actions |= other.actions
        self.decisions |= other.decisions
        self.asked |= other.asked
        self.skipped |= other.skipped


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are of a kind, and the titles of those that were never tried."""

    kind: str
    count: int
    untried: tuple[str, ...]

    @property
    def tried(self) -> int:
        return self.count - len(self.untried)


def gone(player: Player) -> Gone:
    """Return what one case has gone through."""
    found = Gone()
    for one in player.played.happened:
        decision = one.decision
        if decision is None:
            continue
        found.statuses.add(decision.to_status)
        if decision.settled is not None:
            found.decisions.add((decision.action, decision.settled.outcome.key))
        elif decision.from_status:
            found.actions.add(decision.action)
        else:
            _filed(player, found)
    return found


def of_stories(module: Module, region: Region) -> Gone:
    """Return what the stories of the document have gone through together."""
    found, works = Gone(), calendar.of(region)
    for one in module.stories:
        found.add(gone(story.run(module, one.told, works)))
    return found


def tallies(module: Module, tried: Gone, language: str) -> list[Tally]:
    """Return for each kind what was tried and what was not; kinds of which there are none are left out."""
    flow = module.workflow
    actions = {action.key: action.title.say(language) for action in flow.actions}
    statuses = {status.key: status.title.say(language) for status in flow.statuses}
    decisions = {
        (rule.key, outcome.key): f"{rule.title.say(language)}: {outcome.title.say(language)}"
        for status in flow.statuses
        for rule in status.tasks
        for outcome in rule.outcomes
    }
    branches = dict(_conditional(module, language))
    found = [
        Tally("actions", len(actions), _without(actions, tried.actions)),
        Tally("decisions", len(decisions), _without(decisions, tried.decisions)),
        Tally("statuses", len(statuses), _without(statuses, tried.statuses)),
        Tally("shown", len(branches), _without(branches, tried.asked)),
    ]
    always = {key: title for key, title in branches.items() if key in tried.asked - tried.skipped}
    if always or not branches.keys() - tried.skipped:
        found.append(Tally("hidden", len(branches), tuple(always.values())))
    return [one for one in found if one.count]


def _without(titles: dict[Any, str], tried: Iterable[Any]) -> tuple[str, ...]:
    over = set(tried)
    return tuple(title for key, title in titles.items() if key not in over)


def _filed(player: Player, found: Gone) -> None:
    """Note which pages and questions with a condition were asked when the application was filed."""
    filing = player.played.happened[0]
    assert filing.decision is not None, "filing is a decision"
    walked = journey(player.module, filing.decision.answers, today=filing.at.date(), fresh=True)
    shown = {question.key for step in walked.steps for question in step.fields}
    shown |= {f"page:{step.page.key}" for step in walked.steps}
    for key, _title in _conditional(player.module, ""):
        (found.asked if key in shown else found.skipped).add(key)


def _conditional(module: Module, language: str) -> Iterator[tuple[str, str]]:
    """Yield the pages and questions of the application that are asked on a condition only."""
    for page in module.filing_pages():
        if isinstance(page.visible, Expression):
            yield f"page:{page.key}", page.title.say(language or None)
        for question in page.fields:
            if isinstance(question.visible, Expression):
                yield question.key, question.label.say(language or None)
