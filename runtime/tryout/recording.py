"""From a test run to a story of the service: what matters is told, and what came of each step is expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runtime.tryout.trial import Trial
from runtime.workflow.story import Happening
from schemas.definition import Json, Module

LEFT_OUT = frozenset({"file", "photo", "signature", "metadata"})
"""Kinds of answers that examples say as well as anything that was given."""


def recorded(trial: Trial) -> dict[str, Any]:
    """Return the test run as a story without key and title."""
    told, module = trial.told, trial.module
    made: dict[str, Any] = {"at": told["at"]}
    if answers := _answers(module, told.get("answers", {})):
        made["answers"] = answers
    made["then"] = _then(trial, 0)
    steps = [
        {**_step(module, step), "then": _then(trial, number)}
        for number, step in enumerate(told.get("steps", ()), 1)
    ]
    if steps:
        made["steps"] = steps
    return made


def _step(module: Module, step: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: _answers(module, step[name]) for name in ("answers", "edit") if name in step}
    kept = {name: value for name, value in step.items() if name not in ("answers", "edit", "then")}
    return {**kept, **{name: answers for name, answers in given.items() if answers}}


def _answers(module: Module, given: Mapping[str, Json]) -> dict[str, Json]:
    """Return answers without what examples say as well; who agrees does so to the words as they are."""
    found: dict[str, Json] = {}
    for key, value in given.items():
        field = module.field(key)
        if field is None or field.type in LEFT_OUT or field.calculate is not None:
            continue
        if field.type == "consent" and isinstance(value, Mapping):
            value = {name: part for name, part in value.items() if name != "text"}
        if not _has_fraction(value):
            found[key] = value
    return found


def _has_fraction(value: Json) -> bool:
    """Say whether an answer holds a number that no document may hold, such as a place on the map."""
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return isinstance(value, float) or any(map(_has_fraction, parts))


def _then(trial: Trial, number: int) -> dict[str, Any]:
    """Return what is expected of a step: where the case stands, and what the system did meanwhile."""
    mine: list[Happening] = [one for one in trial.happened if one.step == number]
    before = [one for one in trial.happened if one.step < number]
    last = (mine or before)[-1]
    then: dict[str, Any] = {"status": last.status}
    if done := [one.action for one in mine if one.by == "system"]:
        then["done"] = done
    return then
