"""The browser's evaluator in one Node that lives as long as the run, asked in batches."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

from schemas import expressions
from schemas.expressions import Instant

EVALUATOR = Path(__file__).parents[2] / "runtime" / "forms" / "assets" / "expressions.js"
SCRIPT = """
import { createInterface } from "node:readline";
const { evaluate } = await import(process.argv[1]);
const plain = (v) => {
  if (v === null || typeof v !== "object" || Array.isArray(v)) return v;
  if ("t" in v) return new Date(v.t * 60000).toISOString().slice(11, 16);
  if ("i" in v) return `@${v.i}`;
  if ("d" in v) return new Date(v.d * 86400000).toISOString().slice(0, 10);
  const digits = String(v.n < 0n ? -v.n : v.n).padStart(v.s + 1, "0");
  const whole = digits.slice(0, digits.length - v.s);
  return (v.n < 0n ? "-" : "") + whole + (v.s ? "." + digits.slice(digits.length - v.s) : "");
};
for await (const line of createInterface({ input: process.stdin })) {
  const found = JSON.parse(line).map((given) => {
    try {
      return plain(evaluate(...given));
    } catch (error) {
      return { raised: String(error) };
    }
  });
  console.log(JSON.stringify(found));
}
"""

SINCE_1970 = date(1970, 1, 1).toordinal() * 86_400
Case = tuple[Any, ...]
"""Compact tree, answers, today and, if the tree looks at columns, the tables."""


def program() -> str | None:
    """Return the Node that compiles the front end, else a system one."""
    own = Path(sys.executable).with_name("node")
    return str(own) if own.exists() else shutil.which("node")


class Browser:
    """A Node process with the evaluator loaded."""

    def __init__(self, evaluator: Path = EVALUATOR) -> None:
        node = program()
        if node is None:
            raise RuntimeError("Node is not installed on this machine. Run: make install")
        self._process = subprocess.Popen(
            [node, "--input-type=module", "--eval", SCRIPT, "--", evaluator.as_uri()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def evaluate(self, cases: Sequence[Case]) -> list[Any]:
        """Evaluate cases in JavaScript; what raises comes back as an object."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps(cases) + "\n")
        stdin.flush()
        found: list[Any] = json.loads(stdout.readline())
        return found

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=10)


def spoken(value: Any) -> Any:
    """Return a result of the server the way the script prints it."""
    if value is expressions.UNKNOWN:
        return None
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, Instant):
        return f"@{value.seconds - SINCE_1970}"
    return list(value) if isinstance(value, tuple) else value


def same(a: Any, b: Any) -> bool:
    """Compare results; numbers by value, for trailing zeros mean nothing."""
    if isinstance(a, str) and isinstance(b, str) and a != b:
        try:
            return Decimal(a) == Decimal(b)
        except ArithmeticError:
            return False
    return bool(a == b) and type(a) is type(b)
