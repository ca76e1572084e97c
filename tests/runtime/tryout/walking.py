"""Takes a service through a test run, by examples alone, until its case has ended."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from runtime.regions.models import Region
from runtime.tryout import asking, coverage, desks
from runtime.tryout.coverage import Gone
from runtime.tryout.filling import Filling
from runtime.tryout.trial import Trial, begun
from runtime.workflow import editing
from schemas import synthetic
from schemas.definition import Module

MONDAY = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
MOST = 40


def filed(module: Module, region: Region, tried: Gone | None = None) -> Trial:
    """File an application with example answers, of those that lead where nothing has been yet."""
    at = begun(region, MONDAY)
    filling = Filling(module, region, {}, today=datetime.fromisoformat(at).date(), language="id")
    answers, _kept = filling.examples(tried)
    return Trial(module, region, {"at": at, "answers": answers}, language="id")


def on(trial: Trial, step: dict[str, Any]) -> Trial:
    """Return the run with one step more."""
    told = {**trial.told, "steps": [*trial.told.get("steps", ()), step]}
    return Trial(trial.module, trial.region, told, language=trial.language)


def open_offers(trial: Trial) -> list[desks.Offer]:
    """Return everything that anybody may do now."""
    return [one for desk in desks.desks(trial) for one in desk.offers if not one.refused]


def step(trial: Trial, offer: desks.Offer, tried: Gone | None = None) -> dict[str, Any]:
    """Return how an offer is taken: answers put right to others that would do, all else by example."""
    if not offer.edits:
        return asking.by_example(trial, offer, tried)
    for question in editing.editable(trial.module):
        for value in synthetic.answers(question, [], today=trial.now.date(), tables=trial.module.tables):
            if value != trial.snapshot.answers.get(question.key):
                made = {"by": offer.by, "edit": {question.key: value}, "comment": "Menurut KTP."}
                if on(trial, made).stopped is None:
                    return made
    raise AssertionError(f"nothing can be put right in {trial.status.key}")


def next_step(trial: Trial, taken: set[tuple[str, str, str]]) -> dict[str, Any] | None:
    """Return a step somebody can take: the way forward before others, what was not done before again."""
    offers = open_offers(trial)
    offers.sort(
        key=lambda one: (_name(trial, one) in taken, one.action.tone != "advance", one.by == "applicant")
    )
    if offers:
        offer = offers[0]
        taken.add(_name(trial, offer))
        return step(trial, offer)
    if trial.coming:
        span = trial.until(trial.coming.at)
        return {"wait": {"amount": span.amount, "unit": span.unit}}
    ending = next(desks.endings(trial), None)
    return {"case": ending.service, "outcome": ending.outcome} if ending else None


def to_the_end(trial: Trial) -> Trial:
    """Act until the case has ended."""
    taken: set[tuple[str, str, str]] = set()
    for _ in range(MOST):
        assert trial.stopped is None, (trial.refused, trial.told.get("steps", ())[-1:])
        if trial.status.kind == "final":
            break
        step = next_step(trial, taken)
        assert step is not None, f"nobody can do anything in {trial.status.key}"
        trial = on(trial, step)
    return trial


def everywhere(module: Module, region: Region) -> Gone:
    """Go everywhere a test run can lead to from its own offers, and return what was gone through."""
    tried, waiting = Gone(), []
    while True:
        trial = filed(module, region, tried)
        before = deepcopy(tried)
        tried.add(coverage.gone(trial.player))
        if tried == before:
            break
        waiting.append(trial)
    been: set[Any] = set()
    while waiting:
        trial = waiting.pop(0)
        for after in _onward(trial, tried):
            place = _place(after)
            if place not in been and after.steps < MOST:
                been.add(place)
                waiting.append(after)
    return tried


def _onward(trial: Trial, tried: Gone) -> Iterator[Trial]:
    """Yield the run after each thing that can happen next; a page is filled in as often as that leads on."""
    for offer in open_offers(trial):
        before = None
        while before != tried:
            before = deepcopy(tried)
            after = on(trial, step(trial, offer, tried))
            assert after.stopped is None, (offer.title, after.refused)
            tried.add(coverage.gone(after.player))
            yield after
    if trial.coming:
        span = trial.until(trial.coming.at)
        yield _noted(on(trial, {"wait": {"amount": span.amount, "unit": span.unit}}), tried)
    for ending in desks.endings(trial):
        yield _noted(on(trial, {"case": ending.service, "outcome": ending.outcome}), tried)


def _noted(trial: Trial, tried: Gone) -> Trial:
    tried.add(coverage.gone(trial.player))
    return trial


def _place(trial: Trial) -> Any:
    """Return what tells where a case stands from where others do."""
    case = trial.snapshot
    tasks = tuple(sorted(task.key for task in case.tasks))
    decided = tuple(sorted((task.key, task.outcome) for task in case.decided))
    answers = sorted((key, repr(value)) for key, value in {**case.answers, **case.officer_answers}.items())
    choices = tuple(one for one in answers if len(one[1]) < 30)
    return case.status, tasks, decided, case.awaits, choices, repr(trial.coming)


def _name(trial: Trial, offer: desks.Offer) -> tuple[str, str, str]:
    return trial.status.key, offer.action.key, offer.outcome
