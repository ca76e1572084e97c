"""Hostile definitions are refused whole, and soon (T15, F22)."""

from __future__ import annotations

import pytest

from schemas import parse
from tests.bounded import bounded
from tests.schemas import bombs


class TestCheck:
    """`parse.check` on definitions made to cost."""

    @pytest.mark.parametrize("name", bombs.DOCUMENTS)
    def test_T15_F22_refuses_hostile_definitions_with_a_reason(self, name: str) -> None:
        with bounded():
            checked = parse.check(bombs.DOCUMENTS[name])
        assert checked.module is None
        assert checked.problems[0].blocks
        assert all(len(problem.sentence()) < 1_000 for problem in checked.problems)

    def test_T15_has_thirty_of_them_and_each_is_like_no_other(self) -> None:
        assert len(bombs.DOCUMENTS) > 30
        assert len(set(bombs.DOCUMENTS.values())) == len(bombs.DOCUMENTS)
