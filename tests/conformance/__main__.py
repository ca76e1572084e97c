"""Runs the suite through `schemas.validator` and prints what passes; exit status 1 when too much fails."""

from __future__ import annotations

import sys
from collections import Counter

from cms.bootstrap.machine import Trouble
from schemas import validator
from tests.conformance import suite

MOST_FAILURES = 6  # 1293 of the 1299 required cases of the newest suite we know


def verdict(case: suite.Case, remotes: dict[str, object]) -> str:
    """Return what is wrong with our verdict on a case, nothing when it is the suite's."""
    try:
        checker = validator.build(case.schema, at=remotes, formats=case.family == "format")
        valid = next(validator.errors(checker, case.value), None) is None
    except Exception as trouble:
        return f"{type(trouble).__name__}: {trouble}"[:200]
    return "" if valid == case.valid else f"we say {'valid' if valid else 'invalid'}"


def main() -> int:
    try:
        found = suite.found()
        remotes = suite.remotes(found)
        cases = list(suite.cases(found))
    except Trouble as trouble:
        print(trouble)
        return 1
    if found.remotes is None:
        print("There is no folder `remotes` beside `tests`; the cases that refer to it fail.")
    total: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for case in cases:
        total[case.family] += 1
        wrong = verdict(case, remotes)
        passed[case.family] += not wrong
        if wrong and case.family != "format":
            print(f"{case.family}: {case.name} – {wrong}")
    for family in ("required", "optional", "format"):
        print(f"{family:9} {passed[family]:5} of {total[family]:5}")
    print(f"Formats that are judged: {', '.join(sorted(validator.FORMATS.checkers))}; others only describe.")
    failed = total["required"] - passed["required"]
    if failed > MOST_FAILURES or not total["required"]:
        print(f"At most {MOST_FAILURES} required cases may fail.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
