"""A story told anew comes out, says what was different, and ends where it cannot go on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from runtime.workflow import renewing, verdict
from runtime.workflow.renewing import Renewed
from schemas import parse
from schemas.definition import Module
from tests.runtime import committee
from tests.runtime.workflow.test_story import OTHERWISE, STATE, story


def module(told: dict[str, Any]) -> Module:
    checked = parse.check_value({**json.loads(committee.as_text()), "stories": [told]})
    assert checked.module is not None, [(one.code, one.pointer) for one in checked.problems]
    return checked.module


def renewed(told: dict[str, Any]) -> Renewed:
    found = renewing.renew(module(told), 0, STATE)
    assert found is not None
    return found


def put(told: dict[str, Any], found: Renewed) -> dict[str, Any]:
    """Return the story with what it is to expect now."""
    steps = [{**step, "then": then} for step, then in zip(told["steps"], found.then[1:], strict=False)]
    return {**told, "then": found.then[0], "steps": steps}


class TestRenew:
    @pytest.mark.parametrize("code", [code for code in OTHERWISE if code != "told.refused"])
    def test_makes_a_story_that_comes_out_and_says_what_was_different(self, code: str) -> None:
        number, then = OTHERWISE[code]
        told = story()
        told["steps"][number - 1]["then"] = then
        found = renewed(told)
        assert (code, found.ends) == (found.changed[0].code, None)
        assert found.steps == len(told["steps"])
        (again,) = verdict.verdicts(module(put(told, found)), STATE)
        assert (again.came_out, again.problems) == (True, ())

    def test_goes_past_the_first_difference(self) -> None:
        told = story()
        told["steps"][0]["then"] = {"status": "sidang"}
        told["steps"][4]["then"] = {"status": "penetapan", "tasks": []}
        found = renewed(told)
        assert [one.code for one in found.changed] == ["told.status", "told.status", "told.tasks"]

    def test_changes_nothing_of_a_story_that_comes_out(self) -> None:
        told = story()
        found = renewed(told)
        assert (found.changed, found.ends) == ((), None)
        assert [dict(one) for one in found.then[1:]] == [step.get("then", {}) for step in told["steps"]]

    def test_ends_before_a_step_that_cannot_be_taken(self) -> None:
        number, then = OTHERWISE["told.refused"]
        told = story()
        told["steps"][number - 1]["then"] = then
        found = renewed(told)
        assert found.ends is not None
        assert (found.ends.code, found.steps) == ("told.refused", number - 1)
        (again,) = verdict.verdicts(module(put(told, found)), STATE)
        assert again.came_out

    def test_expects_no_refusal_of_a_step_that_is_taken_now(self) -> None:
        told = story()
        told["steps"][0]["then"] = {"refused": "stale"}
        found = renewed(told)
        assert "refused" not in found.then[1]
        assert found.changed[0].code == "told.refused"

    def test_has_nothing_to_tell_where_the_application_is_not_taken(self) -> None:
        told = story()
        told["answers"] = {**told.get("answers", {}), "nama": ""}
        assert renewing.renew(module(told), 0, STATE) is None
