"""The browser's evaluator gives the same answers as the server's, on the one corpus."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from runtime.forms import browser
from schemas import expressions
from schemas.expressions import Kind, Scope

ROOT = Path(__file__).parents[3]
CORPUS = sorted((ROOT / "tests" / "expressions").glob("*.json"))
SCRIPT = """
import { evaluate } from "%s";
import { readFileSync } from "node:fs";
const plain = (v) => {
  if (v === null || typeof v !== "object" || Array.isArray(v)) return v;
  if ("d" in v) return new Date(v.d * 86400000).toISOString().slice(0, 10);
  const digits = String(v.n < 0n ? -v.n : v.n).padStart(v.s + 1, "0");
  const whole = digits.slice(0, digits.length - v.s);
  return (v.n < 0n ? "-" : "") + whole + (v.s ? "." + digits.slice(digits.length - v.s) : "");
};
const cases = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(([tree, answers, today]) => plain(evaluate(tree, answers, today)))));
"""


def node() -> str | None:
    """Return the Node that compiles the front end, else a system one."""
    own = Path(sys.executable).with_name("node")
    return str(own) if own.exists() else shutil.which("node")


def in_browser(cases: list[tuple[Any, Any, str]]) -> list[Any]:
    """Evaluate cases in JavaScript."""
    program = node()
    if program is None:
        pytest.skip("Node is not installed on this machine, so the browser's evaluator is not compared.")
    script = SCRIPT % (ROOT / "runtime/forms/assets/expressions.js").as_uri()
    done = subprocess.run(
        [program, "--input-type=module", "--eval", script],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def spoken(value: Any) -> Any:
    """Return a server result the way the script prints it."""
    if value is expressions.UNKNOWN:
        return None
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def same(a: Any, b: Any) -> bool:
    """Compare results; numbers by value, for trailing zeros mean nothing."""
    if isinstance(a, str) and isinstance(b, str) and a != b:
        try:
            return Decimal(a) == Decimal(b)
        except ArithmeticError:
            return False
    return bool(a == b) and type(a) is type(b)


class TestEvaluate:
    """`expressions.js` against `schemas.expressions`."""

    def test_agrees_with_the_server_on_the_whole_corpus(self) -> None:
        cases, wanted, names = [], [], []
        for path in CORPUS:
            corpus = json.loads(path.read_text(encoding="utf-8"))
            kinds = {
                key: Kind(kind["type"], frozenset(kind["options"]) if "options" in kind else None)
                for key, kind in corpus["fields"].items()
            }
            for case in corpus["cases"]:
                tree = None
                for kind in ("boolean", "number", "date", "text"):
                    tree, _problems = expressions.parse(case["rule"], "", Scope.of(kinds), wants=kind)
                    if tree is not None:
                        break
                if tree is None:
                    continue
                today = case.get("today", corpus["today"])
                cases.append((json.loads(browser.compact(tree)), case.get("answers", {}), today))
                result = expressions.evaluate(tree, case.get("answers", {}), today=date.fromisoformat(today))
                wanted.append(spoken(result))
                names.append(f"{path.name}: {json.dumps(case)}")
        assert len(cases) > 50
        found = in_browser(cases)
        wrong = [(n, f, w) for n, f, w in zip(names, found, wanted, strict=True) if not same(f, w)]
        assert wrong == []
