"""In a status that opens no task for a role, the role counts in the office of the case and above it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from runtime.workflow import engine
from runtime.workflow.values import ActionRefused, Actor, Command, Snapshot
from schemas import parse
from tests.runtime.subcases import event_permit

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
ABOVE, HERE, ELSEWHERE = 1, 7, 8
WAITING = Snapshot("menunggu", revision=2, entered=2, offices=frozenset({ABOVE, HERE}))


def came_of(office: int, case: Snapshot = WAITING, *, tasks: bool = False, **more: Any) -> str:
    """Let an officer of `office` go on without waiting; return where that leads, or why it does not."""
    document = event_permit()
    document["workflow"] |= more
    if tasks:
        task = {"key": "pantau", "title": {"id": "Pantau"}, "role": "petugas"}
        next(one for one in document["workflow"]["statuses"] if one["key"] == "menunggu")["tasks"] = [task]
    officer = Actor("person", 5, posts=frozenset({("petugas", office)}))
    result = engine.decide(parse.load(json.dumps(document)), case, Command("tanpa"), officer, now=NOW)
    return result.reason if isinstance(result, ActionRefused) else result.to_status


class TestActingWithoutATask:
    def test_is_open_to_the_office_of_the_case_and_those_above_it(self) -> None:
        assert [came_of(office) for office in (HERE, ABOVE, ELSEWHERE)] == [
            "periksa",
            "periksa",
            "wrong_role",
        ]

    def test_needs_the_task_where_the_status_opens_one(self) -> None:
        assert came_of(HERE, tasks=True) == "wrong_role"

    def test_is_never_open_to_the_applicant_nor_to_whoever_did_what_is_kept_apart(self) -> None:
        assert came_of(HERE, replace(WAITING, applicant_id=5)) == "own_case"
        asked = replace(WAITING, acted={"minta": frozenset({5})})
        assert came_of(HERE, asked, separate=[["minta", "tanpa"]]) == "separated"
