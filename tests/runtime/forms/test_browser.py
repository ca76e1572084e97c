"""The browser's evaluator gives the same answers as the server's, on the one corpus."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from runtime.forms import browser
from schemas import expressions
from schemas.expressions import Scope
from tests.fuzz.browser import Browser, Case, program, same, spoken
from tests.schemas.corpus import Rows, kind_of

ROOT = Path(__file__).parents[3]
CORPUS = sorted((ROOT / "tests" / "expressions").glob("*.json"))


@pytest.mark.skipif(program() is None, reason="Node is not installed on this machine.")
class TestEvaluate:
    """`expressions.js` against `schemas.expressions`."""

    def test_agrees_with_the_server_on_the_whole_corpus(self) -> None:
        cases: list[Case] = []
        wanted, names = [], []
        for path in CORPUS:
            corpus = json.loads(path.read_text(encoding="utf-8"))
            kinds = {key: kind_of(told) for key, told in corpus["fields"].items()}
            tables = corpus.get("tables", {})
            for case in corpus["cases"]:
                tree = None
                for kind in ("boolean", "number", "date", "text", "time", "datetime"):
                    tree, _problems = expressions.parse(case["rule"], "", Scope.of(kinds), wants=kind)
                    if tree is not None:
                        break
                if tree is None:
                    continue
                today = case.get("today", corpus["today"])
                cases.append((json.loads(browser.compact(tree)), case.get("answers", {}), today, tables))
                result = expressions.evaluate(
                    tree, case.get("answers", {}), today=date.fromisoformat(today), tables=Rows(tables)
                )
                wanted.append(spoken(result))
                names.append(f"{path.name}: {json.dumps(case)}")
        assert len(cases) > 50
        with Browser() as started:
            found = started.evaluate(cases)
        wrong = [(n, f, w) for n, f, w in zip(names, found, wanted, strict=True) if not same(f, w)]
        assert wrong == []
