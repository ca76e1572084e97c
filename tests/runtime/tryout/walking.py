"""Takes a service through a test run, by examples alone, until its case has ended."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from runtime.regions.models import Region
from runtime.tryout import asking, desks
from runtime.tryout.filling import Filling
from runtime.tryout.trial import Trial, begun
from schemas.definition import Module

MONDAY = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
MOST = 40


def filed(module: Module, region: Region) -> Trial:
    """File an application with example answers."""
    at = begun(region, MONDAY)
    filling = Filling(module, region, {}, today=datetime.fromisoformat(at).date(), language="id")
    answers, _kept = filling.examples()
    return Trial(module, region, {"at": at, "answers": answers}, language="id")


def on(trial: Trial, step: dict[str, Any]) -> Trial:
    """Return the run with one step more."""
    told = {**trial.told, "steps": [*trial.told.get("steps", ()), step]}
    return Trial(trial.module, trial.region, told, language=trial.language)


def next_step(trial: Trial, taken: set[tuple[str, str, str]]) -> dict[str, Any] | None:
    """Return a step somebody can take: the way forward before others, what was not done before again."""
    offers = [one for desk in desks.desks(trial) for one in desk.offers if not one.refused]
    offers.sort(
        key=lambda one: (_name(trial, one) in taken, one.action.tone != "advance", one.by == "applicant")
    )
    if offers:
        offer = offers[0]
        taken.add(_name(trial, offer))
        return asking.by_example(trial, offer)
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


def _name(trial: Trial, offer: desks.Offer) -> tuple[str, str, str]:
    return trial.status.key, offer.action.key, offer.outcome
