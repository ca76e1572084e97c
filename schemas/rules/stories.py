"""Stories of cases: every person, action, status and question they name is there; a step says one thing.

Whether a story comes out is not asked here: the engine plays it before publishing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, get_args

from schemas.definition import Module, Outcome, Story
from schemas.problems import Problem, error, warning
from schemas.rules import places

YEARS = range(1950, 2200)


def problems(module: Module) -> Iterator[Problem]:
    known = _Known(module)
    for at, story in enumerate(module.stories):
        pointer = f"/stories/{at}"
        yield from _begins(known, story, pointer)
        for number, step in enumerate(story.told.get("steps", ())):
            yield from _step(known, step, f"{pointer}/steps/{number}")


class _Known:
    """What a story can name."""

    def __init__(self, module: Module) -> None:
        workflow = module.workflow
        self.roles = {role.key for role in workflow.roles}
        self.statuses = {status.key for status in workflow.statuses}
        self.actions = {action.key for action in workflow.actions}
        rules = [rule for status in workflow.statuses for rule in status.tasks]
        self.tasks = {rule.key for rule in rules}
        self.outcomes = {(rule.key, outcome.key) for rule in rules for outcome in rule.outcomes}
        effects = (effect for _pointer, effect, _action in places.effects(module))
        self.services = {effect.module for effect in effects if effect.outcomes}
        self.editors = {role for status in workflow.statuses for role in status.edit}
        self.asked = {question.key for _page, question in module.fields()}
        self.filed = {question.key for page in module.filing_pages() for question in page.fields}


def _begins(known: _Known, story: Story, pointer: str) -> Iterator[Problem]:
    told = story.told
    if not _moment(told["at"]):
        yield error("stories.moment", f"{pointer}/at", name=story.key, value=told["at"])
    for key in told.get("answers", {}):
        if key not in known.filed:
            yield warning("stories.unasked", f"{pointer}/answers/{key}", name=key)
    yield from _then(known, told.get("then", {}), f"{pointer}/then")


def _step(known: _Known, step: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    said = {name for name in step if not name.startswith("x-")} - {"then"}
    acts = {"do", "by"} <= said and not said & {"wait", "case", "edit"}
    edits = {"edit", "by"} <= said <= {"edit", "by", "comment"}
    if not (acts or edits) and said not in ({"wait"}, {"case", "outcome"}):
        yield error("stories.step", pointer)
        return
    if "case" in step:
        yield from _ended(known, step, pointer)
    if edits:
        yield from _edited(known, step, pointer)
    for name in ("by", "person"):
        if name in step and not _person(known, step[name], applicant=name == "by"):
            yield error("references.role", f"{pointer}/{name}", name=step[name])
    if acts and "outcome" in step and (step["do"], step["outcome"]) not in known.outcomes:
        yield error("stories.outcome", f"{pointer}/outcome", name=step["do"], found=step["outcome"])
    elif acts and "outcome" not in step and step["do"] not in known.actions:
        yield error("stories.action", f"{pointer}/do", name=step["do"])
    for key in step.get("corrections", ()):
        if key not in known.filed:
            yield error("references.filing", f"{pointer}/corrections", name=key)
    for key in step.get("answers", {}):
        if key not in known.asked:
            yield warning("stories.unasked", f"{pointer}/answers/{key}", name=key)
    yield from _then(known, step.get("then", {}), f"{pointer}/then")


def _ended(known: _Known, step: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    if step["case"] not in known.services:
        yield error("stories.case", f"{pointer}/case", name=step["case"])
    elif step["outcome"] not in get_args(Outcome):
        yield error("stories.end", f"{pointer}/outcome", found=step["outcome"])


def _edited(known: _Known, step: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """Yield what a story cannot tell of an edit; who may not do it can be told to be refused."""
    role, refused = step["by"].partition("#")[0], step.get("then", {}).get("refused")
    known_role = role in known.roles or role == "applicant"
    if known_role and role not in known.editors and not refused:
        yield error("stories.editor", f"{pointer}/by", name=role)
    for key in step["edit"]:
        if key not in known.filed:
            yield warning("stories.unasked", f"{pointer}/edit/{key}", name=key)


def _then(known: _Known, then: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    if "status" in then and then["status"] not in known.statuses:
        yield error("references.status", f"{pointer}/status", name=then["status"])
    for at, key in enumerate(then.get("tasks", ())):
        if key not in known.tasks:
            yield error("stories.task", f"{pointer}/tasks/{at}", name=key)
    for at, key in enumerate(then.get("done", ())):
        if key not in known.actions:
            yield error("stories.action", f"{pointer}/done/{at}", name=key)


def _person(known: _Known, said: str, *, applicant: bool) -> bool:
    role, mark, number = said.partition("#")
    if said == "applicant":
        return applicant
    return role in known.roles and (not mark or number.isdecimal())


def _moment(said: str) -> bool:
    """Tell whether this is a day and a time, such as 2026-03-16T09:00, of times that calendars know."""
    try:
        return "T" in said and datetime.fromisoformat(said).year in YEARS
    except ValueError:
        return False
