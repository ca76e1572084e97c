"""A small, fixed run of `make fuzz`, and proof that it would see a difference."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas import fieldtypes
from schemas.expressions.tree import OPERATORS
from tests.fuzz import documents, evaluators, expressions, mutations
from tests.fuzz.browser import EVALUATOR, Browser, program
from tests.fuzz.questions import QUESTIONS

SEED = 20261124

needs_node = pytest.mark.skipif(program() is None, reason="Node is not installed on this machine.")

PLANTED = {
    "a year too early": ("late[2] < early[2]", "late[2] <= early[2]"),
    "half down": ("(2n * a + b) / (2n * b)", "(2n * a + b - 1n) / (2n * b)"),
    "unknown taken for false": ("? null : true;", "? false : true;"),
    "letters counted in halves": ("[...text].length", "text.length"),
    "blank text taken for an answer": ("answer.trim()", "answer"),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Keep one Node for the tests of this file."""
    with Browser() as started:
        yield started


@needs_node
class TestEvaluators:
    """Server against browser."""

    def test_agree_on_random_rules_and_answers(self, browser: Browser) -> None:
        outcome = evaluators.run(6_000, SEED, browser)
        assert outcome.differences == []
        assert outcome.compared == 6_000
        assert 1_000 < outcome.shortened < 5_900
        assert set(outcome.operators) == set(OPERATORS)
        assert min(outcome.results[name] for name in ("Unknown", "bool", "date", "str", "Decimal")) > 100

    @pytest.mark.parametrize("name", PLANTED)
    def test_are_seen_to_differ_when_one_is_spoilt(self, name: str, tmp_path: Path) -> None:
        right, wrong = PLANTED[name]
        source = EVALUATOR.read_text(encoding="utf-8")
        assert source.count(right) == 1
        spoilt = tmp_path / "expressions.mjs"
        spoilt.write_text(source.replace(right, wrong), encoding="utf-8")
        with Browser(spoilt) as other:
            assert evaluators.run(20_000, SEED, other, to_the_first=True).differences


class TestDocuments:
    """Rules, compiled schema and journey."""

    def test_judge_random_answers_to_every_kind_of_question_alike(self) -> None:
        outcome = documents.run(3_000, SEED)
        assert outcome.differences == []
        assert 600 < outcome.accepted < 2_400
        assert outcome.exact > 500
        kinds = {kind.name for kind in fieldtypes.all()}
        assert set(QUESTIONS) | {"repeat"} == kinds
        assert set(outcome.answered) == kinds - fieldtypes.UNASKED - {"repeat"}

    def test_are_seen_to_differ_when_the_schema_loses_its_rules(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = documents.answers.schema
        monkeypatch.setattr(
            documents.answers, "schema", lambda module: {**whole(module), "allOf": [True], "required": []}
        )
        assert documents.run(1_500, SEED, to_the_first=True).differences


class TestMutations:
    """Spoilt documents and expressions."""

    def test_F21_spoilt_documents_are_answered_with_problems_only(self) -> None:
        outcome = mutations.documents(150, SEED)
        assert outcome.troubles == []
        assert outcome.tried == 150
        assert outcome.sound < 100

    def test_T18_spoilt_expressions_are_answered_with_problems_only(self) -> None:
        outcome = mutations.rules(5_000, SEED)
        assert outcome.troubles == []
        assert 500 < outcome.sound < 4_500


class TestMaker:
    """The generator knows the whole language."""

    def test_makes_every_operator(self) -> None:
        made = {
            operator
            for seed in range(300)
            for wants in ("boolean", "number", "date")
            for operator in expressions.used(
                expressions.Maker(expressions.Random(seed), columns=expressions.COLUMNS).make(wants)
            )
        }
        assert made == set(OPERATORS)


def _maker(seed: int) -> expressions.Maker:
    return expressions.Maker(expressions.Random(seed), columns=expressions.COLUMNS)
