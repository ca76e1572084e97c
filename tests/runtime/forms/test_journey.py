"""One pass from the top gives steps, the answers that count, and what is missing."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from runtime.forms.journey import journey
from schemas import parse
from tests import factories
from tests.runtime import permit

TODAY = date(2026, 11, 24)
PERMIT = permit.module()
DOMICILE = parse.load(factories.starter("surat-domisili"))
KEYS = sorted(question.key for _page, question in DOMICILE.fields())
JUNK: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["usaha", "kos"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


class TestJourney:
    """`journey.journey`."""

    def test_drops_the_answers_of_hidden_questions(self) -> None:
        walked = journey(PERMIT, permit.answers(reason="a", detail="selundupan"), today=TODAY)
        assert "detail" not in walked.answers
        assert walked.complete

    def test_asks_for_what_became_visible(self) -> None:
        walked = journey(PERMIT, permit.answers(reason="b"), today=TODAY)
        step = walked.first_incomplete()
        assert step is not None
        assert [(p.code, p.pointer) for p in step.problems] == [("answers.required", "/detail")]

    def test_skips_pages_whose_condition_does_not_hold(self) -> None:
        assert [s.page.key for s in journey(DOMICILE, {"jenis": "penduduk"}, today=TODAY).steps] == [
            "pemohon", "keperluan", "alamat", "berkas", "pernyataan",
        ]  # fmt: skip
        steps = journey(DOMICILE, {"jenis": "usaha"}, today=TODAY).steps
        assert "usaha" in [step.page.key for step in steps]

    def test_finds_a_failed_check_and_a_malformed_answer(self) -> None:
        wrong = {"tanggal_lahir": "2999-01-01", "nik": "1", "jenis_kelamin": "x"}
        first = journey(DOMICILE, wrong, today=TODAY).steps[0]
        found = {p.pointer: p.code for p in first.problems if p.code != "answers.required"}
        assert found == {
            "/tanggal_lahir": "answers.check",
            "/nik": "answers.format",
            "/jenis_kelamin": "answers.format",
        }

    def test_has_its_own_words_for_an_agreement_to_other_words(self) -> None:
        older = {"accepted": True, "text": "0123456789ab"}
        step = journey(DOMICILE, {"benar": older}, today=TODAY).step("pernyataan")
        assert step is not None
        assert [problem.code for problem in step.problems] == ["answers.reworded"]

    def test_leaves_officers_pages_out(self) -> None:
        walked = journey(DOMICILE, {"catatan_loket": "Lengkap."}, today=TODAY)
        assert "catatan_loket" not in walked.answers
        assert "pemeriksaan" not in [step.page.key for step in walked.steps]

    @given(st.dictionaries(st.sampled_from([*KEYS, "nonsense"]), JUNK, max_size=12))
    def test_never_fails_and_never_keeps_what_is_not_asked(self, answers: dict[str, Any]) -> None:
        walked = journey(DOMICILE, answers, today=TODAY)
        asked = {question.key for step in walked.steps for question in step.fields}
        assert set(walked.answers) <= asked
        again = journey(DOMICILE, walked.answers, today=TODAY)
        assert json.dumps(again.answers) == json.dumps(walked.answers)
        for step in walked.steps:
            for problem in step.problems:
                assert problem.sentence("id")
