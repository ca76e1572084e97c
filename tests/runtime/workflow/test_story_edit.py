"""A story in which an officer puts answers right: judged as at the desk, and blamed at its answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from runtime.regions import calendar
from runtime.workflow import verdict
from schemas import parse
from tests.runtime import permit

STATE = calendar.Shelf("Asia/Jakarta", 0).calendar()


def edit(by: str = "clerk", then: dict[str, Any] | None = None, **answers: Any) -> dict[str, Any]:
    return {"by": by, "edit": answers, "comment": "Menurut telepon", **({"then": then} if then else {})}


def played(*steps: dict[str, Any], **answers: Any) -> verdict.Verdict:
    """Play the steps with the permit, filed with `answers`."""
    given = permit.answers(**answers)
    told = {"key": "a", "title": permit.text("Dibetulkan"), "at": "2026-11-23T09:00", "answers": given}
    document = {**permit.document(), "stories": [{**told, "steps": list(steps)}]}
    checked = parse.check_value(json.loads(json.dumps(document)))
    assert checked.module is not None, [(one.code, one.pointer) for one in checked.problems]
    (found,) = verdict.verdicts(checked.module, STATE)
    return found


def off(*steps: dict[str, Any], **answers: Any) -> tuple[str, str, str]:
    """Return where the story comes out otherwise, and the sentence that says so."""
    (problem,) = played(*steps, **answers).problems
    return problem.code, problem.pointer, problem.sentence("id")


class TestEdit:
    def test_stays_in_its_status_and_tells_the_applicant(self) -> None:
        then = {"status": "review", "tasks": ["clerk"], "effects": ["mail:answers:edit"], "due": "2026-11-24"}
        found = played(edit(name="Siti Kenari", email=None, then=then))
        assert found.problems == ()
        line = found.played.happened[-1]
        assert (line.by, line.action, line.status) == ("clerk", "answers:edit", "review")

    def test_changes_what_the_next_step_goes_by(self) -> None:
        steps = ({"by": "clerk", "do": "forward"}, {"by": "head", "do": "sign"})
        assert off(*steps, age=15)[0] == "told.refused"
        assert played(edit(age=17), *steps, age=15).problems == ()

    def test_is_filled_in_with_what_it_makes_needed(self) -> None:
        assert played(edit(reason="b")).problems == ()
        assert off(edit(reason="b", detail=""))[:2] == ("told.answers", "/stories/0/steps/0/edit/detail")

    def test_needs_no_reason_told_unless_a_refusal_is_expected(self) -> None:
        without = {key: value for key, value in edit(age=31).items() if key != "comment"}
        assert played(without).problems == ()
        assert played({**without, "then": {"refused": "comment_missing"}}).problems == ()

    @pytest.mark.parametrize(
        ("by", "answers", "refused"),
        [("head", {"age": 31}, "wrong_role"), ("clerk", {"age": 30}, "edit_unchanged")],
    )
    def test_is_refused_as_at_the_desk(self, by: str, answers: dict[str, Any], refused: str) -> None:
        assert played(edit(by, then={"refused": refused}, **answers)).problems == ()

    def test_is_refused_in_another_status(self) -> None:
        forward = {"by": "clerk", "do": "forward"}
        assert played(forward, edit(age=31, then={"refused": "wrong_role"})).problems == ()
        code, pointer, sentence = off(forward, edit(age=31))
        assert (code, pointer) == ("told.refused", "/stories/0/steps/1/then/refused")
        assert sentence.startswith("Langkah 2 (Petugas")
        assert "membetulkan isian" in sentence
        assert "ditolak: bukan oleh orang ini" in sentence

    @pytest.mark.parametrize(
        ("answers", "label"),
        [({"age": "tiga"}, "Umur"), ({"paper": []}, "Berkas"), ({"village": "lain"}, "Kelurahan")],
    )
    def test_says_which_answer_is_not_taken(self, answers: dict[str, Any], label: str) -> None:
        code, pointer, sentence = off(edit(**answers))
        assert (code, pointer) == ("told.answers", f"/stories/0/steps/0/edit/{next(iter(answers))}")
        assert f"jawaban untuk “{label}” tidak diterima" in sentence

    def test_leaves_out_what_is_asked_no_more(self) -> None:
        assert played(edit(age=31, long_gone="x")).problems == ()

    def test_says_in_words_what_the_applicant_is_told_otherwise(self) -> None:
        code, _pointer, sentence = off(edit(age=31, then={"effects": []}))
        assert code == "told.effects"
        assert "email “isian dibetulkan”" in sentence
