"""Random forms, the same for the same seed: rules and answers of every kind that an import can say."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from tests.builder.xlsform.test_reference import TYPES

RULES = (
    "${q0} = 1", "${q1} = 'x' and ${q2} != ''", "selected(${q1}, 'y')", "${q0} = 'y'", "${q1} > ${q0}",
    "string-length(${q0}) > 2 or ${q3} > 4", "not(${q2} = 'n')", "${q2} < today()", "${q1} mod 2 = 0",
    "selected(${q0}, 'y') and not(selected(${q0}, 'n'))", "count-selected(${q1}) > 1", "${q0} = -3",
    "if(${q0} = 1, ${q1} > 2, ${q2} = 3)", "${q0} + ${q1} > 10", "${q0} div ${q1} >= 0.5", "int(${q0}) = 1",
    "coalesce(${q0}, ${q1}) = 3", "count(${q0}) > 2", "sum(${q2}) > 5", "${q0} != ${q1}", "${q1} = 'OK'",
    "${q0} = \"it's\"", "not(${q0} != 'a' or ${q1} = 2)", "${q3} = '2026-01-01'", "string-length(${q1}) = 0",
    "min(${q0}, 3) = 2", "number(${q0}) > 2", "abs(${q0}) < 3", "round(${q0} * 1.5, 1) > 2.25", "true()",
    "today() - ${q0} > 5", "${q2} >= ${q1}", "position(..) > 2",
)  # fmt: skip
CONSTRAINTS = (
    ". > 3", ". >= 3 and . <= 9", "regex(., '[a-z]+')", "string-length(.) < 9", "count-selected(.) <= 2",
    "string-length(.) >= 2 and string-length(.) <= 4", ". <= today()", ". != ${q0}", ". > 3 or ${q1} = 'y'",
    "selected(., 'y')", ". > -5.5 and . <= 7.25", "not(. = 3)", ". mod 5 = 0", "contains(., 'a')",
    ". > ${q0} + 1", "not(selected(., 'y') and count-selected(.) > 1)", "regex(., '\\d{3}')", ". != ''",
    ". < 10 and . != 5", "regex(., \"it's\")", ". >= today() - 30", ". = '' or . = ${q0}",
)  # fmt: skip
FORMULAS = (
    "1 + 1", "${q0} * 2", "if(${q0} = 1, 2, 3)", "${q0} div 3", "round(${q0} div ${q1}, 2)", "today()",
    "if(${q1} = 'y', 'a', 'b')", "${q0}", "${q0} - ${q1}", "int(${q0} div 2)", "coalesce(${q0}, 5)",
    "count(${q1})", "sum(${q1})", "string-length(${q0})", "if(${q0} > 1, if(${q0} > 5, 'x', 'y'), 'z')",
    "today() - ${q2}", "${q1} > 3", "min(${q0}, ${q1})", "-${q0}", "'text'", "if(${q0} = 1, 'a', '')",
    "${q0} mod 3", "coalesce(string-length(${q0}), 0)", "concat(${q0}, 'x')",
)  # fmt: skip
FIRST = ("x", "3", "2026-01-01", "y", "today()", "m3", "y n", "10:30", "2.5", "${q0}", "-4", "OK")
WORDS = {
    "label::English (en)": "E",
    "label::Bahasa Indonesia (id)": "I",
    "hint": "H",
    "hint::English (en)": "HE",
    "guidance_hint": "G",
    "required_message": "R",
    "constraint_message": "C",
    "constraint_message::English (en)": "CE",
}
COLUMNS: dict[str, tuple[float, tuple[str, ...]]] = {
    **{head: (0.12, (text,)) for head, text in WORDS.items()},
    "required": (0.3, ("yes", "no", "true()", *RULES)),
    "relevant": (0.3, RULES),
    "constraint": (0.3, CONSTRAINTS),
    "default": (0.3, FIRST),
    "read_only": (0.12, ("yes", "no")),
    "appearance": (0.12, ("minimal", "multiline", "w4", "rating", "signature")),
}
OF_TYPES: dict[str, tuple[str, float, tuple[str, ...]]] = {
    "calculate": ("calculation", 0.9, FORMULAS),
    "integer": ("calculation", 0.1, FORMULAS),
    "range": ("parameters", 0.8, ("start=1 end=5 step=1", "start=0 end=10 step=2", "start=0 end=1 step=0.1")),
    "select": ("choice_filter", 0.3, ("col = ${q0}", "col = 'a'", "name != ${q1}", "selected(${q0}, name)")),
}
COUNTS = ("2", "3", "${q0}")


def rows(seed: int) -> list[dict[str, Any]]:
    """Return the rows of one form, without names and labels."""
    dice = random.Random(seed)
    return [row for _ in range(dice.randint(1, 5)) for row in _block(dice, 0)]


def _block(dice: random.Random, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 3 or dice.random() > 0.3:
        yield _question(dice)
        return
    kind = dice.choice(("group", "repeat"))
    begins = {"type": f"begin {kind}"}
    for head in ("relevant", "hint", "label::English (en)"):
        if dice.random() < 0.3:
            begins[head] = dice.choice(COLUMNS[head][1])
    if kind == "repeat" and dice.random() < 0.4:
        begins["repeat_count"] = dice.choice(COUNTS)
    yield begins
    for _ in range(dice.randint(1, 3)):
        yield from _block(dice, depth + 1)
    yield {"type": f"end {kind}"}


def _question(dice: random.Random) -> dict[str, Any]:
    made = {"type": dice.choice(TYPES)}
    for head, (often, texts) in COLUMNS.items():
        if dice.random() < often:
            made[head] = dice.choice(texts)
    if found := OF_TYPES.get(made["type"].split("_")[0]):
        head, often, texts = found
        if dice.random() < often:
            made[head] = dice.choice(texts)
    return made
