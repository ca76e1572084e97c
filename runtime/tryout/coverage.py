"""What of a service its stories and a test run have gone through, and what was never tried.

A branch is an action, a decision, a stage, a task or question with a condition asked or left out, and a
stage in which answers may be put right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from runtime.forms.journey import journey
from runtime.regions import calendar
from runtime.regions.models import Region
from runtime.workflow import story
from runtime.workflow.story import Happening, Player
from runtime.workflow.values import Decision
from schemas.definition import Json, Module, Page
from schemas.expressions import Expression

Pair = tuple[str, str]


@dataclass
class Gone:
    """What was gone through: statuses, actions, decisions, edits, and what was asked or opened, or was not.

    A decision is a task and its outcome, an edit a status and a role.
    """

    statuses: set[str] = field(default_factory=set)
    actions: set[str] = field(default_factory=set)
    decisions: set[Pair] = field(default_factory=set)
    edits: set[Pair] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    spared: set[str] = field(default_factory=set)

    def add(self, other: Gone) -> None:
        """Take what another has gone through as well."""
        for part in fields(self):
            getattr(self, part.name).update(getattr(other, part.name))

    def kept(self) -> dict[str, list[Any]]:
        """Return it as plain lists, from which `again` makes it anew."""
        return {part.name: sorted(getattr(self, part.name)) for part in fields(self)}


def again(kept: Mapping[str, list[Any]]) -> Gone:
    """Return what was kept as plain lists."""
    found = Gone()
    for name, met in kept.items():
        getattr(found, name).update(tuple(one) if isinstance(one, list) else one for one in met)
    return found


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
        if one.decision is not None:
            _done(player.module, one, one.decision, found)
    return found


def _done(module: Module, one: Happening, decision: Decision, found: Gone) -> None:
    """Note what one decision went through."""
    found.statuses.add(decision.to_status)
    if decision.moved:
        _entered(module, decision, found)
    if decision.settled is not None:
        found.decisions.add((decision.action, decision.settled.outcome.key))
    elif decision.edited is not None:
        found.edits.add((decision.from_status, decision.role))
    elif decision.from_status:
        found.actions.add(decision.action)
    filed = not decision.from_status or decision.answered or decision.edited is not None
    pages = module.filing_pages() if filed else _page(module, decision)
    found.add(_shown(module, pages, decision, one))


def _entered(module: Module, decision: Decision, found: Gone) -> None:
    """Note which tasks with a condition opened on entry; one that waits for another may open later."""
    opened = {opening.rule.key for opening in decision.opened}
    for rule in module.workflow.status(decision.to_status).tasks:
        if rule.when is not None and (rule.key in opened or not rule.after):
            (found.opened if rule.key in opened else found.spared).add(rule.key)


def _page(module: Module, decision: Decision) -> tuple[Page, ...]:
    """Return the page that was filled in with a decision, if any."""
    if decision.settled is not None:
        key = decision.settled.outcome.page
    else:
        action = module.workflow.action(decision.action)
        key = action.ask.page if action else ""
    page = module.page(key) if key else None
    return (page,) if page else ()


def _shown(module: Module, pages: tuple[Page, ...], decision: Decision, one: Happening) -> Gone:
    """Return which questions and pages with a condition were asked on `pages`, and which left out."""
    own = decision.settled.answers if decision.settled else {}
    known = {**decision.answers, **decision.officer_answers, **own}
    return branches(module, pages, known, today=one.at.date())


def branches(module: Module, pages: tuple[Page, ...], answers: Mapping[str, Json], *, today: date) -> Gone:
    """Return which questions and pages with a condition these answers bring up, and which they leave out."""
    found = Gone()
    walked = journey(module, answers, today=today, pages=pages, fresh=True) if pages else None
    steps = walked.steps if walked else ()
    shown = {question.key for step in steps for question in step.fields}
    shown |= {f"page:{step.page.key}" for step in steps}
    for key, _title in conditional(pages, ""):
        (found.asked if key in shown else found.skipped).add(key)
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
    actions = _told_apart(module, language)
    statuses = {status.key: status.title.say(language) for status in flow.statuses}
    decisions = {
        (rule.key, outcome.key): f"{rule.title.say(language)}: {outcome.title.say(language)}"
        for status in flow.statuses
        for rule in status.tasks
        for outcome in rule.outcomes
    }
    edits = {
        (status.key, role): f"{status.title.say(language)}: {flow.role(role).title.say(language)}"
        for status in flow.statuses
        for role in status.edit
    }
    tasks = {
        rule.key: rule.title.say(language)
        for status in flow.statuses
        for rule in status.tasks
        if rule.when is not None
    }
    asked = dict(conditional(module.pages, language))
    found = [
        Tally("actions", len(actions), _without(actions, tried.actions)),
        Tally("decisions", len(decisions), _without(decisions, tried.decisions)),
        Tally("statuses", len(statuses), _without(statuses, tried.statuses)),
        Tally("edits", len(edits), _without(edits, tried.edits)),
        Tally("opened", len(tasks), _without(tasks, tried.opened)),
        *_always("spared", tasks, tried.opened, tried.spared),
        Tally("shown", len(asked), _without(asked, tried.asked)),
        *_always("hidden", asked, tried.asked, tried.skipped),
    ]
    return [one for one in found if one.count]


def _told_apart(module: Module, language: str) -> dict[str, str]:
    """Return what the actions are called, by key; those of one name with the stage they are taken in."""
    flow = module.workflow
    titles = {action.key: action.title.say(language) for action in flow.actions}
    often = Counter(titles.values())
    stages = {action.key: flow.status(action.from_[0]).title.say(language) for action in flow.actions}
    return {key: f"{stages[key]}: {title}" if often[title] > 1 else title for key, title in titles.items()}


def untried(module: Module, tried: Gone) -> bool:
    """Say whether something of the application with a condition was never asked, or never left out."""
    return any(
        key not in tried.asked or key not in tried.skipped
        for key, _title in conditional(module.filing_pages(), "")
    )


def _without(titles: dict[Any, str], tried: Iterable[Any]) -> tuple[str, ...]:
    over = set(tried)
    return tuple(title for key, title in titles.items() if key not in over)


def _always(kind: str, titles: dict[str, str], met: set[str], left_out: set[str]) -> Iterator[Tally]:
    """Yield what came up each time; what never came up is told already."""
    always = tuple(title for key, title in titles.items() if key in met - left_out)
    if always or not titles.keys() - left_out:
        yield Tally(kind, len(titles), always)


def conditional(pages: Iterable[Page], language: str) -> Iterator[tuple[str, str]]:
    """Yield the pages and questions that are asked on a condition only, by key, with their titles."""
    for page in pages:
        if isinstance(page.visible, Expression):
            yield f"page:{page.key}", page.title.say(language or None)
        for question in page.fields:
            if isinstance(question.visible, Expression):
                yield question.key, question.label.say(language or None)
