"""A story is played through the engine: where it comes out otherwise, and what it may leave unsaid."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from runtime.regions import calendar
from runtime.regions.worktime import Calendar
from runtime.workflow import values, verdict
from schemas import parse, structure
from schemas.problems import SENTENCES
from tests.runtime import committee
from tests.schemas.corpus import small_module

TOLD = Path(__file__).resolve().parents[2] / "stories" / "together-holiday.json"
STATE = calendar.Shelf("Asia/Jakarta", 0).calendar()


def story() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(TOLD.read_text(encoding="utf-8"))
    return {"key": "bersama", "title": {"id": "Bersama", "en": "Together"}, **told}


def played(told: dict[str, Any], works: Calendar = STATE, **changes: Any) -> verdict.Verdict:
    """Play `told` in the service with votes, whose document is changed as `changes` say."""
    document = {**json.loads(committee.as_text()), **changes, "stories": [told]}
    checked = parse.check_value(document)
    assert checked.module is not None, [(one.code, one.pointer) for one in checked.problems]
    (found,) = verdict.verdicts(checked.module, works)
    return found


OTHERWISE: dict[str, tuple[int, dict[str, Any]]] = {
    "told.status": (5, {"status": "penetapan"}),
    "told.tasks": (5, {"tasks": ["saran"]}),
    "told.done": (4, {"done": []}),
    "told.effects": (4, {"effects": []}),
    "told.refused": (3, {}),
    "told.due": (1, {"due": "2026-03-25"}),
    "told.deadline": (1, {"deadline": ""}),
}


class TestVerdicts:
    def test_says_nothing_of_a_story_that_comes_out(self) -> None:
        found = played(story())
        assert (found.came_out, found.problems) == (True, ())
        assert found.played.happened[-1].status == "terbit"

    @pytest.mark.parametrize("code", OTHERWISE)
    def test_says_in_words_what_came_out_otherwise_and_at_which_step(self, code: str) -> None:
        number, then = OTHERWISE[code]
        told = story()
        told["steps"][number - 1]["then"] = then
        found = played(told)
        (problem,) = found.problems
        what = code.partition(".")[2]
        assert (problem.code, problem.pointer) == (code, f"/stories/0/steps/{number - 1}/then/{what}")
        assert f"Langkah {number} (" in problem.sentence("id")
        assert f"Step {number} (" in problem.sentence("en")
        assert found.came_out == (what in ("due", "deadline")) == (not problem.blocks)
        assert "{found}" not in problem.sentence("en")

    def test_says_which_answer_the_application_does_not_take(self) -> None:
        told = story()
        told["answers"]["jumlah"] = "banyak"
        (problem,) = played(told).problems
        assert (problem.code, problem.pointer) == ("told.answers", "/stories/0/answers/jumlah")
        assert problem.sentence("id").startswith(
            "Pengajuan (pemohon: mengajukan permohonan) pada cerita “Bersama”"
        )
        assert "jawaban untuk “Jumlah” tidak diterima" in problem.sentence("id")

    def test_blames_the_answer_that_is_told_and_not_one_that_is_left_unsaid(self) -> None:
        told = story()
        told["answers"] = {"jumlah": "banyak"}
        (problem,) = played(told).problems
        assert (problem.code, problem.pointer) == ("told.answers", "/stories/0/answers/jumlah")

    @pytest.mark.parametrize(
        ("given", "code"),
        [({"dari": 5, "sampai": 3}, "told.page"), ({"dari": 9}, "told.examples")],
    )
    def test_says_which_page_is_not_taken_when_no_single_answer_is_wrong(
        self, given: dict[str, int], code: str
    ) -> None:
        numbers = [{"key": key, "type": "integer", "label": key, "required": True} for key in given]
        document = small_module(
            [*numbers, {"key": "lagi", "type": "text", "label": "Lagi", "required": True}]
        )
        if code == "told.page":
            document["pages"][0]["check"] = {"<": [{"var": "dari"}, {"var": "sampai"}]}
            given = {**given, "lagi": "ya"}
        else:
            document["pages"][0]["check"] = {"==": [{"length": {"var": "lagi"}}, {"var": "dari"}]}
        told = {"key": "a", "title": "A", "at": "2026-03-16T09:00", "answers": given}
        module = parse.check_value({**document, "stories": [told]}).module
        assert module is not None
        ((problem,),) = [one.problems for one in verdict.verdicts(module, STATE)]
        assert (problem.code, problem.pointer) == (code, "/stories/0/answers")
        assert f"halaman “{module.pages[0].title.say('id')}”" in problem.sentence("id")

    def test_has_a_case_here_for_every_sentence(self) -> None:
        codes = {code for code in SENTENCES if code.startswith("told.")}
        assert {*OTHERWISE, "told.answers", "told.page", "told.examples"} == codes

    def test_goes_on_after_another_day_and_finds_what_is_wrong_beyond(self) -> None:
        told = story()
        told["steps"][0]["then"] = {"due": "2026-03-25"}
        told["steps"][8]["then"] = {"status": "terbit"}
        found = played(told)
        assert [one.code for one in found.problems] == ["told.due", "told.status"]
        assert found.came_out is False

    def test_counts_by_the_calendar_it_is_given(self) -> None:
        one_more = replace(STATE, days={**STATE.days, date(2026, 3, 17): False})
        found = played(story(), one_more)
        assert [one.code for one in found.problems] == ["told.deadline", "told.due"]
        assert found.came_out is True


class TestExamples:
    def test_fill_in_what_was_asked_only_later(self) -> None:
        pages = copy.deepcopy(json.loads(committee.as_text())["pages"])
        fresh = {"type": "choice", "label": {"id": "Baru", "en": "New"}, "required": True}
        options = [{"value": value, "label": {"id": value, "en": value}} for value in "ab"]
        pages[0]["fields"].append({"key": "baru_x", **fresh, "options": options})
        told = story()
        del told["answers"]["setuju"], told["answers"]["nama"]
        assert played(told, pages=pages).problems == ()

    def test_are_left_out_where_a_refusal_is_expected(self) -> None:
        found = played(story())
        refused = [line.refused for line in found.played.happened if line.refused]
        assert refused == ["voted", "comment_missing"]

    def test_keep_a_note_from_being_missing_elsewhere(self) -> None:
        told = story()
        del told["steps"][6]["then"]
        found = played({**told, "steps": told["steps"][:7]})
        assert (found.problems, found.played.happened[-1].refused) == ((), "")

    def test_leave_out_an_answer_to_what_is_asked_no_more(self) -> None:
        told = story()
        told["answers"]["dulu_x"] = "lama"
        told["steps"][0]["answers"]["dulu_y"] = "lama"
        assert played(told).problems == ()


class TestShape:
    def test_knows_the_reasons_of_the_engine(self) -> None:
        then = structure.documents()["stories.json"]["$defs"]["then"]
        reasons = set(then["properties"]["refused"]["enum"])
        known = set(values.Reason.__args__)  # type: ignore[attr-defined]
        assert reasons <= known
        assert set(verdict.WHY) == reasons

    def test_stops_time_before_calendars_end(self) -> None:
        wait = {"wait": {"amount": 100_000, "unit": "working_days"}}
        assert played({**story(), "then": {}, "steps": [wait] * 40}).problems == ()
