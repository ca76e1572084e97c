"""Texts put together, and what is made of all rows, are here what they are in XPath, of all answers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schemas import parse
from schemas.expressions import UNKNOWN, evaluate, holds
from tests.builder.xlsform.books import choices, fields, q, run, told
from tests.builder.xlsform.test_round import again, said
from tests.builder.xlsform.xpathvalues import TODAY, text, true, worked_out

LISTS = choices(ab=("a", "b"), odd=("a b", "_c"))
BEFORE = (
    q("integer", "n"),
    q("decimal", "len"),
    q("text", "t"),
    q("text", "u"),
    q("select_one ab", "s"),
    q("select_one odd", "o"),
    q("date", "d"),
    q("begin repeat", "rows"),
    q("text", "rt"),
    q("integer", "rn"),
    q("integer", "rh", relevant="${rn} > 3"),
    q("end repeat", ""),
)
ROWS = st.lists(
    st.fixed_dictionaries({}, optional={"rt": st.sampled_from(("x", "y z")), "rn": st.integers(-9, 9)}),
    max_size=3,
)
ANSWERS = st.fixed_dictionaries(
    {"rows": ROWS},
    optional={
        "n": st.integers(-120, 120),
        "len": st.sampled_from(("0.5", "12", "-3.25")),
        "t": st.sampled_from(("a", "ab", "1")),
        "u": st.sampled_from(("a", "b b")),
        "s": st.sampled_from(("a", "b")),
        "o": st.sampled_from(("a b", "_c")),
        "d": st.sampled_from(("2026-11-26", "2024-02-29")),
    },
)
PARTS = st.sampled_from(
    (
        "${n}", "${len}", "${t}", "${u}", "${s}", "${o}", "${d}", "' / '", "'No. '", "7", "${n} + 1",
        "today()",
        "if(${n} > 3, ${t}, '')", "if(${t} = 'a', 'first', if(${n} = 1, 'second', ${n}))", "string(${n})",
        "format-date(${d}, '%Y')", "format-date(${d}, '%Y-%m-%d')", "${n} > 3", "round(${n} div 7, 2)",
        "join('-', ${t}, ${u})", "join(', ', ${rt})", "join('', ${rn})",
        "concat(${t}, '.')", "coalesce(${t}, ${u})",
    )
)  # fmt: skip
TEXTS = st.lists(PARTS, min_size=1, max_size=4).map(lambda parts: f"concat({', '.join(parts)})")
NUMBERS = st.sampled_from(
    (
        "max(${rn})",
        "min(${rn})",
        "max(${rn}) - min(${rn})",
        "sum(${rh})",
        "count-non-empty(${rt})",
        "max(${n})",
    )
)
RULES = st.one_of(
    st.tuples(
        TEXTS, st.sampled_from(("=", "!=")), st.one_of(TEXTS, st.sampled_from(("''", "'a'", "${t}", "'5'")))
    ),
    st.tuples(st.just("string-length("), TEXTS, st.just(") > 4")),
    st.tuples(NUMBERS, st.sampled_from(("=", "<", ">=")), st.integers(-3, 9).map(str)),
    TEXTS.map(lambda one: (one,)),
).map(" ".join)
CHECKS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.generate),
)


def as_xpath(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as XPath reads them: texts, and of a question in rows those of all rows that ask it."""
    rows = answers["rows"]
    asked = {
        "rt": rows,
        "rn": rows,
        "rh": [row for row in rows if row.get("rn", 0) > 3],
    }
    single = {key: str(one) for key, one in answers.items() if key != "rows"}
    return single | {key: [str(row.get(key, "")) for row in found] for key, found in asked.items()}


def ours(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as they are kept here: options by their values."""
    return {**answers, **({"o": {"a b": "a-b", "_c": "c"}[answers["o"]]} if "o" in answers else {})}


def module_of(made: Any) -> Any:
    module = parse.check_value(made.document).module
    assert module is not None
    return module


@CHECKS
@given(written=st.one_of(TEXTS, NUMBERS), all_answers=st.lists(ANSWERS, min_size=10, max_size=10))
def test_formulas_give_what_xpath_gives(written: str, all_answers: list[dict[str, Any]]) -> None:
    made = run(*BEFORE, q("calculate", "x", calculation=written), choices=LISTS)
    reasons = [code for row, _, code in told(made) if row == len(BEFORE) + 2]
    assert reasons in ([], ["expression.rows"]), (written, reasons)
    if reasons:
        return
    module = module_of(made)
    formula = module.field("x").calculate
    for answers in all_answers:
        wanted = worked_out(written, as_xpath(answers))
        found = evaluate(formula, ours(answers), today=TODAY, tables=module.tables)
        if isinstance(wanted, float):
            assert found == (UNKNOWN if math.isnan(wanted) else Decimal(str(wanted))), (written, answers)
        else:
            assert ("" if found is UNKNOWN else found) == text(wanted), (written, fields(made)["x"], answers)


@CHECKS
@given(written=RULES, all_answers=st.lists(ANSWERS, min_size=10, max_size=10))
def test_conditions_hold_when_they_hold_in_xpath(written: str, all_answers: list[dict[str, Any]]) -> None:
    made = run(*BEFORE, q("text", "x", relevant=written), choices=LISTS)
    reasons = {code for row, _, code in told(made) if row == len(BEFORE) + 2}
    assert reasons <= {"expression.constant", "relevant.never", "expression.rows"}, (written, reasons)
    if reasons:
        return
    module = module_of(made)
    for answers in all_answers:
        wanted = true(written, as_xpath(answers))
        found = holds(module.field("x").visible, ours(answers), today=TODAY, tables=module.tables)
        assert found is wanted, (written, fields(made)["x"], answers)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("max(${rh})", "expression.rows_hidden"),
        ("join(', ', ${rh})", "expression.rows_hidden"),
        ("concat(${n} div 7)", "expression.places"),
        ("concat(${rt}, 'x')", "reference.rows"),
        ("concat(today() + 3)", "expression.made"),
        ("join(${t}, ${u})", "expression.arguments"),
        ("concat()", "expression.arguments"),
        ("format-date(${d}, '%d %b')", "expression.made"),
        ("substr(${t}, 1)", "expression.made"),
    ],
)
def test_what_cannot_be_said_is_named(written: str, reason: str) -> None:
    made = run(*BEFORE, q("calculate", "x", calculation=written), choices=LISTS)
    assert told(made) == [(len(BEFORE) + 2, "calculation", reason)]


def test_a_long_text_has_room() -> None:
    made = run(
        *BEFORE,
        q("calculate", "code", calculation="concat(${s}, '-', ${n})"),
        q("calculate", "both", calculation="concat(${t}, ${u})"),
        q("text", "list", calculation="join(', ', ${rt})"),
        choices=LISTS,
    )
    found = fields(made)
    assert [found[key]["type"] for key in ("code", "both", "list")] == ["text", "longtext", "longtext"]
    assert found["list"]["maxLength"] == 10_000


@pytest.mark.parametrize(
    "written",
    [
        "concat(${t}, ' ', ${n}, if(${s} = 'a', '!', ''), format-date(${d}, '%Y'), today())",
        "join(', ', ${rt})",
        "max(${rn})",
        "string(${n})",
        "concat(round(${n} div 7, 2), ${n} + 1)",
    ],
)
def test_comes_back_from_an_export(written: str) -> None:
    made = run(*BEFORE, q("calculate", "x", calculation=written), choices=LISTS)
    second, lost, _ = again(made.document)
    assert lost == set()
    assert said(second)[-1]["fields"][-1] == said(made.document)[-1]["fields"][-1]
