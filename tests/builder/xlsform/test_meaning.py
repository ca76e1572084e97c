"""Rules of a workbook say here, of all answers, what XPath says; an independent reading is the judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schemas import parse
from schemas.answers import judging
from schemas.expressions import holds
from tests.builder.xlsform.books import choices, fields, q, run, told
from tests.builder.xlsform.xpathvalues import TODAY, true

LISTS = choices(ab=("a", "b", "none"), score=("0", "1", "2", "10"), half=("0.5", "3.5", "dk"))
BEFORE = (
    q("integer", "n"),
    q("integer", "m"),
    q("select_multiple ab", "many"),
    q("select_one score", "s"),
    q("select_one half", "h"),
    q("date", "d"),
    q("date", "e"),
)
DATES = ("2026-11-26", "2026-11-25", "2026-12-26", "2024-02-29")
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "n": st.integers(-1200, 1200),
        "m": st.integers(-3, 3),
        "many": st.lists(st.sampled_from(("a", "b", "none")), min_size=1, unique=True).map(sorted),
        "s": st.sampled_from(("0", "1", "2", "10")),
        "h": st.sampled_from(("0.5", "3.5", "dk")),
        "d": st.sampled_from(DATES),
        "e": st.sampled_from(DATES),
    },
)
OPS = st.sampled_from(("=", "!=", "<", "<=", ">", ">="))
ORDER = st.sampled_from(("<", "<=", ">", ">="))
SMALL = st.integers(-2, 12)
SAID = {
    "count-selected(${many})": SMALL,
    "abs(${n})": st.integers(-2, 1300),
    "pow(${m}, 3)": st.integers(-30, 30),
    "(${s} + ${m})": SMALL,
    "(${s} * 2 - ${n})": SMALL,
    "number(${s})": SMALL,
    "(3 * selected(${many}, 'a') + 5 * (${n} > ${m}) - not(${s} = 1))": SMALL,
    "max(${s}, ${m})": SMALL,
    "(decimal-date-time(${d}) - decimal-date-time(${e}))": st.integers(-40, 40),
    "(today() - ${d} + 3)": st.integers(-40, 40),
    "(${d} + 7 - ${e})": st.integers(-40, 40),
}
SHIFTS = st.tuples(st.sampled_from(("${d}", "today()")), st.sampled_from("+-"), st.integers(0, 40))
NUMBER_CHOSEN = st.sampled_from(("${s}", "${h}"))
LENGTHS = st.sampled_from(("=", "<", "<=", ">", ">="))


def spaced(parts: Any) -> str:
    return " ".join(spaced(part) if isinstance(part, tuple) else str(part) for part in parts)


RULES = st.one_of(
    *(st.tuples(st.just(said), OPS, limits) for said, limits in SAID.items()),
    st.tuples(st.just("${many}"), st.sampled_from(("=", "!=")), st.sampled_from(("'a'", "'b'", "'none'"))),
    st.tuples(NUMBER_CHOSEN, ORDER, SMALL),
    st.tuples(SMALL, ORDER, NUMBER_CHOSEN),
    st.tuples(st.just("string-length(${n})"), LENGTHS, st.integers(0, 6)),
    st.tuples(SHIFTS, OPS, st.just("${e}")),
    st.tuples(st.just("${e}"), OPS, st.just("date("), SHIFTS, st.just(")")),
    st.just(("not(selected(${many}, 'none') and count-selected(${many}) > 1)",)),
).map(spaced)


def as_texts(answers: Mapping[str, Any]) -> dict[str, str]:
    return {key: " ".join(one) if isinstance(one, list) else str(one) for key, one in answers.items()}


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.generate),  # the rule alone tells enough; making it smaller takes minutes
)
@given(
    rule=RULES, joined=st.sampled_from(("", "not")), all_answers=st.lists(ANSWERS, min_size=12, max_size=12)
)
def test_conditions_hold_when_they_hold_in_xpath(
    rule: str, joined: str, all_answers: list[dict[str, Any]]
) -> None:
    written = f"{joined}({rule})"
    made = run(*BEFORE, q("text", "x", relevant=written), choices=LISTS)
    reasons = [code for row, _, code in told(made) if row == len(BEFORE) + 2]
    if reasons:
        assert set(reasons) <= {"relevant.never", "expression.constant"}, (written, reasons)
        assert not any(true(written, as_texts(answers)) for answers in all_answers), f"{written} {reasons}"
        return
    assert made.document is not None
    checked = parse.check_value(made.document)
    assert checked.module is not None
    question = checked.module.field("x")
    assert question is not None
    for answers in all_answers:
        expected = true(written, as_texts(answers))
        assert holds(question.visible, answers, today=TODAY) is expected, (
            written,
            fields(made)["x"],
            answers,
        )


CONSTRAINTS = {
    "text": (
        "regex(., '^[0-9]{3}$') or . = ''",
        ". != '' and regex(., '[a-c]+')",
        "regex(., '^a') or regex(., '^[0-9]{2}$')",
        "starts-with(., 'a.')",
        "contains(., 'a|b')",
        "ends-with(., '0') or contains(., 'c')",
        "not(contains(., '.'))",
        "regex(., '[0-9]+') and string-length(.) = 3",
        "not(regex(., '^[0-9]+$'))",
        "not(regex(., '[0-9]{3}'))",
        "not(regex(., '\\d{2,3}')) and string-length(.) <= 3",
        "not(regex(., '.*[.|].*'))",
        "not(regex(., '[^a-c]*'))",
        "not(contains(., 'b')) and not(contains(., '^')) and not(contains(., '|'))",
        "string-length(normalize-space(.)) > 0",
    ),
    "integer": (
        "regex(., '^[0-9]{3}$')",
        "regex(., '^[0-9]{2,3}$')",
        "regex(., '[0-9]+')",
        "regex(., '^\\d{2,}$') and . < 900",
        "string-length(.) = 3",
        "string-length(.) <= 2 or . = 100",
    ),
    "select_multiple ab": (
        "not(selected(., 'none') and count-selected(.) > 1)",
        "count-selected(.) <= 2",
        ". = 'none' or not(selected(., 'none'))",
    ),
}
SAMPLES: Mapping[str, list[Any]] = {
    "text": ["a", "a.", "a.b", "ab", "a|b", "xa|by", "12", "123", "1234", "c0", "abc", "x"],
    "integer": [0, 1, 9, 10, 99, 100, 999, 1000, 899, 900, -1, -9, -10, -99, -100],
    "select_multiple ab": [["a"], ["none"], ["a", "none"], ["a", "b"], ["a", "b", "none"]],
}


@pytest.mark.parametrize(
    ("kind", "written"), [(kind, one) for kind, all_of in CONSTRAINTS.items() for one in all_of]
)
def test_constraints_let_pass_what_xpath_lets_pass(kind: str, written: str) -> None:
    made = run(q(kind, "x", constraint=written), choices=LISTS)
    assert told(made) == []
    assert made.document is not None
    checked = parse.check_value(made.document)
    assert checked.module is not None
    for answer in SAMPLES[kind]:
        faults = judging.validate(checked.module, {"x": answer}, today=TODAY)
        assert (not list(faults)) is true(written, as_texts({"x": answer}), own="x"), (written, answer)
